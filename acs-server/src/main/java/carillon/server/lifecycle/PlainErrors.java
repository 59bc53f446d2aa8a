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

/** Answers what no handler answered, or what is not HTTP, with a line of text that gives nothing away. */
final class PlainErrors implements Request.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(PlainErrors.class);
    private static final int LONGEST_REASON = 120;

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        if (status != HttpStatus.NOT_FOUND_404) {
            LOG.info("refused with {}, from {}: {}", status, Request.getRemoteAddr(request), reason(request));
        }
        byte[] line = (status + " " + HttpStatus.getMessage(status) + "\n").getBytes(StandardCharsets.US_ASCII);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=us-ascii");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, line.length);
        response.write(true, ByteBuffer.wrap(line), callback);
        return true;
    }

    /** What Jetty says of it, in one printable line. */
    private static String reason(Request request) {
        Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        String text = message == null ? "not sound HTTP" : message.toString().replaceAll("[^\\x20-\\x7e]", "?");
        return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text;
    }
}
