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
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
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
    private static final int FILE_FIELDS = 20;
    private static final int LONGEST_TEXT = 8192;

    private final WebSessions sessions;
    private final Messages messages;
    private final FilePages files;

    Visits(WebSessions sessions, Messages messages, FilePages files) {
        this.sessions = sessions;
        this.messages = messages;
        this.files = files;
    }

    /** The request; empty if its query or its form cannot be read. */
    Optional<Visit> read(Request request) {
        boolean post = request.getMethod().equals("POST");
        try {
            Fields query = Request.extractQueryParameters(request);
            if (post && bringsFile(request)) {
                return Optional.of(withFile(request, query));
            }
            Fields form = post ? FormFields.getFields(request, MOST_FIELDS, LONGEST_FORM) : Fields.EMPTY;
            return Optional.of(visit(request, post, query, form, Optional.empty()));
        } catch (RuntimeException unreadable) {
            LOG.info("unreadable request of {}: {}", Request.getRemoteAddr(request), unreadable.toString());
            return Optional.empty();
        }
    }

    private static boolean bringsFile(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type != null && type.regionMatches(true, 0, "multipart/form-data", 0, 19);
    }

    /** Of who is not logged in, and of what is no file, nothing is read. */
    private Visit withFile(Request request, Fields query) {
        Visit empty = visit(request, true, query, Fields.EMPTY, Optional.empty());
        if (empty.identity().isEmpty() || !empty.segment(0).equals("files")) {
            return empty;
        }
        if (request.getLength() > files.longestForm()) {
            return visit(request, true, query, Fields.EMPTY, Optional.of(Sent.tooLong()));
        }
        MultiPartFormData.Parts parts = MultiPartFormData.getParts(
                request,
                request,
                request.getHeaders().get(HttpHeader.CONTENT_TYPE),
                new MultiPartConfig.Builder()
                        .location(files.desk())
                        .maxParts(FILE_FIELDS)
                        .maxSize(files.longestForm())
                        .maxPartSize(files.longestForm())
                        .maxMemoryPartSize(LONGEST_TEXT)
                        .useFilesForPartsWithoutFileName(false)
                        .build());
        Fields form = new Fields();
        for (MultiPart.Part part : parts) {
            if (part.getFileName() == null && part.getLength() <= LONGEST_TEXT) {
                form.add(part.getName(), part.getContentAsString(StandardCharsets.UTF_8));
            }
        }
        return visit(request, true, query, form, Optional.of(Sent.of(parts, FilePages.FIELD)));
    }

    private Visit visit(Request request, boolean post, Fields query, Fields form, Optional<Sent> sent) {
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
                sent,
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
