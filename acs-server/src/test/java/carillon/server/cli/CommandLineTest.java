package carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Map<String, String> environment, String... arguments) {
        CommandLine line = Main.commandLine(environment);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    static java.util.Set<String> commands() {
        return Main.commandLine(Map.of()).getSubcommands().keySet();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_has_help(String command) {
        assertThat(run(Map.of(), command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: carillon " + command);
    }

    @Test
    void wrong_usage_ends_with_2() {
        assertThat(run(Map.of(), "sreve")).isEqualTo(2);
        assertThat(err.toString()).contains("sreve");
    }

    @Test
    void phones_need_to_know_where_to_inform() {
        assertThat(run(Map.of(), "phones")).isEqualTo(2);
        assertThat(run(Map.of(), "phones", "--acs-url", "acs.example.org")).isEqualTo(2);
        assertThat(err.toString())
                .contains("Missing required option: '--acs-url=URL'")
                .contains("--acs-url is 'acs.example.org'; it must look like http://acs.example.org:7547/");
    }

    @Test
    void a_wrong_number_of_phones_is_refused() {
        assertThat(run(Map.of(), "phones", "--acs-url=http://127.0.0.1:1/", "--count=0"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("count is 0; it must be 1 to 100000");
        assertThat(run(Map.of(), "phones", "--acs-url=http://127.0.0.1:1/", "--duration=soon"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("must be a length of time such as 30s, 5m, 1h or 7d");
    }

    @Test
    void the_list_of_misbehaviours_tells_what_each_does_and_what_is_predicted() {
        assertThat(run(Map.of(), "phones", "--misbehave=list")).isZero();
        assertThat(out.toString())
                .contains("CHUNKED")
                .contains("Q-25: an Inform that is cut off, with the right length: refused with 400");
        assertThat(run(Map.of(), "phones", "--acs-url=http://127.0.0.1:1/", "--misbehave=POLITE"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no misbehaviour 'POLITE'; --misbehave list shows them all");
        assertThat(run(Map.of(), "phones", "--acs-url=http://127.0.0.1:1/", "--cwmp-version=2.0"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("'2.0' is none of 1.0, 1.1, 1.2, 1.3, 1.4");
    }

    @Test
    void phones_that_find_no_acs_report_it() {
        assertThat(run(
                        Map.of(),
                        "phones",
                        "--acs-url=http://127.0.0.1:1/",
                        "--count=2",
                        "--duration=2s",
                        "--spread=0s",
                        "--json"))
                .isEqualTo(1);
        assertThat(out.toString()).startsWith("{\"sessions\":0,").contains("\"errors\":{\"");
        assertThat(err.toString()).contains("no phone could open a session at http://127.0.0.1:1/");
    }

    @Test
    void config_prints_value_and_origin() {
        assertThat(run(Map.of("CARILLON_WEB_PORT", "9"), "config", "--cwmp.http.port=1", "--admin.password", "hush"))
                .isZero();
        assertThat(out.toString())
                .containsPattern("cwmp\\.http\\.port +1 {2}\\(flag\\)")
                .containsPattern("web\\.port +9 {2}\\(environment\\)")
                .containsPattern("admin\\.password +\\*\\*\\* {2}\\(flag\\)")
                .doesNotContain("hush");
        assertThat(err.toString()).contains("admin.password was given as a flag");
    }

    @Test
    void every_wrong_setting_is_told_at_once_and_ends_with_2() {
        assertThat(run(Map.of("CARILLON_WEB_PORT", "x"), "config", "--cwmp.http.prot=1", "--cpe.auth=none"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactlyInAnyOrder(
                        "carillon: web.port is 'x' (environment); it must be a whole number from -1 to 65535",
                        "carillon: cpe.auth is 'none' (flag); it must be one of enroll, required, open",
                        "carillon: --cwmp.http.prot: there is no such setting; did you mean --cwmp.http.port?");
    }

    @Test
    void what_is_neither_option_nor_setting_is_refused() {
        assertThat(run(Map.of(), "config", "web.port=1", "--web.port")).isEqualTo(2);
        assertThat(err.toString())
                .contains("'web.port=1' is neither an option nor a setting")
                .contains("--web.port has no value");
    }

    @Test
    void discovery_prints_options_and_reads_them() {
        String octets = "2b1e011c68747470733a2f2f6163732e6578616d706c652e636f6d2f63776d70";
        assertThat(run(Map.of(), "discovery", "options", "--acs-url", "https://acs.example.com/cwmp"))
                .isZero();
        assertThat(out.toString().lines()).contains(octets);
        assertThat(run(Map.of(), "discovery", "decode", octets)).isZero();
        assertThat(out.toString()).contains("43 ACS URL: https://acs.example.com/cwmp");
    }

    @Test
    void discovery_says_what_is_wrong() {
        assertThat(run(Map.of(), "discovery", "options", "--acs-url", "ftp://x/"))
                .isEqualTo(2);
        assertThat(run(Map.of(), "discovery", "options", "--acs-url", "http://x/", "--format", "bind"))
                .isEqualTo(2);
        assertThat(run(Map.of(), "discovery", "decode", "2b05")).isEqualTo(1);
        assertThat(run(Map.of(), "discovery")).isEqualTo(2);
        assertThat(err.toString())
                .contains("'ftp://x/' must begin with http:// or https://")
                .contains("the format 'bind' is not one of dnsmasq, kea, isc, cisco-ios, mikrotik, windows, hex")
                .contains("option 43 at octet 0 says that it has 5 octets, but only 0 follow");
    }
}
