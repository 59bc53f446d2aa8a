package carillon.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    @TempDir
    Path directory;

    @Test
    void a_flag_wins_over_the_environment_over_the_file_over_the_default() {
        Map<String, String> file = Map.of("a", "file", "b", "file", "c", "file");
        Map<String, String> environment = Map.of("CARILLON_A", "environment", "CARILLON_B", "environment");
        ConfigReader reader =
                new ConfigReader(new ConfigSources(Map.of("a", "flag"), environment, file, "carillon.yaml"));
        for (String key : new String[] {"a", "b", "c", "d"}) {
            reader.text(key, "default", "A letter.");
        }
        reader.finish();
        assertThat(reader.settings())
                .extracting(Setting::value)
                .containsExactly("flag", "environment", "file", "default");
        assertThat(reader.settings())
                .extracting(Setting::origin)
                .containsExactly("flag", "environment", "carillon.yaml", "default");
    }

    @Test
    void an_unknown_key_names_the_nearest_known_one() {
        ConfigReader reader = new ConfigReader(new ConfigSources(
                Map.of("cwmp.htp.port", "1"),
                Map.of("CARILLON_WEB_PROT", "2", "CARILLON_SERVICE_HOST", "10.0.0.1", "HOME", "/"),
                Map.of("nonsense.of.mine", "3"),
                "my.yaml"));
        ListenersConfig.from(reader);
        assertThatThrownBy(reader::finish)
                .hasMessage("--cwmp.htp.port: there is no such setting; did you mean --cwmp.http.port?\n"
                        + "CARILLON_WEB_PROT: there is no such setting; did you mean CARILLON_WEB_PORT?\n"
                        + "my.yaml: there is no setting nonsense.of.mine; 'carillon config' lists them all");
    }

    @Test
    void a_secret_is_read_from_a_file_and_shown_to_nobody() throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "hush\n");
        ConfigReader reader =
                new ConfigReader(ConfigSources.of(Map.of(), Map.of("CARILLON_ADMIN_PASSWORD_FILE", file.toString())));
        InstallationConfig config = InstallationConfig.from(reader);
        reader.finish();
        assertThat(config.adminPassword().reveal()).isEqualTo("hush");
        assertThat(reader.warnings()).isEmpty();
        assertThat(new ConfigReport(reader.settings()).text())
                .contains("admin.password  ***  (environment)")
                .doesNotContain("hush");
    }

    @Test
    void a_secret_as_a_flag_works_but_is_warned_about() {
        ConfigReader reader = new ConfigReader(ConfigSources.of(Map.of("admin.password", "hush"), Map.of()));
        assertThat(InstallationConfig.from(reader).adminPassword().reveal()).isEqualTo("hush");
        reader.finish();
        assertThat(reader.warnings())
                .containsExactly("admin.password was given as a flag, which process lists show; use"
                        + " CARILLON_ADMIN_PASSWORD_FILE or --admin.password.file=PATH instead");
    }

    @Test
    void a_secret_that_is_set_twice_or_cannot_be_read_is_a_problem() {
        ConfigReader reader = new ConfigReader(ConfigSources.of(
                Map.of("admin.password", "hush", "admin.password.file", "/nowhere"),
                Map.of(
                        "CARILLON_DATABASE_PASSWORD_FILE",
                        directory.resolve("missing").toString())));
        ServerConfig.from(reader);
        assertThatThrownBy(reader::finish)
                .hasMessage("admin.password and admin.password.file are both set; keep one of them\n"
                        + "database.password.file names " + directory.resolve("missing")
                        + ", which cannot be read (NoSuchFileException)");
    }

    @Test
    void a_yaml_file_may_nest_its_keys() throws Exception {
        Path file = Files.writeString(
                directory.resolve("c.yaml"),
                "cwmp:\n  http:\n    port: 1\nweb.port: 2\nconnection-request.networks: [192.0.2.0/24, 10.0.0.0/8]\n");
        ConfigSources sources = ConfigSources.load(Map.of(), Map.of(), Optional.of(file));
        ConfigReader reader = new ConfigReader(sources);
        ServerConfig config = ServerConfig.from(reader);
        reader.finish();
        assertThat(config.listeners().cwmpHttp().port()).isEqualTo(1);
        assertThat(config.listeners().web().port()).isEqualTo(2);
        assertThat(config.connect().networks().all()).hasSize(2);
    }

    @Test
    void an_empty_file_sets_nothing() throws Exception {
        Path file = Files.writeString(directory.resolve("c.yaml"), "# nothing yet\n");
        assertThat(ConfigSources.load(Map.of(), Map.of(), Optional.of(file)).file())
                .isEmpty();
    }

    @Test
    void a_file_that_is_missing_or_broken_is_told_in_one_line() throws Exception {
        Path missing = directory.resolve("missing.yaml");
        assertThatThrownBy(() -> ConfigSources.load(Map.of(), Map.of(), Optional.of(missing)))
                .isInstanceOf(ConfigException.class)
                .hasMessage(missing + " cannot be read (NoSuchFileException); name a readable file with --config");
        Path broken = Files.writeString(directory.resolve("broken.yaml"), "a: [1\nb: 2");
        assertThatThrownBy(() ->
                        ConfigSources.load(Map.of(), Map.of("CARILLON_CONFIG", broken.toString()), Optional.empty()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(broken + " is not YAML: ");
        Path twice = Files.writeString(directory.resolve("twice.yaml"), "a.b: 1\na:\n  b: 2\n");
        assertThatThrownBy(() -> ConfigSources.load(Map.of(), Map.of(), Optional.of(twice)))
                .hasMessage(twice + " sets a.b twice");
    }

    @Test
    void lengths_of_time_are_written_as_they_are_read() {
        for (String text : new String[] {"0s", "500ms", "30s", "5m", "1h", "7d"}) {
            assertThat(DurationText.print(DurationText.parse(text))).isEqualTo(text);
        }
    }

    @Test
    void the_documentation_lists_every_setting() throws Exception {
        ConfigReader reader = new ConfigReader(ConfigSources.of(Map.of(), Map.of()));
        ServerConfig.from(reader);
        assertThat(new ConfigReport(reader.settings()).markdown())
                .as("write it anew with: ./carillon config --markdown > docs/settings.md")
                .isEqualTo(Files.readString(Path.of("../docs/settings.md")));
    }
}
