package carillon.server.tftp;

import carillon.server.config.ListenersConfig;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.TftpConfig;
import carillon.server.lifecycle.Service;
import carillon.server.lifecycle.StartFailedException;
import carillon.server.lifecycle.Workers;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives files away over TFTP, to be read only. One thread carries all transfers; two others look for the files. What it
 * sends to somebody who has not answered yet is one packet, so nobody can use it against others.
 */
public final class TftpServer implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(TftpServer.class);
    private static final int OPENERS = 2;
    private static final int OPENINGS = 64;
    private static final int AT_ONCE = 64;
    private static final int LARGEST_TEXT = 1 << 20;
    private static final long STOP_MILLIS = 2000;

    private final Door wanted;
    private final TftpFiles files;
    private final MeterRegistry registry;
    private final OpenTransfers transfers;
    private final Workers openers = new Workers("tftp-files", OPENERS, OPENINGS);
    private final Queue<Opened> opened = new ConcurrentLinkedQueue<>();
    private final ByteBuffer in = ByteBuffer.allocate(TftpPacket.LONGEST_REQUEST + 1);
    private volatile @Nullable DatagramChannel channel;
    private volatile @Nullable Selector selector;
    private volatile @Nullable Thread thread;

    public TftpServer(TftpConfig config, TftpFiles files, MeterRegistry registry) {
        this.wanted = config.door();
        this.files = files;
        this.registry = registry;
        this.transfers = new OpenTransfers(config, registry);
    }

    /** What came of looking for a file; no content means that there is none. */
    private record Opened(TftpPacket.Request request, InetSocketAddress client, Optional<TftpContent> content) {}

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

    @Override
    public String name() {
        return "files.tftp";
    }

    @Override
    public void start() throws IOException {
        if (!wanted.open()) {
            return;
        }
        DatagramChannel open = open();
        Selector events = Selector.open();
        open.configureBlocking(false);
        open.register(events, SelectionKey.OP_READ);
        channel = open;
        selector = events;
        openers.start();
        Thread carrier = new Thread(() -> carry(open, events), "tftp");
        carrier.setDaemon(true);
        thread = carrier;
        carrier.start();
    }

    private DatagramChannel open() throws IOException {
        InetSocketAddress address = wanted.host().equals(ListenersConfig.ALL_ADDRESSES)
                ? new InetSocketAddress(wanted.port())
                : new InetSocketAddress(InetAddress.getByName(wanted.host()), wanted.port());
        DatagramChannel made = DatagramChannel.open();
        try {
            return made.bind(address);
        } catch (SocketException taken) {
            made.close();
            throw new StartFailedException(
                    "UDP port " + wanted.port() + " cannot be opened at " + wanted.host() + " (" + taken.getMessage()
                            + "); set " + wanted.setting() + " to another (0 for any free one, -1 for none)",
                    taken);
        }
    }

    private void carry(DatagramChannel open, Selector events) {
        while (open.isOpen() && events.isOpen()) {
            try {
                events.select(transfers.millisToNext(System.nanoTime()));
                requests(open);
                for (Opened file = opened.poll(); file != null; file = opened.poll()) {
                    begin(open, events, file);
                }
                for (SelectionKey key : events.selectedKeys()) {
                    if (key.isValid() && key.attachment() instanceof OpenTransfers.Carried transfer) {
                        transfers.receive(transfer);
                    }
                }
                events.selectedKeys().clear();
                transfers.tick(System.nanoTime());
            } catch (ClosedChannelException ended) {
                break;
            } catch (IOException | RuntimeException broken) {
                LOG.warn("TFTP goes on after a failure", broken);
            }
        }
        transfers.close();
    }

    private void requests(DatagramChannel open) throws IOException {
        for (int i = 0; i < AT_ONCE; i++) {
            in.clear();
            InetSocketAddress client = (InetSocketAddress) open.receive(in);
            if (client == null) {
                return;
            }
            in.flip();
            TftpPacket.decode(in)
                    .filter(TftpPacket.Request.class::isInstance)
                    .map(TftpPacket.Request.class::cast)
                    .ifPresentOrElse(request -> asked(open, request, client), () -> count("ignored"));
        }
    }

    private void asked(DatagramChannel open, TftpPacket.Request request, InetSocketAddress client) {
        if (transfers.askedAgain(client)) {
            return;
        }
        if (request.write()) {
            refuse(open, client, "refused", TftpPacket.Failure.READ_ONLY);
        } else if (!request.mode().equals("octet") && !request.mode().equals("netascii")) {
            refuse(open, client, "refused", TftpPacket.Failure.ILLEGAL);
        } else if (!transfers.reserve(client)) {
            // not a word: the client asks again, and whoever floods us learns nothing
            count("limited");
        } else {
            try {
                openers.execute(() -> look(request, client));
            } catch (RejectedExecutionException tooMany) {
                transfers.release(client);
                count("limited");
            }
        }
    }

    private void look(TftpPacket.Request request, InetSocketAddress client) {
        Optional<TftpContent> content = Optional.empty();
        try {
            content = files.open(request.file(), client.getAddress());
        } catch (IOException | RuntimeException failed) {
            LOG.warn("a file could not be opened for TFTP", failed);
        }
        opened.add(new Opened(request, client, content));
        Selector events = selector;
        if (events != null) {
            events.wakeup();
        }
    }

    private void begin(DatagramChannel open, Selector events, Opened file) throws IOException {
        if (file.content().isEmpty()) {
            transfers.release(file.client());
            refuse(open, file.client(), "not_found", TftpPacket.Failure.NOT_FOUND);
            return;
        }
        TftpContent content = file.content().get();
        if (file.request().mode().equals("netascii")) {
            if (content.length() > LARGEST_TEXT) {
                content.close();
                transfers.release(file.client());
                refuse(open, file.client(), "refused", TftpPacket.Failure.TOO_LARGE);
                return;
            }
            content = NetAscii.of(content);
        }
        count("begun");
        InetAddress local = ((InetSocketAddress) open.getLocalAddress()).getAddress();
        transfers.begin(file.client(), file.request(), content, local, events);
    }

    private void refuse(DatagramChannel open, InetSocketAddress client, String outcome, TftpPacket.Failure why) {
        count(outcome);
        try {
            open.send(ByteBuffer.wrap(why.encode()), client);
        } catch (IOException unreachable) {
            LOG.debug("no refusal could be sent to {}", client, unreachable);
        }
    }

    private void count(String outcome) {
        registry.counter("carillon.tftp.requests", "outcome", outcome).increment();
    }

    @Override
    public void stop() throws IOException, InterruptedException {
        DatagramChannel open = channel;
        Selector events = selector;
        Thread carrier = thread;
        if (open != null) {
            open.close();
        }
        if (events != null) {
            events.wakeup();
        }
        if (carrier != null) {
            carrier.join(STOP_MILLIS);
        }
        if (events != null) {
            events.close();
        }
        openers.stop();
    }
}
