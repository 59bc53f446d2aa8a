package carillon.server.connect;

import carillon.cwmp.Secret;
import carillon.db.Database;
import carillon.db.Device;
import carillon.rpc.enrol.Credentials;
import carillon.server.dial.DialRules;
import carillon.server.operator.CallResult;
import carillon.server.operator.CallResult.Outcome;
import carillon.server.stun.StunServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Over UDP (Annex G): signed datagrams from the STUN server's socket to where the phone was seen. No phone answers one; it
 * comes, or it does not (CWMP-215).
 */
final class UdpWay implements Way {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long MILLIS_BETWEEN_COPIES = 40;
    private static final Executor LATER =
            CompletableFuture.delayedExecutor(MILLIS_BETWEEN_COPIES, TimeUnit.MILLISECONDS);

    private final StunServer stun;
    private final DialRules rules;
    private final Credentials credentials;
    private final Database database;
    private final InstantSource clock;

    UdpWay(StunServer stun, DialRules rules, Credentials credentials, Database database, InstantSource clock) {
        this.stun = stun;
        this.rules = rules;
        this.credentials = credentials;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public CallResult.Kind kind() {
        return CallResult.Kind.UDP;
    }

    /** Whether datagrams can leave at all. */
    boolean isOpen() {
        return stun.isOpen();
    }

    @Override
    public Answer ask(Device device) {
        if (!stun.isOpen()) {
            return Answer.forbidden(
                    "UDP connection requests leave from the STUN server's port, which is off; set" + " stun.port");
        }
        KnownReach reach = database.read(stores -> KnownReach.of(device, stores));
        if (reach.udp().isEmpty()) {
            return Answer.forbidden(
                    "the phone has told no UDPConnectionRequestAddress, and the STUN server has not" + " seen it");
        }
        UdpAddress to = reach.udp().get();
        // who has proven to be there by STUN may be called there, wherever its last Inform came from
        List<String> sources = reach.bound()
                ? List.of(device.presence().sourceAddress(), to.host())
                : List.of(device.presence().sourceAddress());
        DialRules.Verdict verdict = rules.judge(to.host(), sources);
        if (verdict instanceof DialRules.Verdict.Dial dial) {
            return send(device, to, dial.address());
        }
        return verdict instanceof DialRules.Verdict.Forbidden forbidden
                ? Answer.forbidden(forbidden.sentence())
                : Answer.unreachable("the host '" + to.host() + "' of its UDPConnectionRequestAddress is not known");
    }

    private Answer send(Device device, UdpAddress to, InetAddress address) {
        Instant now = clock.instant();
        List<Integer> generations = Credentials.goodGenerations(device.trust(), now);
        if (generations.isEmpty()) {
            return Answer.forbidden(
                    "this server has not set a connection-request password on the phone yet, which signs the datagram");
        }
        InetSocketAddress there = new InetSocketAddress(address, to.port());
        for (int generation : generations) {
            Secret password = credentials.password(device.id(), generation, Credentials.Purpose.CONNECTION_REQUEST);
            long stamp = database.<Long>write(stores -> stores.reach().nextStamp(device.key(), now.getEpochSecond()));
            byte[] datagram = new UdpConnectionRequest(
                            to,
                            stamp,
                            RANDOM.nextInt(1, Integer.MAX_VALUE),
                            credentials.connectionRequestUsername(device.id()),
                            nonce())
                    .signed(password);
            if (!stun.send(datagram, there)) {
                return Answer.unreachable("there is no way to " + address.getHostAddress() + " port " + to.port());
            }
            again(datagram, there, UdpConnectionRequest.COPIES - 1);
        }
        return new Answer(Outcome.ACCEPTED, OptionalInt.empty(), "the request was sent", false);
    }

    private void again(byte[] datagram, InetSocketAddress to, int left) {
        if (left > 0) {
            LATER.execute(() -> {
                stun.send(datagram, to);
                again(datagram, to, left - 1);
            });
        }
    }

    private static String nonce() {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return HexFormat.of().withUpperCase().formatHex(random);
    }
}
