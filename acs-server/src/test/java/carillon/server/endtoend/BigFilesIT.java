package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.phones.Fleet;
import carillon.phones.Phone;
import carillon.phones.PhonesOptions;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are larger than the whole heap of the server go through it, both ways. */
class BigFilesIT {
    private static final long LENGTH = 100L << 20;
    private static final int HEAP_MEGABYTES = 80;
    private static final String IMAGE = "1 Firmware Upgrade Image";

    @TempDir
    private Path directory;

    /** So many octets that no two pages of are alike. */
    private static final class Octets extends InputStream {
        private long at;
        private final long seed;

        Octets(long seed) {
            this.seed = seed;
        }

        @Override
        public int read() {
            return at >= LENGTH ? -1 : octet(at++) & 0xff;
        }

        @Override
        public int read(byte[] some, int from, int length) {
            if (at >= LENGTH) {
                return -1;
            }
            int n = (int) Math.min(length, LENGTH - at);
            for (int i = 0; i < n; i++) {
                some[from + i] = octet(at++);
            }
            return n;
        }

        private byte octet(long index) {
            return (byte) ((index * 0x9e3779b97f4a7c15L + seed) >>> 40);
        }
    }

    private static String sha256(long seed) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = new Octets(seed)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void brings(ServerProcess server, String name) throws Exception {
        String login = "admin:" + ServerProcess.ADMIN_PASSWORD;
        HttpResponse<String> brought = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port("web") + "/api/v1/files/"
                                        + name + "?type=" + IMAGE.replace(" ", "%20")))
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                                .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new Octets(1)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(brought.statusCode()).as(brought.body()).isEqualTo(201);
    }

    /** The heap in use at most, as the server's own metrics tell it, and after the work. */
    private static String heap(ServerProcess server) throws Exception {
        String metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port("web") + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        double used = metrics.lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
        return String.format(Locale.ROOT, "%.0f MiB of %d MiB", used / (1 << 20), HEAP_MEGABYTES);
    }

    @Test
    void a_file_larger_than_the_heap_is_brought_fetched_by_a_phone_and_sent_by_a_phone() throws Exception {
        try (ServerProcess server = ServerProcess.small(
                directory.resolve("data"),
                HEAP_MEGABYTES,
                "--cpe.auth=open",
                "--lab=true",
                "--public.host=127.0.0.1")) {
            Rest rest = server.rest();
            brings(server, "big.loads");
            assertThat(rest.get("/api/v1/files/big.loads").get("sha256").asText())
                    .isEqualTo(sha256(1));
            URI acs = URI.create("http://127.0.0.1:" + server.port("cwmp.http") + "/");
            try (Fleet fleet = new Fleet(PhonesOptions.of(acs, 1).withBootDelay(Duration.ofMillis(10)))) {
                fleet.start();
                Phone phone = fleet.phones().get(0);
                String id = phone.id().encoded();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> rest.status("/api/v1/devices/" + id) == 200
                                && fleet.report().sessions() >= 1);
                String before = heap(server);
                phone.disk().holds("2 Vendor Log File", LENGTH, () -> new Octets(2));
                String download =
                        rest.queue(id, "Download", "{\"fileType\":\"" + IMAGE + "\",\"file\":\"big.loads\"}", true);
                JsonNode downloaded = end(rest, download);
                assertThat(downloaded.get("state").asText())
                        .as(downloaded.toString())
                        .isEqualTo("succeeded");
                assertThat(phone.disk().fetched().orElseThrow().sha256()).isEqualTo(sha256(1));
                String upload = rest.queue(id, "Upload", "{\"fileType\":\"2 Vendor Log File\"}", true);
                JsonNode uploaded = end(rest, upload);
                assertThat(uploaded.get("state").asText())
                        .as(uploaded.toString())
                        .isEqualTo("succeeded");
                assertThat(uploaded.at("/result/file/sha256").asText()).isEqualTo(sha256(2));
                assertThat(uploaded.at("/result/file/size").asLong()).isEqualTo(LENGTH);
                System.out.println("100 MiB in, out and in: heap " + before + " before, " + heap(server) + " after");
            }
        }
    }

    private static JsonNode end(Rest rest, String rpc) {
        await().atMost(Duration.ofSeconds(120))
                .until(() -> rest.get("/api/v1/rpcs/" + rpc + "?wait=30s").hasNonNull("endedAt"));
        return rest.rpc(rpc);
    }
}
