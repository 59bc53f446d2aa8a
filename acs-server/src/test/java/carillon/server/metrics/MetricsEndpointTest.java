package carillon.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.server.config.ListenersConfig;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.lifecycle.HttpServer;
import carillon.server.lifecycle.HttpServer.Manners;
import carillon.server.metrics.Health.Check;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsEndpointTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final AtomicReference<String> trouble = new AtomicReference<>("");
    private final AtomicInteger asked = new AtomicInteger();
    private final Metrics metrics = new Metrics();
    private final Health health = new Health(List.of(new Check("database", this::probe)), now::get);
    private final HttpServer server = new HttpServer(
                    "web", Manners.forPeople(new ListenersConfig.Limits(10, 10, 10, 8)))
            .serving(new MetricsEndpoint(metrics, health))
            .with(new Door("web", "web.port", "127.0.0.1", 0));

    private void probe() {
        asked.incrementAndGet();
        if (!trouble.get().isEmpty()) {
            throw new IllegalStateException(trouble.get());
        }
    }

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        metrics.close();
    }

    @Test
    void a_living_process_says_so() throws Exception {
        assertThat(get("/healthz").body()).isEqualTo("{\"status\":\"alive\"}");
    }

    @Test
    void readiness_names_the_check_that_failed_and_no_more() throws Exception {
        assertThat(get("/readyz").body()).isEqualTo("{\"checks\":{\"database\":\"ok\"},\"status\":\"ready\"}");
        trouble.set("password of the database is hush");
        now.set(now.get().plusSeconds(2));
        HttpResponse<String> answer = get("/readyz");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"checks\":{\"database\":\"failed\"},\"status\":\"not ready\"}");
    }

    @Test
    void checks_are_asked_once_a_second_at_most() throws Exception {
        for (int i = 0; i < 5; i++) {
            get("/readyz");
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void metrics_are_prometheus_text() throws Exception {
        metrics.gauge("carillon_answer", "What was asked for.", () -> 42);
        HttpResponse<String> answer = get("/metrics");
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body())
                .contains(
                        "# HELP carillon_answer What was asked for.", "carillon_answer 42.0", "jvm_memory_used_bytes");
    }

    @Test
    void other_methods_are_refused_and_other_paths_left_alone() throws Exception {
        HttpResponse<String> posted =
                send(HttpRequest.newBuilder(uri("/metrics")).POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(get("/metricsx").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.doors().get(0).port() + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
