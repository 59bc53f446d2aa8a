package carillon.server.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.cwmp.discovery.AcsOffer;
import carillon.cwmp.discovery.DhcpOption;
import carillon.server.discovery.DhcpSnippets.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real dnsmasq, configured by our text, tells a real DHCP client, each in a network namespace of its own. Needs root,
 * dnsmasq, dhclient and ip.
 */
class DhcpIT {
    private static final String SERVER =
            "carillon-dhcp-s" + ProcessHandle.current().pid();
    private static final String CLIENT =
            "carillon-dhcp-c" + ProcessHandle.current().pid();
    private static final Announcement ALL = new Announcement(
            new AcsOffer(
                    "http://acs.example.com:7547/acs",
                    Optional.of("site-paris"),
                    Optional.of("5"),
                    Optional.of("2000")),
            false,
            Optional.of("http://10.99.0.5/cisco/$PSN.xml"),
            List.of("10.99.0.5", "10.99.0.6"));

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void lay_a_cable() throws Exception {
        run("ip", "netns", "add", SERVER);
        run("ip", "netns", "add", CLIENT);
        run("ip", "-n", SERVER, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", CLIENT);
        run("ip", "-n", SERVER, "addr", "add", "10.99.0.1/24", "dev", "eth0");
        run("ip", "-n", SERVER, "link", "set", "eth0", "up");
        run("ip", "-n", CLIENT, "link", "set", "eth0", "up");
    }

    @AfterEach
    void take_it_away() throws Exception {
        for (Process process : started) {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
        run("ip", "netns", "del", CLIENT);
        run("ip", "netns", "del", SERVER);
    }

    @Test
    @Tag("CWMP-220")
    @Tag("CWMP-221")
    @Tag("CWMP-222")
    void a_client_that_says_dslforum_among_other_words_gets_the_very_octets() throws Exception {
        serve();
        String lease = lease("Cisco CP-8841-3PCC dslforum.org");
        assertThat(octets(lease, "acs-43")).isEqualTo(value(43));
        assertThat(octets(lease, "acs-125")).isEqualTo(value(125));
        assertThat(octets(lease, "tftp-150")).isEqualTo(value(150));
        assertThat(octets(lease, "profile-66")).isEqualTo(value(66));
        assertThat(octets(lease, "profile-160")).isEqualTo(value(160));
    }

    @Test
    @Tag("CWMP-222")
    void a_client_of_another_kind_is_told_of_profiles_and_of_no_acs() throws Exception {
        serve();
        String lease = lease("MSFT 5.0");
        assertThat(lease).doesNotContain("acs-43").doesNotContain("acs-125");
        assertThat(octets(lease, "profile-160")).isEqualTo(value(160));
    }

    private void serve() throws Exception {
        Path configuration = directory.resolve("dnsmasq.conf");
        Files.writeString(
                configuration,
                DhcpSnippets.text(ALL, Format.DNSMASQ) + "port=0\ninterface=eth0\nbind-interfaces\nno-ping\n"
                        + "dhcp-range=10.99.0.10,10.99.0.20,1h\ndhcp-authoritative\ndhcp-leasefile="
                        + directory.resolve("leases") + "\n");
        Path log = directory.resolve("dnsmasq.log");
        started.add(start(
                log,
                "ip",
                "netns",
                "exec",
                SERVER,
                "dnsmasq",
                "--keep-in-foreground",
                "--user=root",
                "--log-facility=-",
                "--conf-file=" + configuration));
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.readString(log).contains("IP range"));
    }

    private String lease(String vendorClass) throws Exception {
        Path configuration = directory.resolve("dhclient.conf");
        Files.writeString(configuration, """
            option acs-43 code 43 = string;
            option profile-66 code 66 = string;
            option acs-125 code 125 = string;
            option tftp-150 code 150 = string;
            option profile-160 code 160 = string;
            send vendor-class-identifier "%s";
            request subnet-mask, acs-43, profile-66, acs-125, tftp-150, profile-160;
            """.formatted(vendorClass));
        Path leases = Files.createFile(directory.resolve("dhclient.leases"));
        Process client = start(
                directory.resolve("dhclient.log"),
                "ip",
                "netns",
                "exec",
                CLIENT,
                "dhclient",
                "-4",
                "-1",
                "-d",
                "-cf",
                configuration.toString(),
                "-lf",
                leases.toString(),
                "-pf",
                directory.resolve("pid").toString(),
                "-sf",
                "/bin/true",
                "eth0");
        started.add(client);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.readString(leases).contains("}"));
        return Files.readString(leases);
    }

    private static String value(int code) {
        return ALL.options().stream()
                .filter(option -> option.code() == code)
                .map(DhcpOption::valueHex)
                .findFirst()
                .orElseThrow();
    }

    /** The lease file shows octets as {@code 1:1f:68} or, where all are printable, as text in quotes. */
    private static String octets(String lease, String option) {
        String line = lease.lines()
                .map(String::strip)
                .filter(one -> one.startsWith("option " + option + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + option + " in\n" + lease));
        String shown = line.substring(("option " + option + " ").length(), line.length() - 1);
        StringBuilder hex = new StringBuilder();
        if (shown.startsWith("\"")) {
            // blanks, quotes, dollars and backslashes are written with a backslash before them
            shown.substring(1, shown.length() - 1)
                    .replaceAll("\\\\(.)", "$1")
                    .chars()
                    .forEach(c -> hex.append(String.format("%02x", c)));
        } else {
            Arrays.stream(shown.split(":", -1))
                    .forEach(octet -> hex.append(octet.length() == 1 ? "0" : "").append(octet));
        }
        return hex.toString();
    }

    private static Process start(Path log, String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + ": " + said)
                .isZero();
    }
}
