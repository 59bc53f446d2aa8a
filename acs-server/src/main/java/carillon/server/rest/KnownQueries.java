package carillon.server.rest;

import carillon.server.config.Spelling;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.server.model.ResourceMethod;

/** Refuses what a query says and its resource does not ask for: a misspelt filter must not look like one that fits all. */
final class KnownQueries implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        Set<String> said = request.getUriInfo().getQueryParameters().keySet();
        if (said.isEmpty() || !(request.getUriInfo() instanceof ExtendedUriInfo matched)) {
            return;
        }
        Set<String> known = known(matched.getMatchedResourceMethod());
        for (String name : said) {
            if (!name.isEmpty() && !known.contains(name)) {
                throw unknown(name, known);
            }
        }
    }

    /** The sentence about a name that is not among the known ones. */
    static InvalidRequestException unknown(String name, Set<String> known) {
        String near = Spelling.nearest(name, known)
                .map(nearest -> "; did you mean '" + nearest + "'?")
                .orElse(";");
        return new InvalidRequestException("there is no query parameter '" + Asked.shown(name) + "' here" + near
                + (known.isEmpty() ? " This resource takes none" : " Allowed: " + String.join(", ", known)));
    }

    private static Set<String> known(ResourceMethod method) {
        return Arrays.stream(method.getInvocable().getHandlingMethod().getParameters())
                .map((Parameter parameter) -> parameter.getAnnotation(QueryParam.class))
                .filter(Objects::nonNull)
                .map(QueryParam::value)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
