package carillon.server.events;

import carillon.db.Scope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers with the live events ({@code text/event-stream}) until the client goes. Whoever is before it has found out who
 * asks, and left their {@link Scope} in the request's attribute {@link #SCOPE}; without one the answer is 401.
 *
 * <p>Nothing is replayed: a client that was here before (it sends {@code Last-Event-ID}) first hears {@code reload}.
 */
public final class EventStreamHandler extends Handler.Abstract.NonBlocking {
    /** The request's attribute with the caller's {@link Scope}. */
    public static final String SCOPE = Scope.class.getName();

    private static final String RETRY_SECONDS = "10";

    private final EventStream stream;

    public EventStreamHandler(EventStream stream) {
        this.stream = stream;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (request.getAttribute(SCOPE) instanceof Scope scope) {
            serve(scope, request, response, callback);
        } else {
            refuse(response, callback, HttpStatus.UNAUTHORIZED_401, "log in first\n");
        }
        return true;
    }

    /** The same for a caller whose scope is at hand. */
    public void serve(Scope scope, Request request, Response response, Callback callback) {
        Subscriber subscriber = new Subscriber(stream, scope, request, response, callback);
        response.setStatus(HttpStatus.OK_200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Accel-Buffering", "no"); // a proxy must not collect events
        if (!stream.join(subscriber)) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
            refuse(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, "too many watch just now; try again\n");
            return;
        }
        boolean again = request.getHeaders().contains("Last-Event-ID");
        subscriber.offer(("retry: 3000\n: welcome\n\n" + (again ? "event: reload\ndata: {}\n\n" : ""))
                .getBytes(StandardCharsets.UTF_8));
    }

    private static void refuse(Response response, Callback callback, int status, String text) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        response.write(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), callback);
    }
}
