package carillon.server.stun;

import carillon.cwmp.Secret;
import carillon.server.config.ListenersConfig;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.StunConfig;
import carillon.server.lifecycle.Service;
import carillon.server.lifecycle.StartFailedException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells phones how their NAT shows them, and remembers that: one socket, one reader. UDP connection requests leave by the
 * same socket, since a NAT lets nobody else in (CWMP-212). Strangers get an answer hardly larger than their question, to
 * where it came from, and not too many of them.
 */
public final class StunServer implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(StunServer.class);
    private static final int LONGEST = 548;
    private static final int MOST_LOOKUPS = 256;
    private static final long STOP_MILLIS = 2000;

    private final Door wanted;
    private final StunClients clients;
    private final MeterRegistry registry;
    private final SourceLimit limit;
    private final Semaphore lookups = new Semaphore(MOST_LOOKUPS);
    private volatile @Nullable DatagramChannel channel;
    private volatile @Nullable Thread reader;

    public StunServer(StunConfig config, StunClients clients, MeterRegistry registry) {
        this.wanted = config.door();
        this.clients = clients;
        this.registry = registry;
        this.limit = new SourceLimit(config.perSource());
    }

    /** Whether datagrams can leave. */
    public boolean isOpen() {
        DatagramChannel open = channel;
        return open != null && open.isOpen();
    }

    /** Its door with the port that it got; empty while it is closed. */
    public Optional<Door> door() {
        DatagramChannel open = channel;
        try {
            return open == null || !open.isOpen()
                    ? Optional.empty()
                    : Optional.of(wanted.at(((InetSocketAddress) open.getLocalAddress()).getPort()));
        } catch (IOException closed) {
            return Optional.empty();
        }
    }

    /** Sends one datagram; whether it left. */
    public boolean send(byte[] datagram, InetSocketAddress to) {
        DatagramChannel open = channel;
        try {
            return open != null && open.send(ByteBuffer.wrap(datagram), to) == datagram.length;
        } catch (IOException noRoute) {
            LOG.debug("no datagram could be sent to {}", to, noRoute);
            return false;
        }
    }

    @Override
    public String name() {
        return "stun";
    }

    @Override
    public void start() {
        if (!wanted.open()) {
            return;
        }
        DatagramChannel opened = open();
        channel = opened;
        Thread thread = new Thread(() -> read(opened), "stun");
        thread.setDaemon(true);
        reader = thread;
        thread.start();
    }

    private DatagramChannel open() {
        try {
            InetSocketAddress address = wanted.host().equals(ListenersConfig.ALL_ADDRESSES)
                    ? new InetSocketAddress(wanted.port())
                    : new InetSocketAddress(InetAddress.getByName(wanted.host()), wanted.port());
            return DatagramChannel.open().bind(address);
        } catch (SocketException taken) {
            throw new StartFailedException(
                    "UDP port " + wanted.port() + " cannot be opened at " + wanted.host() + " (" + taken.getMessage()
                            + "); set " + wanted.setting() + " to another (0 for any free one, -1 for none)",
                    taken);
        } catch (IOException failed) {
            throw new StartFailedException(
                    "UDP port " + wanted.port() + " cannot be opened at " + wanted.host() + "; check stun.host and "
                            + wanted.setting(),
                    failed);
        }
    }

    private void read(DatagramChannel open) {
        ByteBuffer in = ByteBuffer.allocate(LONGEST + 1);
        while (open.isOpen()) {
            try {
                in.clear();
                InetSocketAddress source = (InetSocketAddress) open.receive(in);
                in.flip();
                byte[] datagram = new byte[in.remaining()];
                in.get(datagram);
                take(datagram, source);
            } catch (ClosedChannelException ended) {
                return;
            } catch (IOException | RuntimeException broken) {
                LOG.debug("a datagram was not answered", broken);
            }
        }
    }

    private void take(byte[] datagram, InetSocketAddress source) {
        Optional<StunRequest> read = datagram.length > LONGEST ? Optional.empty() : StunRequest.read(datagram);
        if (read.isEmpty() || !limit.take(source.getAddress(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime()))) {
            count(read.isEmpty() ? "ignored" : "limited");
            return;
        }
        StunRequest request = read.get();
        InetSocketAddress to = source;
        if (request.replyTo().isPresent()) {
            // to another port of the same phone, as it finds out how long its NAT remembers; never to anybody else
            StunRequest.ReplyTo wished = request.replyTo().get();
            if (!wished.address().equals(source.getAddress().getHostAddress()) || wished.port() == 0) {
                count("ignored");
                return;
            }
            to = new InetSocketAddress(source.getAddress(), wished.port());
        }
        if (!request.notUnderstood().isEmpty()) {
            answer("refused", StunReply.notUnderstood(request), to);
        } else if (request.bindsConnectionRequests() && request.username().isPresent()) {
            identify(request, source, request.username().get());
        } else {
            answer("answered", StunReply.success(request, source), to);
        }
    }

    /** Only who proves to be the phone says where the phone is. */
    private void identify(StunRequest request, InetSocketAddress source, String username) {
        if (!request.hasIntegrity()) {
            answer("refused", StunReply.error(request, 401, "Unauthorized"), source);
        } else if (lookups.tryAcquire()) {
            CompletableFuture<?> unused = clients.passwords(username).whenComplete((passwords, failed) -> {
                lookups.release();
                if (failed == null) {
                    judge(request, source, username, passwords);
                }
            });
        } else {
            count("limited");
        }
    }

    private void judge(StunRequest request, InetSocketAddress source, String username, List<Secret> passwords) {
        for (Secret password : passwords) {
            byte[] key = password.reveal().getBytes(StandardCharsets.UTF_8);
            if (request.isProvenBy(key)) {
                clients.bound(username, source, request.bindingChanged());
                answer("bound", StunReply.proven(request, source, key), source);
                return;
            }
        }
        int code = request.hasCookie() ? 401 : 431;
        answer("refused", StunReply.error(request, code, code == 401 ? "Unauthorized" : "Integrity"), source);
    }

    private void answer(String outcome, byte[] reply, InetSocketAddress to) {
        count(outcome);
        send(reply, to);
    }

    private void count(String outcome) {
        registry.counter("carillon.stun.requests", "outcome", outcome).increment();
    }

    @Override
    public void stop() throws IOException, InterruptedException {
        DatagramChannel open = channel;
        if (open != null) {
            open.close();
        }
        Thread thread = reader;
        if (thread != null) {
            thread.join(STOP_MILLIS);
        }
    }
}
