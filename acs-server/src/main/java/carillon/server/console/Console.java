package carillon.server.console;

import carillon.rpc.arguments.RpcJson;
import carillon.server.access.Logins;
import carillon.server.access.WebSessions;
import carillon.server.config.TrustConfig;
import carillon.server.events.EventStreamHandler;
import carillon.server.events.VisitRate;
import carillon.server.operator.AuthorityActions;
import carillon.server.operator.ClaimActions;
import carillon.server.operator.ConnectionActions;
import carillon.server.operator.DeviceActions;
import carillon.server.operator.FileActions;
import carillon.server.operator.Guard;
import carillon.server.operator.RpcActions;
import carillon.server.operator.TlsActions;
import carillon.server.operator.TokenActions;
import carillon.server.operator.UserActions;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;

/** The operators' console. It changes nothing by itself: all of it goes through the actions that the API uses too. */
public final class Console {
    private final ConsoleRoutes routes;

    /** What people do, and what they may see. */
    public record Doors(
            Guard guard,
            DeviceActions devices,
            RpcActions rpcs,
            ClaimActions claims,
            ConnectionActions calls,
            UserActions users,
            TokenActions tokens,
            TlsActions tls,
            AuthorityActions authority,
            FileActions files) {}

    /** Who people are. */
    public record Entrance(Logins logins, WebSessions sessions) {}

    /**
     * What happens now.
     *
     * @param events answers with the live events
     * @param rate of sessions
     */
    public record Live(EventStreamHandler events, VisitRate rate) {}

    /**
     * How phones reach this server, asked for when a page shows it.
     *
     * @param acsUrl what a new phone is told
     * @param secureUrl the same over HTTPS, empty where there is none
     */
    public record Addresses(Supplier<String> acsUrl, Supplier<String> secureUrl) {}

    public Console(
            Doors doors, Entrance entrance, Live live, TrustConfig trust, Addresses addresses, InstantSource clock) {
        Assets assets = new Assets();
        Frames frames = new Frames(assets, trust);
        PhonePages phones =
                new PhonePages(frames, doors.devices(), doors.claims(), doors.calls(), addresses.secureUrl());
        RpcPages rpcs = new RpcPages(doors.rpcs(), new RpcJson(), phones, clock);
        FilePages files = new FilePages(frames, doors.files());
        routes = new ConsoleRoutes(new ConsoleRoutes.Parts(
                assets,
                frames,
                new Visits(entrance.sessions(), new Messages(), files),
                new EntryPages(frames, entrance.logins(), entrance.sessions(), doors.users()),
                new FleetPages(frames, doors.guard(), rpcs, live.rate(), addresses.acsUrl(), clock),
                phones,
                new ParameterPages(doors.guard(), doors.rpcs(), phones),
                rpcs,
                new HistoryPages(doors.guard(), phones),
                new PeoplePages(frames, doors.guard(), doors.users(), doors.tokens(), clock),
                new CertificatePages(frames, doors.tls(), doors.authority(), addresses.acsUrl()),
                files,
                live.events()));
    }

    /** Answers everything that nobody before it answered. */
    public Handler handler() {
        return routes;
    }
}
