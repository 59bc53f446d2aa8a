package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.cwmp.EventCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every store is listed with its bound, its setting and its metric in docs/limits.md; and a full one says so. */
class LimitsIT {
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final Pattern TABLE = Pattern.compile("carillon_stored_rows\\{table=\"([a-z_]*)\"} (.*)");

    @TempDir
    Path directory;

    /** One row of the document. */
    private record Bound(String what, List<String> where, List<String> settings, List<String> metrics) {}

    private static List<Bound> documented() throws IOException {
        return Files.readAllLines(Path.of("../docs/limits.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| what |") && !line.startsWith("| ---"))
                .map(line -> line.split("\\|", -1))
                .map(cells -> new Bound(cells[1].strip(), codes(cells[2]), codes(cells[4]), codes(cells[5])))
                .toList();
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    private static String metrics(LocalServer server) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port("web") + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static Set<String> tables(String metrics) {
        return metrics.lines()
                .map(TABLE::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void every_table_setting_and_metric_of_the_document_exists_and_no_table_is_missing() throws Exception {
        try (LocalServer server = new LocalServer(directory.resolve("data"), "cpe.auth", "open")) {
            try (RawPhone raw = RawPhone.connect(server.port("cwmp.http"))) {
                raw.post("", "not XML"); // errors are counted from the first on
            }
            await().until(() -> metrics(server).contains("carillon_stored_rows{table=\"app_user\"} 1.0"));
            String metrics = metrics(server);
            Set<String> documented = documented().stream()
                    .flatMap(bound -> bound.where().stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(documented).isEqualTo(tables(metrics));
            Set<String> settings = Arrays.stream(
                            Files.readString(Path.of("../docs/settings.md")).split("\n"))
                    .filter(line -> line.startsWith("| `"))
                    .flatMap(line -> codes(line).stream().limit(1))
                    .collect(Collectors.toSet());
            for (Bound bound : documented()) {
                assertThat(settings).as(bound.what()).containsAll(bound.settings());
                assertThat(bound.metrics()).as(bound.what()).isNotEmpty().allSatisfy(name -> assertThat(
                                metrics.lines().anyMatch(line -> line.startsWith(name)))
                        .as(name)
                        .isTrue());
            }
        }
    }

    @Test
    void a_fleet_that_is_full_puts_unknown_phones_off_and_serves_the_others() throws Exception {
        try (LocalServer server = new LocalServer(
                directory.resolve("data"), "cpe.auth", "open", "devices.limit", "2", "events.limit", "5")) {
            for (int i = 1; i <= 2; i++) {
                try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), ScriptedPhone.identity(i))) {
                    phone.completes(EventCode.BOOT);
                }
            }
            try (RawPhone third = RawPhone.connect(server.port("cwmp.http"))) {
                RawPhone.Answer answer = third.post("", Soap.inform(ScriptedPhone.identity(3), "1 BOOT"));
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.header("retry-after")).isNotEmpty();
            }
            try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), ScriptedPhone.identity(1))) {
                phone.completes(EventCode.PERIODIC);
            }
            assertThat(server.rest().get("/api/v1/devices").get("items")).hasSize(2);
        }
    }

    @Test
    void what_housekeeping_has_counted_is_shown() throws Exception {
        try (LocalServer server = new LocalServer(directory.resolve("data"), "cpe.auth", "open")) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(metrics(server))
                    .contains("carillon_stored_rows{table=\"device\"} 0.0")
                    .contains("carillon_http_connections{server=\"cwmp\"} 0.0"));
        }
    }
}
