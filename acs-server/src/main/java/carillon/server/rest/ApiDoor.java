package carillon.server.rest;

import carillon.server.access.AccessDeniedException;
import carillon.server.access.Authenticator;
import carillon.server.access.Csrf;
import carillon.server.access.Identity;
import carillon.server.access.WebSessions;
import carillon.server.events.EventStreamHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.security.AuthenticationState;
import org.eclipse.jetty.security.UserIdentity;
import org.eclipse.jetty.security.authentication.LoginAuthenticator;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/**
 * The way into the API: says who sends each request and how long it may be, before any of it is read. Paths outside of
 * {@code /api} are left to the next handler.
 */
final class ApiDoor extends Handler.Wrapper {
    /** The one write that is allowed to a user who must change their password. */
    static final String PASSWORD_PATH = "/api/v1/users/me/password";

    private static final String STREAM_PATH = "/api/v1/events/stream";
    private static final String FILES_PATH = "/api/v1/files";
    private static final long LONGEST_BODY = 8L << 20;
    private static final long LONGEST_DISCARDED = 64L << 20;
    private static final Set<String> OPEN = Set.of("/api", "/api/", "/api/openapi.json", "/api/docs", "/api/docs/");

    private final Authenticator authenticator;
    private final Json json;
    private final EventStreamHandler events;
    private final long longestFile;

    /** With how many octets a file may have. */
    ApiDoor(Authenticator authenticator, Json json, EventStreamHandler events, long longestFile, Handler resources) {
        super(resources);
        this.longestFile = longestFile;
        this.events = events;
        this.authenticator = authenticator;
        this.json = json;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        if (!path.equals("/api") && !path.startsWith("/api/")) {
            return false;
        }
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        long longest = longest(request.getMethod(), path);
        if (request.getLength() > longest) {
            tooLong(longest, request, response, callback);
            return true;
        }
        if (!OPEN.contains(path)) {
            try {
                if (isOfAnotherSite(request)) {
                    throw new AccessDeniedException(
                            AccessDeniedException.Reason.FORBIDDEN,
                            "a page of another site may not write here; send the request from a program, or from this"
                                    + " server's own pages");
                }
                Identity identity = authenticator.identify(proofs(request));
                if (identity.mustChangePassword() && !path.equals(PASSWORD_PATH)) {
                    throw new AccessDeniedException(
                            AccessDeniedException.Reason.FORBIDDEN,
                            "change the password first: POST " + PASSWORD_PATH + " {\"old\":…,\"new\":…}, or log in to"
                                    + " the console");
                }
                if (path.equals(STREAM_PATH) && HttpMethod.GET.is(request.getMethod())) {
                    for (Fields.Field asked : Request.extractQueryParameters(request)) {
                        throw KnownQueries.unknown(asked.getName(), Set.of());
                    }
                    events.serve(identity.scope(), request, response, callback);
                    return true;
                }
                AuthenticationState.setAuthenticationState(request, proven(identity));
            } catch (AccessDeniedException denied) {
                refuse(request, response, callback, denied);
                return true;
            } catch (InvalidRequestException invalid) {
                refuse(
                        response,
                        callback,
                        Problem.of(HttpStatus.BAD_REQUEST_400, String.valueOf(invalid.getMessage())));
                return true;
            }
        }
        return super.handle(request, response, new Ending(response, callback));
    }

    /**
     * Whether a browser sends this write for a page that is not ours: it adds the password that it keeps for this server
     * by itself.
     */
    private static boolean isOfAnotherSite(Request request) {
        if (HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod())) {
            return false;
        }
        return Csrf.isForeign(
                request.getHeaders().get("Sec-Fetch-Site"),
                request.getHeaders().get(HttpHeader.ORIGIN),
                request.getHeaders().get(HttpHeader.HOST));
    }

    /** Files are taken as they come; everything else is read whole before it is looked at. */
    private long longest(String method, String path) {
        boolean file = path.equals(FILES_PATH) && HttpMethod.POST.is(method)
                || path.startsWith(FILES_PATH + "/") && HttpMethod.PUT.is(method);
        return file ? longestFile : LONGEST_BODY;
    }

    /** Reads on where that is bearable: who is still sending when the connection ends does not get to read why. */
    private void tooLong(long longest, Request request, Response response, Callback callback)
            throws JsonProcessingException {
        byte[] answer = json.mapper()
                .writeValueAsBytes(Problem.of(
                        HttpStatus.PAYLOAD_TOO_LARGE_413,
                        "the body has " + request.getLength() + " bytes; at most " + longest + " are allowed"));
        if (request.getLength() > LONGEST_DISCARDED) {
            problem(response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413, answer);
        } else {
            Content.Source.consumeAll(
                    request,
                    Callback.from(
                            () -> problem(response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413, answer),
                            callback::failed));
        }
    }

    private static Authenticator.Request proofs(Request request) {
        String cookie = Request.getCookies(request).stream()
                .filter(sent -> sent.getName().equals(WebSessions.COOKIE))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
        return new Authenticator.Request(
                request.getMethod(),
                Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION))
                        .orElse(""),
                cookie,
                Optional.ofNullable(request.getHeaders().get(Csrf.HEADER)).orElse(""),
                Optional.ofNullable(request.getHttpURI().getQuery()).orElse(""),
                Request.getRemoteAddr(request));
    }

    private static AuthenticationState proven(Identity identity) {
        return new LoginAuthenticator.UserAuthenticationSucceeded(
                "CARILLON", UserIdentity.from(new Subject(), new Caller(identity)));
    }

    private void refuse(Request request, Response response, Callback callback, AccessDeniedException denied)
            throws JsonProcessingException {
        int status =
                switch (denied.reason()) {
                    case UNPROVEN -> HttpStatus.UNAUTHORIZED_401;
                    case FORBIDDEN -> HttpStatus.FORBIDDEN_403;
                    case TOO_MANY_FAILURES -> HttpStatus.TOO_MANY_REQUESTS_429;
                    case SECRET_IN_URL -> HttpStatus.BAD_REQUEST_400;
                };
        denied.retryAfter().ifPresent(after -> response.getHeaders()
                .put(new HttpField(HttpHeader.RETRY_AFTER, Long.toString(after.toSeconds()))));
        boolean browser = request.getHeaders().contains("X-Requested-With");
        if (status == HttpStatus.UNAUTHORIZED_401 && !browser) {
            response.getHeaders().add(HttpHeader.WWW_AUTHENTICATE, "Bearer");
            response.getHeaders().add(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"carillon\", charset=\"UTF-8\"");
        }
        refuse(response, callback, Problem.of(status, String.valueOf(denied.getMessage())));
    }

    private void refuse(Response response, Callback callback, Problem problem) throws JsonProcessingException {
        problem(response, callback, problem.status(), json.mapper().writeValueAsBytes(problem));
    }

    private static void problem(Response response, Callback callback, int status, byte[] body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** Ends an answer that has no body by a last write: a bare end can leave the connection hanging. */
    private record Ending(Response response, Callback callback) implements Callback {
        @Override
        public void succeeded() {
            if (response.isCommitted()) {
                callback.succeeded();
            } else {
                Content.Sink sink = response;
                sink.write(true, BufferUtil.EMPTY_BUFFER, callback);
            }
        }

        @Override
        public void failed(Throwable failure) {
            callback.failed(failure);
        }
    }
}
