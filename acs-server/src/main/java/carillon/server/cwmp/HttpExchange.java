package carillon.server.cwmp;

import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** One POST of a phone and the one answer it gets. A phone that has gone in the meantime is no error. */
final class HttpExchange {
    private static final HttpField XML =
            new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/xml; charset=\"utf-8\"");

    private static final long LINGER_MILLIS = 10_000;
    private static final String INFORMED = "carillon.informed";

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final String connection;
    private final String sourceAddress;

    HttpExchange(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.connection = request.getConnectionMetaData().getId();
        String address = Request.getRemoteAddr(request);
        this.sourceAddress = address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
    }

    Request request() {
        return request;
    }

    boolean isTls() {
        return request.isSecure();
    }

    /** The client's own certificate and those that it sent with it; empty where it showed none. */
    List<X509Certificate> clientCertificates() {
        return request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) instanceof EndPoint.SslSessionData data
                        && data.peerCertificates() != null
                ? List.of(data.peerCertificates())
                : List.of();
    }

    /** Names the connection, as no other connection of this server's life is named. */
    String connection() {
        return connection;
    }

    /** Notes that an Inform came on this connection. */
    void informed() {
        request.getConnectionMetaData().setAttribute(INFORMED, true);
    }

    /**
     * Whether this is a client's first call, to see how one logs in: nothing that belongs to a session, and no login. One
     * empty message more after a session's end is none.
     */
    boolean isProbe() {
        return request.getConnectionMetaData().getAttribute(INFORMED) == null
                && cookies().isEmpty()
                && header(HttpHeader.AUTHORIZATION).isEmpty();
    }

    String sourceAddress() {
        return sourceAddress;
    }

    String target() {
        return request.getHttpURI().getPathQuery();
    }

    String header(HttpHeader name) {
        String value = request.getHeaders().get(name);
        return value == null ? "" : value;
    }

    List<String> cookies() {
        return request.getHeaders().getValuesList(HttpHeader.COOKIE);
    }

    /** The charset of the Content-Type, whatever the type is. */
    @Nullable
    String charset() {
        String type = header(HttpHeader.CONTENT_TYPE).toLowerCase(Locale.ROOT);
        int at = type.indexOf("charset=");
        if (at < 0) {
            return null;
        }
        int start = at + "charset=".length();
        int end = start;
        while (end < type.length() && type.charAt(end) != ';' && !Character.isWhitespace(type.charAt(end))) {
            end++;
        }
        String value = type.substring(start, end).replace("\"", "").replace("'", "");
        return value.isEmpty() ? null : value;
    }

    void cookie(String id) {
        response.getHeaders()
                .put(
                        HttpHeader.SET_COOKIE,
                        OpenSessions.COOKIE + "=" + id + "; Path=/; HttpOnly" + (isTls() ? "; Secure" : ""));
    }

    /** An envelope, packed as the message was that it answers (CWMP-030). */
    void xml(byte[] body) {
        xml(body, Runnable::run);
    }

    /**
     * The same.
     *
     * @param sent called when its last octet was given to the operating system, with what is to be done then
     */
    void xml(byte[] body, Consumer<Runnable> sent) {
        response.getHeaders().put(XML);
        Callback written = new Callback.Nested(callback) {
            @Override
            public void succeeded() {
                sent.accept(callback::succeeded);
            }
        };
        String coding = header(HttpHeader.CONTENT_ENCODING);
        if (Bodies.isPacking(coding)) {
            response.getHeaders().put(HttpHeader.CONTENT_ENCODING, coding.strip());
            answer(200, Bodies.packed(body, coding), written);
        } else {
            answer(200, body, written);
        }
    }

    /** The phone repeats this POST there (CWMP-027). */
    void redirect(int status, String location) {
        response.getHeaders().put(HttpHeader.LOCATION, location);
        answer(status, new byte[0]);
    }

    /** The session is over: unless another one begins on this connection at once, it is closed (CWMP-020). */
    void over() {
        endPoint().setIdleTimeout(LINGER_MILLIS);
    }

    /** A session begins: within it the phone may be silent for as long as the listener allows. */
    void begins() {
        endPoint()
                .setIdleTimeout(
                        request.getConnectionMetaData().getConnector() instanceof AbstractConnector listener
                                ? listener.getIdleTimeout()
                                : -1);
    }

    private EndPoint endPoint() {
        return request.getConnectionMetaData().getConnection().getEndPoint();
    }

    void empty() {
        answer(204, new byte[0]);
    }

    void challenge(String header) {
        response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, header);
        answer(401, new byte[0]);
    }

    void later(int seconds) {
        response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds);
        answer(503, new byte[0]);
    }

    /** What was sent could not be read to a sound end: nothing more is read from this connection (CWMP-033). */
    void refuseAndClose(int status) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        answer(status, new byte[0]);
    }

    /** Refuses what is no message at all; what was sent with it is not read. */
    void refuseAndClose(int status, HttpHeader header, String value) {
        response.getHeaders().put(header, value);
        refuseAndClose(status);
    }

    void refuse(int status) {
        answer(status, new byte[0]);
    }

    void closing() {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }

    private void answer(int status, byte[] body) {
        answer(status, body, callback);
    }

    private void answer(int status, byte[] body, Callback written) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        try {
            response.setStatus(status);
            if (status != 204) {
                response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
            }
            response.write(true, body.length == 0 ? BufferUtil.EMPTY_BUFFER : ByteBuffer.wrap(body), written);
        } catch (IllegalStateException thePhoneHasGone) {
            callback.failed(thePhoneHasGone);
        }
    }
}
