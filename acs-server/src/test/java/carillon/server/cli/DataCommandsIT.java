package carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.server.CarillonServer;
import carillon.server.config.ConfigReader;
import carillon.server.config.ConfigSources;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.ServerConfig;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands that work with the server's data, while it runs and while it does not. */
class DataCommandsIT {
    private static final String ADMIN = "admin:correct-horse-battery";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private CarillonServer server;

    private Path data() {
        return directory.resolve("data");
    }

    private void start() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "data.dir", data().toString(),
                "web.port", "0",
                "admin.password", "correct-horse-battery"));
        for (String door : List.of("cwmp.http", "cwmp.https", "stun", "files.http", "files.https")) {
            settings.put(door + ".port", "-1");
        }
        ConfigReader reader = new ConfigReader(ConfigSources.of(settings, Map.of()));
        ServerConfig config = ServerConfig.from(reader);
        reader.finish();
        server = new CarillonServer(config, InstantSource.system());
        server.welcome(false);
        server.start();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    private record Ran(int exit, String out, String err) {
        /** The last line, where a secret stands. */
        String secret() {
            List<String> lines = out.lines().toList();
            return lines.get(lines.size() - 1);
        }
    }

    private Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine(Map.of("CARILLON_DATA_DIR", data().toString()));
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return new Ran(line.execute(arguments), out.toString(), err.toString());
    }

    private Ran works(String... arguments) {
        Ran ran = run(arguments);
        assertThat(ran.exit())
                .as(String.join(" ", arguments) + ": " + ran.err())
                .isZero();
        return ran;
    }

    private HttpResponse<String> call(String method, String path, String login, String body) {
        String authorization = login.contains(":")
                ? "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8))
                : "Bearer " + login;
        int port = server.doors().stream()
                .filter(door -> door.name().equals("web"))
                .mapToInt(Door::port)
                .findFirst()
                .orElseThrow();
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .header("Authorization", authorization)
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new AssertionError(method + " " + path, failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private int status(String login) {
        return call("GET", "/api/v1/devices", login, "").statusCode();
    }

    private JsonNode json(String method, String path, String body) {
        try {
            return new ObjectMapper().readTree(call(method, path, ADMIN, body).body());
        } catch (IOException unreadable) {
            throw new AssertionError(method + " " + path, unreadable);
        }
    }

    @Test
    void users_are_made_disabled_and_reset_while_the_server_runs() throws IOException {
        start();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data().resolve("admin.sock"))))
                .isEqualTo("rw-------");
        Ran made = works("user", "create", "vera", "--role", "operator", "--site=paris");
        assertThat(made.secret()).hasSizeGreaterThan(8);
        assertThat(status("vera:" + made.secret()))
                .as("the password must be changed")
                .isEqualTo(403);
        assertThat(works("user", "list").out())
                .containsPattern("vera +operator +paris +must change the password")
                .containsPattern("admin +administrator")
                .doesNotContain(made.secret());
        works("user", "disable", "vera");
        assertThat(status("vera:" + made.secret())).isEqualTo(401);
        works("user", "enable", "vera");
        assertThat(status("vera:" + made.secret())).isEqualTo(403);
        Ran reset = works("user", "reset", "vera");
        assertThat(status("vera:" + made.secret())).isEqualTo(401);
        assertThat(status("vera:" + reset.secret())).isEqualTo(403);
        Path password = Files.writeString(directory.resolve("password"), "bells-of-the-tower\n");
        assertThat(works("user", "reset", "vera", "--password-file", password.toString())
                        .out())
                .doesNotContain("bells");
        assertThat(status("vera:bells-of-the-tower")).isEqualTo(403);
        assertThat(call("GET", "/api/v1/audit?subject=vera", ADMIN, "").body())
                .contains("\"actor\":\"command line\"", "user.create", "user.change")
                .doesNotContain("bells");
    }

    @Test
    void tokens_are_made_and_revoked_while_the_server_runs() {
        start();
        Ran made = works("token", "create", "--user=admin", "--role=viewer", "--label", "night watch", "--expires=2d");
        String token = made.out().strip();
        assertThat(token).startsWith("carillon_");
        assertThat(status(token)).isEqualTo(200);
        assertThat(call("POST", "/api/v1/devices", token, "{\"id\":\"00562B-X-S1\"}")
                        .statusCode())
                .isEqualTo(403);
        String list = works("token", "list", "--json").out();
        assertThat(list)
                .contains("\"label\":\"night watch\"", "\"user\":\"admin\"")
                .doesNotContain(token);
        String id = list.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
        assertThat(works("token", "revoke", id).out()).contains(id);
        assertThat(status(token)).isEqualTo(401);
        assertThat(works("token", "list").out()).containsPattern(id + ".* revoked");
    }

    @Test
    void the_same_is_done_while_the_server_does_not_run() {
        start();
        stop();
        assertThat(data().resolve("admin.sock")).doesNotExist();
        Ran made = works("user", "create", "carl", "--role=administrator");
        String token = works("token", "create", "--user", "admin").out().strip();
        assertThat(works("user", "list").out()).containsPattern("carl +administrator");
        works("user", "disable", "carl");
        start();
        assertThat(status("carl:" + made.secret())).isEqualTo(401);
        assertThat(status(token)).isEqualTo(200);
    }

    @Test
    void what_cannot_be_done_is_told_in_one_line_and_ends_with_1() {
        assertThat(run("user", "list").err())
                .contains("there is no data directory " + data())
                .hasLineCount(1);
        start();
        for (List<String> wrong : List.of(
                List.of("user", "disable", "nobody"),
                List.of("user", "disable", "admin"),
                List.of("user", "create", "admin"),
                List.of("token", "create", "--user=nobody"),
                List.of("token", "revoke", "NOTHING"),
                List.of("backup", directory.resolve("no/such/directory.zip").toString()),
                List.of("restore", directory.resolve("x.zip").toString()))) {
            Ran ran = run(wrong.toArray(String[]::new));
            assertThat(ran.exit()).as(wrong + ran.err()).isEqualTo(1);
            assertThat(ran.err()).as(wrong.toString()).startsWith("carillon: ").hasLineCount(1);
        }
        assertThat(run("user", "disable", "admin").err()).contains("last administrator");
        assertThat(run("restore", "x.zip").err()).contains("the server runs with " + data());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user",
                "user create",
                "user create a b",
                "user create a --role=king",
                "user list extra",
                "user reset",
                "token",
                "token create",
                "token create --user=admin --expires=soon",
                "token revoke",
                "backup",
                "restore",
                "user list --web.prot=1"
            })
    void wrong_usage_ends_with_2(String words) {
        assertThat(run(words.split(" ")).exit()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user list",
                "user create",
                "user disable",
                "user enable",
                "user reset",
                "token list",
                "token create",
                "token revoke",
                "backup",
                "restore"
            })
    void each_has_help(String words) {
        assertThat(works((words + " --help").split(" ")).out()).contains("Usage: carillon " + words);
    }

    @Test
    void a_backup_of_a_running_server_is_restored_and_what_was_open_in_it_is_held() throws IOException {
        start();
        String device = json("POST", "/api/v1/devices", "{\"oui\":\"00562B\",\"productClass\":\"X\",\"serial\":\"S1\"}")
                .get("id")
                .asText();
        String rpc = json("POST", "/api/v1/devices/" + device + "/rpcs", "{\"method\":\"Reboot\"}")
                .get("id")
                .asText();
        assertThat(call("PUT", "/api/v1/files/a.loads?type=1+Firmware+Upgrade+Image", ADMIN, "firmware")
                        .statusCode())
                .isEqualTo(201);
        Path backup = directory.resolve("night.zip");
        assertThat(works("backup", backup.toString()).out()).contains("1 files", "are not in it");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        try (ZipFile zip = new ZipFile(backup.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .contains("carillon-backup.json", "carillon.mv.db")
                    .noneMatch(name -> name.contains("keys"))
                    .hasSize(3);
        }
        assertThat(run("backup", backup.toString()).err()).contains("exists already");
        call("DELETE", "/api/v1/devices/" + device, ADMIN, "");
        call("DELETE", "/api/v1/files/a.loads", ADMIN, "");
        stop();

        assertThat(run("restore", backup.toString()).err()).contains("--replace");
        assertThat(works("restore", backup.toString(), "--replace").out())
                .contains("1 RPCs that were open", "held for review", "1 files", ".before-");
        start();
        JsonNode held = json("GET", "/api/v1/rpcs/" + rpc, "");
        assertThat(held.get("state").asText()).isEqualTo("unconfirmed");
        assertThat(held.get("note").asText()).contains("was open when the backup was taken");
        assertThat(call("GET", "/api/v1/files/a.loads/content", ADMIN, "").body())
                .isEqualTo("firmware");
        assertThat(json("PATCH", "/api/v1/rpcs/" + rpc, "{\"state\":\"queued\"}")
                        .get("state")
                        .asText())
                .isEqualTo("queued");
    }

    @Test
    void a_backup_while_the_server_does_not_run_is_the_same() {
        start();
        stop();
        Path backup = directory.resolve("still.zip");
        works("backup", backup.toString());
        assertThat(works("restore", backup.toString(), "--replace").out()).contains("0 RPCs");
        start();
        assertThat(status(ADMIN)).isEqualTo(200);
    }

    @Test
    void a_backup_is_restored_with_its_own_keys_alone_and_only_where_it_is_whole() throws IOException {
        start();
        stop();
        Path backup = directory.resolve("keys.zip");
        works("backup", backup.toString());
        Path database = data().resolve("carillon.mv.db");
        byte[] before = Files.readAllBytes(database);
        Path keys = data().resolve("keys");
        Path kept = Files.move(keys, directory.resolve("kept-keys"));
        assertThat(run("restore", backup.toString(), "--replace").err()).contains("the keys are missing");
        Files.writeString(keys, Files.readString(kept).lines().reduce("", (all, line) -> {
            String other = Base64.getEncoder().encodeToString(new byte[32]);
            return all + line.replaceFirst(": .*", ": " + other) + "\n";
        }));
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
        Ran foreign = run("restore", backup.toString(), "--replace");
        assertThat(foreign.exit()).isEqualTo(1);
        assertThat(foreign.err()).contains("does not belong to the database");
        Path noBackup = Files.writeString(directory.resolve("no.zip"), "nothing");
        assertThat(run("restore", noBackup.toString(), "--replace").err()).contains("is no backup");
        assertThat(Files.readAllBytes(database)).as("nothing was touched").isEqualTo(before);
        try (var left = Files.list(data())) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("restore-") || name.startsWith("backup-"));
        }
    }
}
