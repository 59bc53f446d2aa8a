package carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ProfileLintTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int lint(String... arguments) {
        CommandLine line = Main.commandLine(Map.of());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("profile", "lint"));
        all.addAll(List.of(arguments));
        return line.execute(all.toArray(String[]::new));
    }

    @Test
    void a_good_rule_is_said_to_be_good() {
        assertThat(lint("https://p.example.com/$MA.cfg")).isZero();
        assertThat(out.toString()).isEqualTo("nothing is wrong\n");
    }

    @Test
    void an_error_is_shown_at_its_place() {
        assertThat(lint("($A eq 5) http://p/x")).isEqualTo(1);
        assertThat(out.toString())
                .isEqualTo("error at character 11: expected '?' after a condition or '!' after assignments; found 'h'\n"
                        + "  ($A eq 5) http://p/x\n"
                        + "            ^\n");
    }

    @Test
    void a_phone_s_state_shows_what_it_fetches(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("rule"),
                "(\"$A\" ne \"Provisioned\")? (a = \"Provisioned\";)! [--key $SA --uid $B --pwd $SB]"
                        + " https://p/$MA.cfg\n");
        assertThat(lint(
                        "--file",
                        file.toString(),
                        "--state",
                        "MA=00562B043615",
                        "--state",
                        "SA=canary",
                        "--state=B=me"))
                .isZero();
        assertThat(out.toString())
                .contains("this phone takes alternative 1\n")
                .contains("  sets GPP_A to \"Provisioned\"\n")
                .contains("  GET https://p/00562b043615.cfg\n"
                        + "  as the user me\n"
                        + "  with a password\n"
                        + "  decrypts with a key\n")
                .doesNotContain("canary");
    }

    @Test
    void an_upgrade_rule_is_simulated_with_a_version() {
        String rule = "($SWVER lt sip88xx.12-0-7MPP0001-46)? http://fw.example.com/sip88xx.12-0-7MPP0001-46.loads";
        assertThat(lint("--upgrade", rule, "--state", "SWVER=sip88xx.11-3-2MPP0001-609"))
                .isZero();
        assertThat(out.toString()).contains("GET http://fw.example.com/sip88xx.12-0-7MPP0001-46.loads");
        assertThat(lint("--upgrade", rule, "--state", "SWVER=sip88xx.12-0-7MPP0501-123"))
                .isZero();
        assertThat(out.toString()).contains("this phone skips the rule: no condition is true");
        assertThat(lint("--upgrade", rule, "--state", "SWVER=sip88xx.11-0-1MPP-312"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("this phone cannot use the rule").contains("versions of two forms");
    }

    @Test
    void delays_are_read_and_wrong_usage_ends_with_2() {
        assertThat(lint("--delays", "60,120,240+10")).isZero();
        assertThat(lint("--delays", "30,x")).isEqualTo(1);
        assertThat(lint("/x", "--state", "MA=12")).isEqualTo(2);
        assertThat(err.toString()).contains("'12' is no MAC address");
        assertThat(lint()).isEqualTo(2);
        assertThat(lint("/$PSN.xml", "--state", "PN=CP-8841-3PCC", "--server", "10.0.0.5"))
                .isZero();
        assertThat(out.toString()).contains("GET tftp://10.0.0.5/8841-3PCC.xml");
    }
}
