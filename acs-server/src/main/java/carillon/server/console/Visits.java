package carillon.server.console;

import carillon.server.access.Identity;
import carillon.server.access.WebSessions;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads requests of browsers, within bounds. */
final class Visits {
    private static final Logger LOG = LoggerFactory.getLogger(Visits.class);
    private static final int MOST_FIELDS = 1000;
    private static final int LONGEST_FORM = 1 << 20;

    private final WebSessions sessions;
    private final Messages messages;

    Visits(WebSessions sessions, Messages messages) {
        this.sessions = sessions;
        this.messages = messages;
    }

    /** The request; empty if its query or its form cannot be read. */
    Optional<Visit> read(Request request) {
        boolean post = request.getMethod().equals("POST");
        try {
            Fields query = Request.extractQueryParameters(request);
            Fields form = post ? FormFields.getFields(request, MOST_FIELDS, LONGEST_FORM) : Fields.EMPTY;
            return Optional.of(visit(request, post, query, form));
        } catch (RuntimeException unreadable) {
            LOG.info("unreadable request of {}: {}", Request.getRemoteAddr(request), unreadable.toString());
            return Optional.empty();
        }
    }

    private Visit visit(Request request, boolean post, Fields query, Fields form) {
        String cookie = cookie(request, WebSessions.COOKIE);
        Optional<Identity> identity = cookie.isEmpty() ? Optional.empty() : sessions.find(cookie);
        String theme = cookie(request, EntryPages.THEME_COOKIE);
        String accept = request.getHeaders().get(HttpHeader.ACCEPT_LANGUAGE);
        return new Visit(
                post,
                segments(request.getHttpURI().getPath()),
                Visit.local(request.getHttpURI().getPathQuery()),
                query,
                form,
                identity,
                identity.isPresent() ? cookie : "",
                messages.choose(cookie(request, EntryPages.LANGUAGE_COOKIE), accept == null ? "" : accept),
                EntryPages.THEMES.contains(theme) ? theme : "auto",
                Request.getRemoteAddr(request),
                request.isSecure());
    }

    /** Taken apart first and decoded then, once: a name may hold a slash. */
    private static List<String> segments(String path) {
        return Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    private static String cookie(Request request, String name) {
        return Request.getCookies(request).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }
}
