package carillon.server.connect;

import carillon.cwmp.Secret;
import carillon.db.Database;
import carillon.db.Device;
import carillon.rpc.enrol.Credentials;
import carillon.server.operator.CallResult;
import carillon.server.operator.CallResult.Outcome;
import carillon.server.xmpp.XmppLink;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/** Over XMPP (Annex K): an iq to the Jabber ID that the device reported, through the server that we both are connected to. */
final class XmppWay implements Way {
    private final Optional<XmppLink> link;
    private final Credentials credentials;
    private final Database database;
    private final InstantSource clock;

    XmppWay(Optional<XmppLink> link, Credentials credentials, Database database, InstantSource clock) {
        this.link = link;
        this.credentials = credentials;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public CallResult.Kind kind() {
        return CallResult.Kind.XMPP;
    }

    /** Whether requests can leave. */
    boolean isOpen() {
        return link.filter(XmppLink::isUp).isPresent();
    }

    @Override
    public Answer ask(Device device) {
        if (link.isEmpty()) {
            return Answer.forbidden("connection requests over XMPP are off; set xmpp.host");
        }
        if (!isOpen()) {
            return Answer.unreachable("there is no connection to the XMPP server; the log says why");
        }
        String jabberId = database.read(stores -> KnownReach.of(device, stores)).jabberId();
        if (jabberId.isEmpty()) {
            return Answer.forbidden("the phone has told no ConnReqJabberID, or its XMPP connection is down");
        }
        Answer last = Answer.forbidden("this server has not set a connection-request password on the phone yet");
        for (int generation : Credentials.goodGenerations(device.trust(), clock.instant())) {
            Secret password = credentials.password(device.id(), generation, Credentials.Purpose.CONNECTION_REQUEST);
            XmppLink.Reply reply =
                    link.get().request(jabberId, credentials.connectionRequestUsername(device.id()), password);
            last = answer(reply);
            if (reply != XmppLink.Reply.NOT_AUTHORIZED) {
                return last;
            }
        }
        return last;
    }

    private static Answer answer(XmppLink.Reply reply) {
        return switch (reply) {
            case RESULT -> new Answer(Outcome.ACCEPTED, OptionalInt.empty(), "the phone said that it will come");
            case NOT_AUTHORIZED ->
                new Answer(
                        Outcome.REFUSED,
                        OptionalInt.empty(),
                        "the phone does not take the connection-request password that this server set on it, or does"
                                + " not allow our Jabber ID");
            case UNAVAILABLE -> Answer.unreachable("the phone is offline or busy (service-unavailable)");
            case REFUSED -> new Answer(Outcome.REFUSED, OptionalInt.empty(), "the phone or its XMPP server refused it");
            case SILENCE -> Answer.unreachable("the phone did not answer over XMPP");
        };
    }
}
