package carillon.server.connect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network behind NAT on this machine: a namespace for the phone, one for the router that masquerades it, and wires. Needs
 * root. What the server is in, is the namespace of the test.
 */
final class NatNetwork implements AutoCloseable {
    private final String router;
    private final String phone;
    private final String wire;
    private final int net;

    NatNetwork() throws IOException, InterruptedException {
        int number = (int) (ProcessHandle.current().pid() % 10_000);
        net = number % 250;
        router = "cr" + number;
        phone = "cp" + number;
        wire = "cw" + number;
        try {
            lay();
        } catch (IOException | InterruptedException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /** How the phone reaches the server. */
    String serverAddress() {
        return "10.213." + net + ".1";
    }

    /** How the server sees the phone. */
    String routerAddress() {
        return "10.213." + net + ".2";
    }

    /** A command in the phone's namespace. */
    Process inside(List<String> command) throws IOException {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", phone));
        whole.addAll(command);
        return new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void lay() throws IOException, InterruptedException {
        run("ip netns add " + router);
        run("ip netns add " + phone);
        run("ip link add " + wire + " type veth peer name wan netns " + router);
        run("ip link add name lan netns " + router + " type veth peer name eth0 netns " + phone);
        run("ip addr add " + serverAddress() + "/30 dev " + wire);
        run("ip link set " + wire + " up");
        run("ip -n " + router + " addr add " + routerAddress() + "/30 dev wan");
        run("ip -n " + router + " addr add 192.168.77.1/24 dev lan");
        run("ip -n " + router + " link set wan up");
        run("ip -n " + router + " link set lan up");
        run("ip -n " + phone + " addr add 192.168.77.2/24 dev eth0");
        run("ip -n " + phone + " link set eth0 up");
        run("ip -n " + phone + " link set lo up");
        run("ip -n " + phone + " route add default via 192.168.77.1");
        run(List.of("ip", "netns", "exec", router, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward"));
        run(List.of("ip", "netns", "exec", router, "nft", "add table ip nat"));
        run(List.of(
                "ip",
                "netns",
                "exec",
                router,
                "nft",
                "add chain ip nat out { type nat hook postrouting priority 100; }"));
        run(List.of("ip", "netns", "exec", router, "nft", "add rule ip nat out oifname wan masquerade"));
    }

    private static void run(String command) throws IOException, InterruptedException {
        run(Arrays.asList(command.split(" ")));
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said + " (this test needs root)");
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (String command : List.of("ip link del " + wire, "ip netns del " + phone, "ip netns del " + router)) {
            try {
                run(command);
            } catch (IOException neverMade) {
                // what was not laid need not be taken away
            }
        }
    }
}
