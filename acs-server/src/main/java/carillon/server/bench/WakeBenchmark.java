package carillon.server.bench;

import carillon.phones.Fleet;
import carillon.phones.Phone;
import carillon.phones.PhonesOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * From a script's wish to its end: an RPC is queued over the API, its phone is called, comes, does it, and the script that
 * waits is told. Held to how long the phone's session alone takes: nobody on the way may wait for a clock.
 */
public final class WakeBenchmark {
    private static final int PHONES = 20;
    private static final int WARM_UP = 5;
    private static final int CALLS = 20;
    private static final double LIMIT = 3;
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final String PASSWORD = "bench-secret-0815";

    private final Consumer<String> progress;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    public WakeBenchmark(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Measures, and says what came of it. */
    public Finding run() throws IOException, InterruptedException {
        try (BenchDirectory directory = BenchDirectory.create();
                ChildServer server = ChildServer.carillon(
                        directory.path(), "--cpe.auth=open", "--lab=true", "--admin.password=" + PASSWORD)) {
            String base = "http://127.0.0.1:" + server.webPort() + "/api/v1/";
            try (Fleet warm = awake(server, 1);
                    Fleet fleet = awake(server, 1 + PHONES)) {
                calls(base, warm.phones(), WARM_UP);
                double[] woken = calls(base, fleet.phones(), CALLS);
                double wake = woken[woken.length / 2];
                // among them are the few sessions in which the phones booted, too few to move the median
                double session = fleet.report().medianMillis();
                return new Finding(
                        "waking a phone, from the wish to the RPC's end",
                        String.format(Locale.ROOT, "%.1f ms", wake),
                        String.format(Locale.ROOT, "%.1f ms of session", session),
                        wake / session,
                        LIMIT);
            }
        }
    }

    private static Fleet awake(ChildServer server, int first) throws IOException, InterruptedException {
        PhonesOptions usual = PhonesOptions.of(URI.create("http://127.0.0.1:" + server.port() + "/"), PHONES)
                .withFirst(first);
        Fleet fleet = new Fleet(usual);
        fleet.start();
        long end = System.nanoTime() + LONGEST.toNanos();
        while (fleet.report().sessions() < PHONES) {
            if (System.nanoTime() > end) {
                fleet.close();
                throw new IOException("the phones did not come");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return fleet;
    }

    /** Each phone is called so many times, one call at a time; in milliseconds, sorted. */
    private double[] calls(String base, List<Phone> phones, int each) throws IOException, InterruptedException {
        double[] millis = new double[phones.size() * each];
        for (int i = 0; i < millis.length; i++) {
            long start = System.nanoTime();
            wake(base, phones.get(i % phones.size()));
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        progress.accept(String.format(
                Locale.ROOT,
                "  woke phones %d times: p50 %.1f ms, p90 %.1f ms",
                millis.length,
                millis[millis.length / 2],
                millis[millis.length * 9 / 10]));
        return millis;
    }

    private void wake(String base, Phone phone) throws IOException, InterruptedException {
        JsonNode queued = send(request(base + "devices/" + phone.id().decoded() + "/rpcs")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"method\":\"GetRPCMethods\",\"connectionRequest\":true}")));
        JsonNode ended = send(request(base + "rpcs/" + queued.path("id").asText() + "?wait=60s")
                .GET());
        if (!ended.path("state").asText().equals("succeeded")) {
            throw new IOException("the RPC ended so: " + ended);
        }
    }

    private static HttpRequest.Builder request(String url) {
        String credentials = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(LONGEST)
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/json");
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException("the API answered " + answer.statusCode() + ": " + answer.body());
        }
        return json.readTree(answer.body());
    }
}
