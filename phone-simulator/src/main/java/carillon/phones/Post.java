package carillon.phones;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** One POST of a phone that is about to leave; a manner may change any of it. */
final class Post {
    private final Step step;
    private final String target;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private byte[] body;
    private String protocol = "HTTP/1.1";
    private UnaryOperator<String> spelling = UnaryOperator.identity();

    Post(Step step, String target, byte[] body) {
        this.step = step;
        this.target = target;
        this.body = body;
    }

    Step step() {
        return step;
    }

    String target() {
        return target;
    }

    /** In the order in which they leave; without Content-Length, which is made from the body where nobody sets it. */
    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    void body(byte[] other) {
        body = other;
    }

    /** {@code HTTP/1.0} in place of 1.1. */
    void protocol(String other) {
        protocol = other;
    }

    /** How the head is spelt: a change of its text as it would leave. */
    void spelling(UnaryOperator<String> other) {
        spelling = other;
    }

    /** Request line and headers, with the blank line. */
    byte[] head() {
        StringBuilder head = new StringBuilder(256)
                .append("POST ")
                .append(target)
                .append(' ')
                .append(protocol)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (!headers.containsKey("Content-Length") && !headers.containsKey("Transfer-Encoding")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return spelling.apply(head.append("\r\n").toString()).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** All of it, as it leaves. */
    byte[] octets() {
        return joined(head(), body);
    }

    static byte[] joined(byte[] first, byte[] second) {
        byte[] all = new byte[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
