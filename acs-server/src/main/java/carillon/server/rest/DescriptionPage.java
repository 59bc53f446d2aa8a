package carillon.server.rest;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The API's description as a page to browse, without scripts. */
@SuppressWarnings("rawtypes") // the library knows its schemas no better
final class DescriptionPage {
    private static final String STYLE = """
            body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
            summary{cursor:pointer;padding:.4rem 0}code{font:14px ui-monospace,monospace}
            .verb{display:inline-block;min-width:4.5rem;font-weight:700}table{border-collapse:collapse}
            td,th{text-align:left;padding:.2rem 1rem .2rem 0;vertical-align:top}details{border-bottom:1px solid #8884}
            """;

    private final StringBuilder out = new StringBuilder();

    private DescriptionPage() {}

    static String of(OpenAPI api) {
        DescriptionPage page = new DescriptionPage();
        page.write(api);
        return page.out.toString();
    }

    private void write(OpenAPI api) {
        out.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Carillon API</title>")
                .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><style>")
                .append(STYLE)
                .append("</style></head><body><h1>Carillon API ");
        text(api.getInfo().getVersion());
        out.append("</h1><p>");
        text(api.getInfo().getDescription());
        out.append(" The same for programs: <a href=\"/api/openapi.json\"><code>/api/openapi.json</code></a>.</p>")
                .append(
                        "<p>Send <code>Authorization: Bearer TOKEN</code>, or a user's name and password by HTTP Basic.")
                .append("</p><h2>Resources</h2>");
        api.getPaths()
                .forEach((path, item) -> item.readOperationsMap().forEach((verb, call) -> call(path, verb, call)));
        out.append("<h2>Shapes</h2>");
        Optional.ofNullable(api.getComponents().getSchemas()).ifPresent(schemas -> schemas.forEach(this::shape));
        out.append("</body></html>");
    }

    private void call(String path, PathItem.HttpMethod verb, Operation call) {
        out.append("<details><summary><span class=\"verb\">").append(verb).append("</span><code>");
        text(path);
        out.append("</code> ");
        text(call.getSummary());
        out.append("</summary>");
        if (call.getDescription() != null) {
            out.append("<p>");
            text(call.getDescription());
            out.append("</p>");
        }
        if (call.getParameters() != null && !call.getParameters().isEmpty()) {
            out.append("<table><tr><th>parameter</th><th>in</th><th></th></tr>");
            call.getParameters().forEach(this::parameter);
            out.append("</table>");
        }
        if (call.getRequestBody() != null) {
            out.append("<p>Body: ");
            reference(call.getRequestBody().getContent());
            out.append("</p>");
        }
        if (call.getResponses() != null) {
            call.getResponses().forEach((status, response) -> {
                out.append("<p>").append(status).append(": ");
                reference(response.getContent());
                out.append("</p>");
            });
        }
        out.append("</details>");
    }

    private void parameter(Parameter parameter) {
        out.append("<tr><td><code>");
        text(parameter.getName());
        out.append("</code></td><td>");
        text(parameter.getIn());
        out.append("</td><td>");
        text(parameter.getDescription());
        out.append("</td></tr>");
    }

    private void reference(@Nullable Content content) {
        String name = Optional.ofNullable(content)
                .flatMap(types -> types.values().stream().findFirst())
                .flatMap(DescriptionPage::link)
                .map(link -> link.substring(link.lastIndexOf('/') + 1))
                .orElse("");
        if (name.isEmpty()) {
            out.append("nothing");
        } else {
            out.append("<a href=\"#")
                    .append(name)
                    .append("\"><code>")
                    .append(name)
                    .append("</code></a>");
        }
    }

    private static Optional<String> link(MediaType type) {
        Schema schema = type.getSchema();
        return schema == null ? Optional.empty() : Optional.ofNullable(schema.get$ref());
    }

    private void shape(String name, Schema<?> schema) {
        out.append("<h3 id=\"").append(name).append("\">").append(name).append("</h3>");
        Map<?, ?> properties = schema.getProperties();
        if (properties == null) {
            return;
        }
        out.append("<table>");
        properties.forEach((field, type) -> {
            out.append("<tr><td><code>");
            text(Objects.toString(field));
            out.append("</code></td><td>");
            text(type instanceof Schema<?> known ? typeOf(known) : "");
            out.append("</td></tr>");
        });
        out.append("</table>");
    }

    private static String typeOf(Schema<?> schema) {
        if (schema.get$ref() != null) {
            return schema.get$ref().substring(schema.get$ref().lastIndexOf('/') + 1);
        }
        if (schema.getItems() != null) {
            return "list of " + typeOf(schema.getItems());
        }
        if (schema.getEnum() != null) {
            return schema.getEnum().toString();
        }
        return schema.getType() != null
                ? schema.getType()
                : Optional.ofNullable(schema.getTypes())
                        .map(types -> String.join(" or ", types))
                        .orElse("anything");
    }

    private void text(@Nullable String text) {
        if (text == null) {
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.append(c);
            }
        }
    }
}
