package carillon.server.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server says it has counted as errors of phones, by reason. */
final class ServerErrors {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Pattern ERROR =
            Pattern.compile("(?m)^carillon_cwmp_errors_total\\{reason=\"([^\"]*)\"} ([0-9.E+]+)$");

    private ServerErrors() {}

    /** Those that happened at all. */
    static Map<String, Long> of(int webPort) {
        Map<String, Long> errors = new TreeMap<>();
        Matcher found = ERROR.matcher(scrape(webPort));
        while (found.find()) {
            long count = (long) Double.parseDouble(found.group(2));
            if (count > 0) {
                errors.put(found.group(1), count);
            }
        }
        return errors;
    }

    private static String scrape(int port) {
        URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
        try {
            return CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
