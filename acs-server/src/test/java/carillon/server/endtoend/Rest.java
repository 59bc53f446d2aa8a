package carillon.server.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** A script that uses the REST API with a user's name and password. */
final class Rest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final int port;
    private final String authorization;

    Rest(int port, String user, String password) {
        this.port = port;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** An answer as a script sees it. */
    record Answer(int status, String location, JsonNode body) {}

    int status(String path) {
        return call("GET", path, "").status();
    }

    JsonNode get(String path) {
        Answer answer = call("GET", path, "");
        if (answer.status() != 200) {
            throw new AssertionError("GET " + path + " answered " + answer.status() + " " + answer.body());
        }
        return answer.body();
    }

    /** Queues an RPC and returns its id. */
    String queue(String device, String method, String arguments) {
        return queue(device, method, arguments, false);
    }

    String queue(String device, String method, String arguments, boolean wake) {
        Answer answer = call(
                "POST",
                "/api/v1/devices/" + device + "/rpcs",
                "{\"method\":\"" + method + "\",\"arguments\":" + arguments + ",\"connectionRequest\":" + wake + "}");
        if (answer.status() != 201) {
            throw new AssertionError(method + " was answered " + answer.status() + " " + answer.body());
        }
        return answer.body().get("id").asText();
    }

    JsonNode rpc(String id) {
        return get("/api/v1/rpcs/" + id);
    }

    /** With more headers as {@code name, value, name, value}. */
    Answer call(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(70))
                .header("Authorization", authorization)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String type = response.headers().firstValue("content-type").orElse("");
            JsonNode json = type.contains("json") ? JSON.readTree(response.body()) : JSON.nullNode();
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("location").orElse(""),
                    json);
        } catch (IOException failed) {
            throw new UncheckedIOException(method + " " + path, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
