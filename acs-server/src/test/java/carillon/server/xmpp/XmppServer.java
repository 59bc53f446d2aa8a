package carillon.server.xmpp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Prosody on a free port of loopback, for the domain {@code xmpp.test}. */
public final class XmppServer implements AutoCloseable {
    /** Of every account. */
    public static final String PASSWORD = "xmpp-secret";

    private final Path directory;
    private final int port;
    private final Process process;

    public XmppServer(Path directory, String... accounts) throws Exception {
        this.directory = directory;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        Path stored = Files.createDirectories(directory.resolve("data/xmpp%2etest/accounts"));
        for (String account : accounts) {
            Files.writeString(stored.resolve(account + ".dat"), "return { [\"password\"] = \"" + PASSWORD + "\"; };\n");
        }
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=xmpp.test",
                "-addext",
                "subjectAltName=DNS:xmpp.test",
                "-keyout",
                "key.pem",
                "-out",
                "cert.pem");
        Files.writeString(directory.resolve("prosody.cfg.lua"), settings());
        process = new ProcessBuilder(
                        "prosody",
                        "--config",
                        directory.resolve("prosody.cfg.lua").toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        awaitPort();
    }

    private String settings() {
        return String.join(
                "\n",
                "run_as_root = true",
                "daemonize = false",
                "data_path = \"" + directory.resolve("data") + "\"",
                "interfaces = { \"127.0.0.1\" }",
                "c2s_ports = { " + port + " }",
                "c2s_direct_tls_ports = {}",
                "s2s_ports = {}",
                "s2s_direct_tls_ports = {}",
                "http_ports = {}",
                "https_ports = {}",
                "modules_enabled = { \"roster\"; \"saslauth\"; \"tls\"; \"disco\" }",
                "modules_disabled = { \"s2s\" }",
                "authentication = \"internal_plain\"",
                "c2s_require_encryption = true",
                "log = { { levels = { min = \"info\" }, to = \"console\" } }",
                "ssl = { key = \"" + directory.resolve("key.pem") + "\"; certificate = \"" + certificate() + "\" }",
                "VirtualHost \"xmpp.test\"",
                "");
    }

    private void run(String... command) throws Exception {
        Process started = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (started.waitFor() != 0) {
            throw new IOException(said);
        }
    }

    private void awaitPort() throws IOException {
        long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try (Socket probe = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() > latest) {
                    throw new IOException("prosody did not start: " + log(), notYet);
                }
                LockSupport.parkNanos(50_000_000);
            }
        }
    }

    public int port() {
        return port;
    }

    /** PEM file of the certificate, which nobody but itself has signed. */
    public Path certificate() {
        return directory.resolve("cert.pem");
    }

    /** What it said so far. */
    public String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException none) {
            return "";
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
