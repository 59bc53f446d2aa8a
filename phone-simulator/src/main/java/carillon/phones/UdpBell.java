package carillon.phones;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The UDP side of phones behind NAT (TR-069 Amendment 6, Annex G): each has a socket, asks the STUN server that it was
 * given how the world sees that socket, reports it, and hears signed connection requests there. One thread for all.
 */
final class UdpBell implements AutoCloseable {
    private static final int LONGEST = 2048;
    private static final long TICK_MILLIS = 100;
    private static final int SHORTEST_KEEP_ALIVE = 1;
    private static final int USUAL_KEEP_ALIVE = 30;
    private static final long RETRANSMIT_SECONDS = 1;

    private final Consumer<Phone> woken;
    private final Selector selector;
    private final List<Line> lines = new ArrayList<>();
    private final Random random = new Random(69);
    private volatile boolean closed;

    /** One phone's socket and what is under way on it. */
    private static final class Line {
        private final Phone phone;
        private final DatagramChannel channel;
        private byte[] transaction = new byte[0];
        private Optional<InetSocketAddress> mapped = Optional.empty();
        private Optional<InetSocketAddress> untold = Optional.empty();
        private Reach.Stun asked = Reach.Stun.OFF;
        private boolean changed;
        private long nextNanos = System.nanoTime();
        private UdpRequestCheck check = UdpRequestCheck.FIRST;

        private Line(Phone phone, DatagramChannel channel) {
            this.phone = phone;
            this.channel = channel;
        }
    }

    UdpBell(List<Phone> phones, Consumer<Phone> woken) throws IOException {
        this.woken = woken;
        this.selector = Selector.open();
        for (Phone phone : phones) {
            DatagramChannel channel = DatagramChannel.open().bind(new InetSocketAddress(0));
            channel.configureBlocking(false);
            Line line = new Line(phone, channel);
            channel.register(selector, SelectionKey.OP_READ, line);
            lines.add(line);
        }
    }

    void start() {
        Thread thread = new Thread(this::run, "phone-udp");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        ByteBuffer in = ByteBuffer.allocate(LONGEST);
        while (!closed) {
            try {
                selector.select(TICK_MILLIS);
                for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                    SelectionKey key = keys.next();
                    keys.remove();
                    hear((Line) key.attachment(), in);
                }
                for (Line line : lines) {
                    tend(line);
                }
            } catch (IOException | RuntimeException broken) {
                // one phone's trouble is not the others'
            }
        }
    }

    private void hear(Line line, ByteBuffer in) throws IOException {
        in.clear();
        InetSocketAddress from = (InetSocketAddress) line.channel.receive(in);
        if (from == null || line.phone.isOff()) {
            return;
        }
        in.flip();
        byte[] datagram = new byte[in.remaining()];
        in.get(datagram);
        if (StunQuestion.isStun(datagram)) {
            StunQuestion.mapped(datagram, line.transaction).ifPresent(address -> learns(line, address));
        } else {
            rings(line, new String(datagram, StandardCharsets.ISO_8859_1));
        }
    }

    private void learns(Line line, InetSocketAddress address) {
        line.transaction = new byte[0];
        boolean same = line.mapped.filter(address::equals).isPresent();
        if (!same) {
            line.changed = line.mapped.isPresent();
            line.mapped = Optional.of(address);
            line.untold = line.mapped;
        }
        line.nextNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(keepAlive(line.asked));
    }

    private static int keepAlive(Reach.Stun stun) {
        int wanted = stun.maximumKeepAlive() > 0 ? stun.maximumKeepAlive() : USUAL_KEEP_ALIVE;
        return Math.max(SHORTEST_KEEP_ALIVE, Math.max(wanted, stun.minimumKeepAlive()));
    }

    private void rings(Line line, String request) {
        Reach.Bell bell = line.phone.bell();
        Optional<UdpRequestCheck> right = line.check.accept(request, bell.username(), bell.password());
        if (right.isPresent()) {
            line.check = right.get();
            // a phone in a session ignores it (TR-069 Amendment 6, 3.2.2.2)
            if (!line.phone.isInSession()) {
                line.phone.rung();
                woken.accept(line.phone);
            }
        }
    }

    /** What is due without anybody saying anything. */
    private void tend(Line line) throws IOException {
        Reach.Stun stun = line.phone.stun();
        if (!stun.equals(line.asked)) {
            line.asked = stun;
            line.mapped = Optional.empty();
            line.nextNanos = System.nanoTime();
        }
        if (line.untold.isPresent() && !line.phone.isInSession()) {
            tells(line, line.untold.get());
            line.untold = Optional.empty();
        }
        if (stun.enabled() && !line.phone.isOff() && System.nanoTime() - line.nextNanos >= 0) {
            asks(line, stun);
        }
    }

    private void asks(Line line, Reach.Stun stun) throws IOException {
        line.transaction = new byte[16];
        random.nextBytes(line.transaction);
        byte[] question = StunQuestion.of(line.transaction, stun.username(), stun.password(), line.changed);
        line.changed = false;
        try {
            line.channel.send(
                    ByteBuffer.wrap(question), new InetSocketAddress(InetAddress.getByName(stun.host()), stun.port()));
        } catch (UnknownHostException nowhere) {
            // asked again
        }
        line.nextNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(RETRANSMIT_SECONDS);
    }

    private void tells(Line line, InetSocketAddress mapped) throws IOException {
        InetAddress own = ownAddress(line.asked);
        int port = ((InetSocketAddress) line.channel.getLocalAddress()).getPort();
        boolean nat = !mapped.getAddress().equals(own) || mapped.getPort() != port;
        line.phone.learnsOfNat(nat, mapped.getAddress().getHostAddress() + ":" + mapped.getPort());
        if (line.phone.hasNews()) {
            woken.accept(line.phone);
        }
    }

    /** The address from which this machine reaches the STUN server. */
    private static InetAddress ownAddress(Reach.Stun stun) throws IOException {
        try (DatagramChannel probe = DatagramChannel.open()) {
            probe.connect(new InetSocketAddress(InetAddress.getByName(stun.host()), stun.port()));
            return ((InetSocketAddress) probe.getLocalAddress()).getAddress();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        for (Line line : lines) {
            line.channel.close();
        }
        selector.close();
    }
}
