package carillon.server.connect;

import carillon.db.Database;
import carillon.db.Device;
import carillon.server.operator.CallResult.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ways there are to call a phone, and which one is taken (CWMP-219). */
final class Ways {
    private final HttpWay http;
    private final UdpWay udp;
    private final XmppWay xmpp;
    private final Database database;

    Ways(HttpWay http, UdpWay udp, XmppWay xmpp, Database database) {
        this.http = http;
        this.udp = udp;
        this.xmpp = xmpp;
        this.database = database;
    }

    /** The way that was asked for; otherwise the best that fits, and with each further attempt the next best. */
    Way choose(Device device, Optional<Kind> kind, int attempt) {
        return of(kind.orElseGet(() -> {
            List<Kind> fitting = fitting(device);
            return fitting.get(attempt % fitting.size());
        }));
    }

    private Way of(Kind kind) {
        return switch (kind) {
            case HTTP -> http;
            case UDP -> udp;
            case XMPP -> xmpp;
        };
    }

    private List<Kind> fitting(Device device) {
        boolean udpOpen = udp.isOpen();
        boolean xmppOpen = xmpp.isOpen();
        return udpOpen || xmppOpen
                ? fitting(database.read(stores -> KnownReach.of(device, stores)), udpOpen, xmppOpen)
                : List.of(Kind.HTTP);
    }

    /** What fits, the best first: XMPP where it is connected, UDP where it is behind a NAT, else HTTP. */
    static List<Kind> fitting(KnownReach reach, boolean udpOpen, boolean xmppOpen) {
        List<Kind> fitting = new ArrayList<>();
        if (xmppOpen && !reach.jabberId().isEmpty() && reach.knows("XMPP")) {
            fitting.add(Kind.XMPP);
        }
        if (udpOpen && reach.natDetected() && reach.udp().isPresent() && reach.knows("STUN")) {
            fitting.add(Kind.UDP);
        }
        if (fitting.isEmpty() || reach.knows("HTTP")) {
            fitting.add(Kind.HTTP);
        }
        return fitting;
    }
}
