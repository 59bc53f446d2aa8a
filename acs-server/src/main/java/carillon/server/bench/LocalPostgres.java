package carillon.server.bench;

import carillon.cwmp.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL of the machine's own, started for one measurement, with its durability as it comes. */
public final class LocalPostgres implements AutoCloseable {
    /** None was started. */
    public static final LocalPostgres NONE = new LocalPostgres(Optional.empty());

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final Optional<Started> started;

    private LocalPostgres(Optional<Started> started) {
        this.started = started;
    }

    private record Started(Process process, int port, Path directory) {}

    /** Starts one, where the programs for it are installed. */
    public static LocalPostgres start() throws IOException, InterruptedException {
        Optional<Path> programs = programs();
        if (programs.isEmpty()) {
            return NONE;
        }
        Path directory = Path.of(output("mktemp", "-d", "/tmp/carillon-bench-pg-XXXXXX"));
        Path data = directory.resolve("data");
        String initdb = programs.get().resolve("initdb").toString();
        output(initdb, "-D", data.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8");
        int port = freePort();
        Process process = new ProcessBuilder(asOwner(
                        programs.get().resolve("postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-h",
                        "127.0.0.1",
                        "-k",
                        directory.toString()))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        LocalPostgres postgres = new LocalPostgres(Optional.of(new Started(process, port, directory)));
        postgres.await(process, port);
        return postgres;
    }

    /** The one that runs; empty where none does. */
    public Optional<SessionBenchmark.Where> where() {
        return started.map(one -> new SessionBenchmark.Where(
                "PostgreSQL",
                Optional.of("jdbc:postgresql://127.0.0.1:" + one.port + "/postgres"),
                "postgres",
                new Secret("")));
    }

    private void await(Process process, int port) throws IOException, InterruptedException {
        for (int i = 0; i < 300 && process.isAlive(); i++) {
            try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
                connected.setSoTimeout(1000);
                TimeUnit.MILLISECONDS.sleep(500); // it listens a moment before it lets anybody in
                return;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        close();
        throw new IOException("the local PostgreSQL did not start");
    }

    private static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin ->
                            Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("postgres")))
                    .max(Comparator.comparing(Path::toString));
        }
    }

    /** PostgreSQL does not run as root; its packages come with a user for it. */
    private static List<String> asOwner(String... command) {
        List<String> all = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        all.addAll(List.of(command));
        return all;
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(asOwner(command))
                .directory(Path.of("/tmp").toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command[0] + " failed: " + said.strip());
        }
        return said.strip();
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        if (started.isEmpty()) {
            return;
        }
        Process process = started.get().process;
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        new BenchDirectory(started.get().directory).close();
    }
}
