package carillon.server.lifecycle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what no handler answered, or what is not HTTP: phones with a line of text that gives nothing away, scripts with
 * a problem document (RFC 9457) that says what is wrong with their request.
 */
final class PlainErrors implements Request.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(PlainErrors.class);
    private static final int LONGEST_REASON = 120;

    private final boolean problems;

    /** With whether scripts call here, who are told more than a line. */
    PlainErrors(boolean problems) {
        this.problems = problems;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        if (status != HttpStatus.NOT_FOUND_404) {
            LOG.info("refused with {}, from {}: {}", status, Request.getRemoteAddr(request), reason(request));
        }
        if (problems && status != HttpStatus.NOT_FOUND_404) {
            answer(response, callback, "application/problem+json", problem(status));
            return true;
        }
        byte[] line = (status + " " + HttpStatus.getMessage(status) + "\n").getBytes(StandardCharsets.US_ASCII);
        answer(response, callback, "text/plain;charset=us-ascii", line);
        return true;
    }

    private static void answer(Response response, Callback callback, String type, byte[] body) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** Of fixed texts alone: what was sent is not repeated here. */
    private static byte[] problem(int status) {
        String detail = status == HttpStatus.BAD_REQUEST_400
                ? "the request's line, path or headers cannot be read; in a path each octet that is no letter, digit"
                        + " or one of - . _ ~ is written %XX, with two hexadecimal digits, and the whole is UTF-8"
                        + " without %00"
                : HttpStatus.getMessage(status);
        return ("{\"type\":\"about:blank\",\"title\":\"" + HttpStatus.getMessage(status) + "\",\"status\":" + status
                        + ",\"detail\":\"" + detail + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** What Jetty says of it, in one printable line. */
    private static String reason(Request request) {
        Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        String text = message == null ? "not sound HTTP" : message.toString().replaceAll("[^\\x20-\\x7e]", "?");
        return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text;
    }
}
