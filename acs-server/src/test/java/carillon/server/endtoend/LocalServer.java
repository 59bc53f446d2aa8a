package carillon.server.endtoend;

import carillon.server.CarillonServer;
import carillon.server.config.ConfigReader;
import carillon.server.config.ConfigSources;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.ServerConfig;
import carillon.server.cwmp.TurnGate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A whole server in this process, on free loopback ports, with a clock that can be put forward. */
final class LocalServer implements AutoCloseable {
    private final CarillonServer server;
    private volatile Duration ahead = Duration.ZERO;

    /** Starts one; settings beside the usual ones as {@code key, value, key, value}. */
    LocalServer(Path data, String... more) {
        this(TurnGate.OPEN, data, more);
    }

    /** The same with a gate that every message passes. */
    LocalServer(TurnGate gate, Path data, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "data.dir",
                data.toString(),
                "web.port",
                "0",
                "web.host",
                "127.0.0.1",
                "admin.password",
                ServerProcess.ADMIN_PASSWORD,
                "stun.port",
                "-1"));
        for (String door : List.of("cwmp.http", "cwmp.https", "files.http", "files.https", "files.tftp")) {
            settings.put(door + ".port", "0");
            settings.put(door + ".host", "127.0.0.1");
        }
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        ConfigReader reader = new ConfigReader(ConfigSources.of(settings, Map.of()));
        ServerConfig config = ServerConfig.from(reader);
        reader.finish();
        InstantSource clock = () -> Instant.now().plus(ahead);
        server = new CarillonServer(config, clock, gate);
        server.welcome(false);
        server.start();
    }

    int port(String listener) {
        return server.doors().stream()
                .filter(door -> door.name().equals(listener))
                .map(Door::port)
                .findFirst()
                .orElseThrow();
    }

    Rest rest() {
        return new Rest(port("web"), "admin", ServerProcess.ADMIN_PASSWORD);
    }

    /** The server's time goes on by so much. */
    void later(Duration duration) {
        ahead = ahead.plus(duration);
    }

    @Override
    public void close() {
        server.close();
    }
}
