package carillon.server.demo;

import carillon.cwmp.Secret;
import carillon.server.lifecycle.Service;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The demonstration's operator: approves most of the phones that wait, gives them names, and asks something of one of them
 * now and then. It uses the REST API with the administrator's password, so all it does is in the audit log.
 */
public final class DemoOperator implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(DemoOperator.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** One phone in so many is left for the visitor to approve. */
    private static final int LEFT_WAITING = 6;

    /** Something is asked in every so many looks. */
    private static final int ASKED_EVERY = 5;

    private static final int MOST_LISTED = 200;
    private static final List<String> PLACES =
            List.of("Reception", "Lobby", "Workshop", "Library", "Kitchen", "Studio", "Gallery", "Archive");
    private static final List<String> SITES = List.of("north tower", "south tower");
    private static final List<String> REQUESTS = List.of(
            "{\"method\":\"GetParameterValues\",\"arguments\":{\"paths\":[\"Device.DeviceInfo.\"]}}",
            "{\"method\":\"GetParameterNames\",\"arguments\":{\"path\":\"Device.\",\"nextLevel\":true}}",
            "{\"method\":\"GetRPCMethods\"}",
            "{\"method\":\"SetParameterValues\",\"arguments\":{\"values\":[{\"path\":"
                    + "\"Device.ManagementServer.PeriodicInformEnable\",\"value\":\"1\",\"type\":\"xsd:boolean\"}]}}",
            "{\"method\":\"GetParameterValues\",\"arguments\":{\"paths\":[\"Device.Tower.Bells\"]}}",
            "{\"method\":\"Reboot\"}");

    private final String base;
    private final String authorization;
    private final ObjectMapper json = new ObjectMapper();
    private final Random random = new Random();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "demo-operator");
        thread.setDaemon(true);
        return thread;
    });
    private int looks;
    private int seen;

    /**
     * @param web where the API is, such as {@code http://127.0.0.1:8080/}
     */
    public DemoOperator(String web, String user, Secret password) {
        this.base = web + "api/v1/";
        this.authorization = "Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String name() {
        return "demo-operator";
    }

    @Override
    public void start() {
        var unused = timer.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws InterruptedException {
        timer.shutdownNow();
        if (!timer.awaitTermination(1, TimeUnit.SECONDS)) {
            LOG.debug("the operator is still busy");
        }
    }

    private void look() {
        try {
            for (JsonNode device : items("devices?state=waiting&limit=" + MOST_LISTED)) {
                if (device.path("label").asText().isEmpty()) {
                    welcome(device.path("id").asText());
                }
            }
            looks++;
            if (looks % ASKED_EVERY == 0) {
                ask();
            }
        } catch (IOException failed) {
            LOG.debug("the demonstration's operator was not answered", failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void welcome(String device) throws IOException, InterruptedException {
        int number = seen++;
        boolean approved = number % LEFT_WAITING != LEFT_WAITING - 1;
        String label = PLACES.get(number % PLACES.size()) + " " + (101 + number);
        String site = SITES.get(number % SITES.size());
        call(
                "PATCH",
                "devices/" + device,
                "{\"label\":\"" + label + "\",\"site\":\"" + site + "\"" + (approved ? ",\"state\":\"approved\"" : "")
                        + "}");
    }

    private void ask() throws IOException, InterruptedException {
        List<String> idle = new ArrayList<>();
        for (JsonNode device : items("devices?state=approved&limit=" + MOST_LISTED)) {
            if (device.path("pendingRpcs").asInt() == 0) {
                idle.add(device.path("id").asText());
            }
        }
        if (!idle.isEmpty()) {
            String request = REQUESTS.get(random.nextInt(REQUESTS.size()));
            call(
                    "POST",
                    "devices/" + idle.get(random.nextInt(idle.size())) + "/rpcs",
                    request.substring(0, request.length() - 1) + ",\"connectionRequest\":true}");
        }
    }

    private JsonNode items(String path) throws IOException, InterruptedException {
        return call("GET", path, "").path("items");
    }

    private JsonNode call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 400) {
            LOG.info("the demonstration's operator was refused: {} {}", response.statusCode(), response.body());
        }
        return json.readTree(response.body());
    }
}
