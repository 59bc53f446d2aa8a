package carillon.server;

import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.TrustConfig;
import carillon.server.console.Console;
import carillon.server.events.EventStreamHandler;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** The console, put together. */
final class OperatorPages {
    private OperatorPages() {}

    /**
     * @param publicHost how phones reach this server
     * @param open the doors that are open, with the ports they got, asked for when a page shows one
     */
    static Console assemble(
            OperatorDoors operators,
            LiveEvents live,
            TrustConfig trust,
            String publicHost,
            Supplier<List<Door>> open,
            InstantSource clock) {
        var doors = operators.doors();
        return new Console(
                new Console.Doors(
                        doors.guard(),
                        doors.devices(),
                        doors.rpcs(),
                        doors.claims(),
                        doors.connections(),
                        doors.users(),
                        doors.tokens(),
                        doors.tls(),
                        doors.authority(),
                        doors.files()),
                new Console.Entrance(operators.logins(), operators.sessions()),
                new Console.Live(new EventStreamHandler(live.stream()), live.rate()),
                trust,
                new Console.Addresses(
                        () -> url(open.get(), "cwmp.http", "http", publicHost),
                        () -> url(open.get(), "cwmp.https", "https", publicHost)),
                clock);
    }

    private static String url(List<Door> open, String name, String scheme, String host) {
        String shown = host.contains(":") ? "[" + host + "]" : host;
        return open.stream()
                .filter(door -> door.name().equals(name))
                .findFirst()
                .map(door -> scheme + "://" + shown + ":" + door.port() + "/")
                .orElse("");
    }
}
