package carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ProfileCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void parse_says_what_is_in_a_profile_and_what_is_wrong_with_it() throws IOException {
        Path file = file("phone.xml", """
            <device><flat-profile>
            <Proxy_1_ ua="na">pbx.example.com</Proxy_1_>
            <Password_1_ ua="na">hunter2</Password_1_>
            <!-- <Password_2_ ua="na"/> -->
            <Proxi_3_>x</Proxi_3_>
            <SIP_Transport_1_>SCTP</SIP_Transport_1_>
            </flat-profile></device>
            """);
        assertThat(run("profile", "parse", file.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("Proxy_1_=pbx.example.com  [ua=na]\n", "Password_1_=***", "Password_2_=(hidden)")
                .doesNotContain("hunter2");
        assertThat(err.toString())
                .contains("warning: the key Proxi_3_ is not known; the nearest known one is Proxy_3_")
                .contains("error: SIP_Transport_1_ is 'SCTP' and takes one of UDP, TCP, TLS, AUTO")
                .contains("5 keys, 1 of them hidden; 1 errors, 1 warnings");
        assertThat(run("profile", "parse", "--secrets", file.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("Password_1_=hunter2");
    }

    @Test
    void what_is_no_profile_ends_with_one_line() throws IOException {
        Path file = file("page.html", "<html/>");
        assertThat(run("profile", "parse", file.toString())).isEqualTo(1);
        assertThat(err.toString().strip())
                .isEqualTo(
                        "carillon: " + file + ": the root element is <html> and neither <flat-profile> nor <device>");
        assertThat(run("profile", "parse", folder.resolve("missing").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("there is no file ");
    }

    @Test
    void lines_json_and_yaml_make_the_same_file() throws IOException {
        Path lines = file(
                "a.txt", "# one line\nResync_Periodic = 3600\nEnable_TR-069=Yes\nSIP_TOS_DiffServ_Value_1_=0x68\n");
        Path json = file(
                "a.json",
                "{\"Enable_TR-069\":\"Yes\",\"Resync_Periodic\":3600,\"SIP_TOS_DiffServ_Value_1_\":\"0x68\"}");
        Path yaml = file("a.yaml", "SIP_TOS_DiffServ_Value_1_: 0x68\nEnable_TR-069: Yes\nResync_Periodic: 3600\n");
        String expected = """
            <?xml version="1.0" encoding="UTF-8"?>
            <flat-profile>
            <Enable_TR-069>Yes</Enable_TR-069>
            <Resync_Periodic>3600</Resync_Periodic>
            <SIP_TOS_DiffServ_Value_1_>0x68</SIP_TOS_DiffServ_Value_1_>
            </flat-profile>
            """;
        for (Path file : new Path[] {lines, json, yaml}) {
            out.getBuffer().setLength(0);
            assertThat(run("profile", "render", file.toString())).isZero();
            assertThat(out.toString()).isEqualTo(expected);
        }
    }

    @Test
    void attributes_are_rendered_where_they_are_said_and_for_all_where_asked() throws IOException {
        Path yaml = file("a.yaml", "GPP_A: {value: x, ua: rw, user-pref: y}\nGPP_B: z\n");
        assertThat(run("profile", "render", "--ua", "na", yaml.toString())).isZero();
        assertThat(out.toString()).contains("<GPP_A ua=\"rw\" user-pref=\"y\">x</GPP_A>\n<GPP_B ua=\"na\">z</GPP_B>\n");
    }

    @Test
    void a_value_that_its_key_does_not_take_is_not_rendered_unless_forced() throws IOException {
        Path file = file("a.txt", "Enable_TR-069=maybe\n");
        assertThat(run("profile", "render", file.toString())).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains("error: Enable_TR-069 is 'maybe' and takes Yes or No")
                .contains("carillon: 1 value is not legal; --force writes them all the same");
        Path target = folder.resolve("a.xml");
        assertThat(run("profile", "render", "--force", "--output", target.toString(), file.toString()))
                .isZero();
        assertThat(Files.readString(target)).contains("<Enable_TR-069>maybe</Enable_TR-069>");
    }

    @Test
    void input_that_says_nothing_names_its_line() throws IOException {
        assertThat(run("profile", "render", file("a.txt", "GPP_A=1\nGPP_B\n").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("line 2 has no = between a key and a value");
        assertThat(run("profile", "render", file("a.json", "{\"GPP_A\":[1]}").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("the value of GPP_A is neither text nor a number");
        assertThat(run(
                        "profile",
                        "render",
                        file("b.json", "{\"GPP_A\":1,\"GPP_A\":2}").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("Duplicate field 'GPP_A'");
    }

    @Test
    void parameters_become_keys_and_keys_parameters() {
        String profile = "Device.Services.VoiceService.1.VoiceProfile.";
        assertThat(run("profile", "map", profile + "2.SIP.ProxyServer=pbx", profile + "2.SIP.ProxyServerPort=5080"))
                .isZero();
        assertThat(run("profile", "map", "Proxy_3_=pbx:5081", "SIP_T1=.5", "Connection_Type=Static IP"))
                .isZero();
        assertThat(run("profile", "map", profile + "1.Line.4.DirectoryNumber=2004"))
                .isZero();
        assertThat(out.toString())
                .contains("Proxy_2_=pbx:5080\n")
                .contains(profile + "3.SIP.ProxyServer=pbx  (xsd:string)\n")
                .contains(profile + "3.SIP.ProxyServerPort=5081  (xsd:unsignedInt)\n")
                .contains(profile + "1.SIP.TimerT1=500  (xsd:unsignedInt)\n")
                .contains("Device.LAN.AddressingType=Static  (xsd:string)\n")
                .contains("User_ID_4_=2004\n");
    }

    @Test
    void what_has_no_counterpart_is_said_with_its_reason() {
        assertThat(run("profile", "map", "DTMF_Tx_Method_1_=Auto", "GPP_A=x", "Device.Never.Heard=1"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("note: DTMF_Tx_Method_1_: 'Auto' has no counterpart among InBand, RFC2833, SIPInfo")
                .contains("note: GPP_A: no parameter of TR-069 is this setting")
                .contains("note: Device.Never.Heard: no line of the table is about it");
    }

    @Test
    void the_table_its_lines_and_its_counts_are_shown() throws IOException {
        assertThat(run("profile", "map", "--counts")).isZero();
        assertThat(out.toString()).contains("exact 319\n", "lossy 20\n", "write-only 5\n", "none 126\n");
        assertThat(run("profile", "map", "Password_1_")).isZero();
        assertThat(out.toString()).contains("AuthPassword  Password_{n}_  string max(128) write-only seen\n");
        Path own = file("own.txt", "Device.X_ACME.Colour  GPP_A  choice(red=1,blue=2)\n");
        assertThat(run("profile", "map", "--lines", own.toString(), "Device.X_ACME.Colour=blue"))
                .isZero();
        assertThat(out.toString()).contains("GPP_A=2\n");
        assertThat(run(
                        "profile",
                        "map",
                        "--lines",
                        file("bad.txt", "Device.X GPP_A colour\n").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("'colour' is no type, conversion or mark");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private int run(String... arguments) {
        CommandLine line = Main.commandLine(Map.of());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
