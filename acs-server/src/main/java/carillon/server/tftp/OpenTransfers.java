package carillon.server.tftp;

import carillon.server.config.TftpConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * All transfers under way, each with a port of its own as RFC 1350 wants it, and not too many of them. For the server's
 * thread alone.
 */
final class OpenTransfers {
    private static final Logger LOG = LoggerFactory.getLogger(OpenTransfers.class);
    private static final int AT_ONCE = 16;
    private static final long LONGEST_WAIT = 1000;

    private final int most;
    private final int perSource;
    private final MeterRegistry registry;
    private final Map<InetSocketAddress, Carried> byClient = new HashMap<>();
    private final Set<InetSocketAddress> reserved = ConcurrentHashMap.newKeySet();
    private final Map<InetAddress, Integer> bySource = new HashMap<>();
    private final ByteBuffer in = ByteBuffer.allocate(TftpPacket.LONGEST_REQUEST + 1);

    OpenTransfers(TftpConfig config, MeterRegistry registry) {
        this.most = config.transfers();
        this.perSource = config.perSource();
        this.registry = registry;
        registry.gauge("carillon.tftp.transfers", reserved, Set::size);
    }

    /** A transfer and its socket, which hears the client alone. */
    record Carried(
            InetSocketAddress client,
            String file,
            long octets,
            TftpTransfer transfer,
            TftpContent content,
            DatagramChannel channel)
            implements TftpTransfer.Line {
        @Override
        public void send(TftpPacket packet) throws IOException {
            channel.write(ByteBuffer.wrap(packet.encode()));
        }
    }

    /** Whether this client is being served already; if it heard nothing yet, it is told once more. */
    boolean askedAgain(InetSocketAddress client) {
        Carried before = byClient.get(client);
        if (before != null) {
            // its last word may have come just before
            receive(before);
        }
        Carried transfer = byClient.get(client);
        if (transfer != null && transfer.transfer().isAtItsEnd()) {
            // only the last word is missing, and the client is at its next file already
            end(transfer, "done");
        } else if (transfer != null) {
            attempt(transfer, () -> transfer.transfer().askedAgain(transfer));
        }
        return reserved.contains(client);
    }

    /** Takes a place for a transfer; false where there is none, in all or for this address. */
    boolean reserve(InetSocketAddress client) {
        if (reserved.size() >= most || bySource.getOrDefault(client.getAddress(), 0) >= perSource) {
            return false;
        }
        if (reserved.add(client)) {
            bySource.merge(client.getAddress(), 1, Integer::sum);
        }
        return true;
    }

    /** Gives the place back. */
    void release(InetSocketAddress client) {
        if (reserved.remove(client)) {
            bySource.computeIfPresent(client.getAddress(), (any, count) -> count > 1 ? count - 1 : null);
        }
    }

    void begin(
            InetSocketAddress client,
            TftpPacket.Request request,
            TftpContent content,
            InetAddress local,
            Selector events)
            throws IOException {
        TftpOptions options = TftpOptions.agree(request.options(), content.length());
        TftpTransfer transfer = new TftpTransfer(content, options, System.nanoTime());
        DatagramChannel channel = DatagramChannel.open();
        Carried carried = new Carried(client, request.file(), content.length(), transfer, content, channel);
        byClient.put(client, carried);
        attempt(carried, () -> {
            channel.bind(new InetSocketAddress(local, 0)).connect(client);
            channel.configureBlocking(false);
            channel.register(events, SelectionKey.OP_READ, carried);
            transfer.begin(carried);
        });
    }

    /** Takes what a client has sent. */
    void receive(Carried carried) {
        attempt(carried, () -> {
            for (int i = 0; i < AT_ONCE && carried.transfer().outcome().isEmpty(); i++) {
                in.clear();
                if (carried.channel().receive(in) == null) {
                    return;
                }
                in.flip();
                Optional<TftpPacket> packet = TftpPacket.decode(in);
                if (packet.isPresent()) {
                    carried.transfer().received(packet.get(), System.nanoTime(), carried);
                }
            }
        });
    }

    void tick(long now) {
        for (Carried carried : new ArrayList<>(byClient.values())) {
            if (now - carried.transfer().deadline() >= 0) {
                attempt(carried, () -> carried.transfer().tick(now, carried));
            }
        }
    }

    /** Milliseconds until something is due, at least one. */
    long millisToNext(long now) {
        long nanos = TimeUnit.MILLISECONDS.toNanos(LONGEST_WAIT);
        for (Carried carried : byClient.values()) {
            nanos = Math.min(nanos, carried.transfer().deadline() - now);
        }
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    void close() {
        new ArrayList<>(byClient.values()).forEach(carried -> end(carried, "stopped"));
    }

    /** Something that may break this transfer, and no other. */
    private interface Step {
        void take() throws IOException;
    }

    private void attempt(Carried carried, Step step) {
        try {
            step.take();
        } catch (IOException broken) {
            // the port is closed at the other end, or the file cannot be read
            LOG.debug("a transfer broke", broken);
            end(carried, "broken");
            return;
        }
        carried.transfer()
                .outcome()
                .ifPresent(outcome -> end(carried, outcome.name().toLowerCase(Locale.ROOT)));
    }

    private void end(Carried carried, String outcome) {
        if (!byClient.remove(carried.client(), carried)) {
            return;
        }
        release(carried.client());
        registry.counter("carillon.tftp.ended", "outcome", outcome).increment();
        // who never answered may never have asked either, and should not fill the log
        Level level = outcome.equals("unanswered") ? Level.DEBUG : Level.INFO;
        LOG.atLevel(level)
                .log(
                        "{} fetched {} octets by TFTP: {}, {}",
                        carried.client().getAddress().getHostAddress(),
                        carried.octets(),
                        printable(carried.file()),
                        outcome);
        try (TftpContent content = carried.content();
                DatagramChannel channel = carried.channel()) {
            LOG.trace("closing {} and {}", content, channel);
        } catch (IOException failed) {
            LOG.debug("a transfer was not closed cleanly", failed);
        }
    }

    private static String printable(String file) {
        String cut = file.length() > 100 ? file.substring(0, 100) + "…" : file;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
