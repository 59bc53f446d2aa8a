package carillon.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.db.Role;
import carillon.server.access.Csrf;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FilePagesTest extends ConsoleOverHttp {
    private static final String IMAGE = "1 Firmware Upgrade Image";
    private static final String BOUNDARY = "carillon-boundary";

    private HttpResponse<String> brings(String token, String name, byte[] bytes, String... fields) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String[] all =
                Stream.concat(Stream.of(Csrf.FIELD, token), Stream.of(fields)).toArray(String[]::new);
        for (int i = 0; i < all.length; i += 2) {
            body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + all[i] + "\"\r\n\r\n"
                            + all[i + 1] + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(bytes);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return CLIENT.send(
                request("/files")
                        .setHeader("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> brings(String name, byte[] bytes, String... fields) throws Exception {
        return brings(Csrf.token(cookie), name, bytes, fields);
    }

    private void nothingIsLeftBehind() throws Exception {
        try (Stream<Path> left = Files.list(directory.resolve("files/incoming"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void files_are_brought_described_listed_and_deleted() throws Exception {
        house.user("op", Role.OPERATOR);
        login("op");
        assertThat(get("/files").body()).contains("No files yet").contains("Bring a file");

        byte[] image = new byte[300_000];
        image[7] = 1;
        HttpResponse<String> brought = brings(
                "a.loads",
                image,
                "type",
                IMAGE,
                "version",
                "12.0.2",
                "models",
                "CP-8841-3PCC, CP-8851-3PCC",
                "offered",
                "on");
        assertThat(location(brought)).isEqualTo("/files?done=file");
        String page = get("/files?done=file").body();
        assertThat(page)
                .contains("The file is here.")
                .contains(">a.loads<")
                .contains(IMAGE)
                .contains("12.0.2")
                .contains("CP-8841-3PCC, CP-8851-3PCC")
                .contains("293 KiB")
                .contains(">offered<");
        nothingIsLeftBehind();
        assertThat(location(brings("b.bin", new byte[3], "type", "3 Vendor Configuration File", "name", "named.xml")))
                .isEqualTo("/files?done=file");
        assertThat(get("/files?q=nam").body()).contains(">named.xml<").doesNotContain(">a.loads<");
        assertThat(get("/files?q=zzz").body()).contains("No file has a name that begins so.");

        assertThat(location(write("/files/a.loads"))).isEqualTo("/files?done=filegone");
        assertThat(get("/files").body()).doesNotContain(">a.loads<").contains("may hold secrets");
    }

    @Test
    void what_is_refused_comes_back_as_it_was_typed() throws Exception {
        house.user("op", Role.OPERATOR);
        login("op");
        HttpResponse<String> odd =
                brings("a.loads", new byte[3], "type", "<b>Nothing", "version", "7 \"x\"", "models", "M1");
        assertThat(odd.statusCode()).isEqualTo(422);
        assertThat(odd.body())
                .contains("1 Firmware Upgrade Image")
                .contains("&lt;b>Nothing")
                .contains("value=\"M1\"")
                .doesNotContain("<b>Nothing");
        assertThat(brings("", new byte[0], "type", IMAGE).body()).contains("Choose a file first.");
        assertThat(brings("../../evil", new byte[1], "type", IMAGE, "name", "../evil")
                        .statusCode())
                .isEqualTo(422);
        HttpResponse<String> long1 = brings("a.loads", new byte[(1 << 20) + 100], "type", IMAGE);
        assertThat(long1.statusCode()).isEqualTo(422);
        assertThat(long1.body()).contains("files.limit");
        HttpResponse<String> longer = brings("a.loads", new byte[3 << 20], "type", IMAGE);
        assertThat(longer.statusCode()).isEqualTo(422);
        assertThat(longer.body()).contains("longer than 1 MiB");
        assertThat(get("/files").body()).contains("No files yet");
        nothingIsLeftBehind();
    }

    @Test
    void only_who_may_changes_files_and_only_from_a_page_of_this_session() throws Exception {
        assertThat(location(brings("none", "a.loads", new byte[3], "type", IMAGE)))
                .isEqualTo("/login");
        house.user("op", Role.OPERATOR);
        login("op");
        assertThat(brings("forged", "a.loads", new byte[3], "type", IMAGE).statusCode())
                .isEqualTo(403);
        assertThat(post("/files/a.loads", Csrf.FIELD, "forged").statusCode()).isEqualTo(403);
        house.user("looker", Role.VIEWER);
        login("looker");
        assertThat(get("/files").body()).contains("No files yet").doesNotContain("Bring a file");
        assertThat(brings("a.loads", new byte[3], "type", IMAGE).statusCode()).isEqualTo(403);
        assertThat(get("/files").body()).contains("No files yet");
        nothingIsLeftBehind();
    }
}
