package carillon.server.metrics;

import carillon.server.metrics.Health.Readiness;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code /healthz}, {@code /readyz} and {@code /metrics}; everything else is left to the next handler. */
public final class MetricsEndpoint extends Handler.Abstract {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String JSON = "application/json";

    private final Metrics metrics;
    private final Health health;
    private final ObjectMapper json = new ObjectMapper();

    public MetricsEndpoint(Metrics metrics, Health health) {
        this.metrics = metrics;
        this.health = health;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws JsonProcessingException {
        String path = Request.getPathInContext(request);
        if (!path.equals("/healthz") && !path.equals("/readyz") && !path.equals("/metrics")) {
            return false;
        }
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            answer(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "text/plain", "GET or HEAD only\n");
        } else if (path.equals("/metrics")) {
            answer(response, callback, HttpStatus.OK_200, PROMETHEUS_TEXT, metrics.scrape());
        } else if (path.equals("/healthz")) {
            answer(response, callback, HttpStatus.OK_200, JSON, json.writeValueAsString(Map.of("status", "alive")));
        } else {
            Readiness readiness = health.readiness();
            int status = readiness.ready() ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503;
            Map<String, Object> body = new TreeMap<>();
            body.put("status", readiness.ready() ? "ready" : "not ready");
            body.put("checks", new TreeMap<>(readiness.checks()));
            answer(response, callback, status, JSON, json.writeValueAsString(body));
        }
        return true;
    }

    private static void answer(Response response, Callback callback, int status, String type, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
