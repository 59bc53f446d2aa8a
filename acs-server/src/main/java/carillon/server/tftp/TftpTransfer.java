package carillon.server.tftp;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One file on its way to one client: what to send when, without sockets and clocks. Nothing is sent again by itself before
 * the client has answered once: whoever lies about his address gets the first packet and no more. For one thread.
 */
final class TftpTransfer {
    /** How often the same is sent before a client is given up. */
    static final int RETRANSMITS = 3;

    /** How long a client may take to answer for the first time. */
    static final Duration FIRST_ANSWER = Duration.ofSeconds(6);

    /** How long a transfer may take; one block of 512 octets at a time, a firmware needs some minutes. */
    static final Duration LONGEST = Duration.ofHours(1);

    private static final int BLOCKS = 0x1_0000;

    private final TftpContent content;
    private final TftpOptions options;
    private final long last;
    private final long over;

    /** Blocks that the client has, and blocks that were sent, counted without end; block 0 is the word on options. */
    private long acknowledged;

    private long sent;
    private boolean heardOf;
    private int again;
    private long deadline;
    private Optional<Outcome> outcome = Optional.empty();

    /** How it ended. */
    enum Outcome {
        DONE,
        /** The client said no. */
        REFUSED,
        /** The client never answered at all: it may not have asked either. */
        UNANSWERED,
        /** The client stopped answering. */
        ABANDONED
    }

    /** To whom packets go. */
    interface Line {
        void send(TftpPacket packet) throws IOException;
    }

    TftpTransfer(TftpContent content, TftpOptions options, long now) {
        this.content = content;
        this.options = options;
        this.last = content.length() / options.blockSize() + 1;
        this.acknowledged = options.taken().isEmpty() ? 0 : -1;
        this.over = now + LONGEST.toNanos();
        this.deadline = now + FIRST_ANSWER.toNanos();
    }

    Optional<Outcome> outcome() {
        return outcome;
    }

    /** When {@link #tick} is to be called, in nanoseconds of the caller's clock. */
    long deadline() {
        return deadline;
    }

    /** Whether everything was sent and nothing but the last acknowledgement is missing. */
    boolean isAtItsEnd() {
        return heardOf && sent == last;
    }

    void begin(Line line) throws IOException {
        send(line);
    }

    /** The client sent its request once more: it heard nothing. */
    void askedAgain(Line line) throws IOException {
        if (!heardOf && again < RETRANSMITS) {
            again++;
            send(line);
        }
    }

    void received(TftpPacket packet, long now, Line line) throws IOException {
        if (packet instanceof TftpPacket.Failure) {
            outcome = Optional.of(Outcome.REFUSED);
        } else if (packet instanceof TftpPacket.Ack ack) {
            acknowledged(ack.block(), now, line);
        }
    }

    private void acknowledged(int block, long now, Line line) throws IOException {
        long reached = acknowledged + (block - acknowledged & BLOCKS - 1);
        // what says nothing new is no reason to send anything, or two answers to one packet would double all that
        // follow
        if (reached == acknowledged || reached > sent) {
            return;
        }
        acknowledged = reached;
        heardOf = true;
        again = 0;
        deadline = Math.min(now + options.timeout().toNanos(), over);
        if (acknowledged == last) {
            outcome = Optional.of(Outcome.DONE);
        } else {
            send(line);
        }
    }

    void tick(long now, Line line) throws IOException {
        if (outcome.isPresent() || now - deadline < 0) {
            return;
        }
        if (!heardOf) {
            outcome = Optional.of(Outcome.UNANSWERED);
        } else if (again >= RETRANSMITS || now - over >= 0) {
            outcome = Optional.of(Outcome.ABANDONED);
        } else {
            again++;
            deadline = Math.min(now + options.timeout().toNanos(), over);
            send(line);
        }
    }

    /** Sends the window that begins behind what was acknowledged. */
    private void send(Line line) throws IOException {
        if (acknowledged < 0) {
            sent = 0;
            line.send(new TftpPacket.OptionAck(options.taken()));
            return;
        }
        long end = Math.min(acknowledged + options.window(), last);
        for (long block = acknowledged + 1; block <= end; block++) {
            long from = (block - 1) * options.blockSize();
            int count = (int) Math.min(options.blockSize(), content.length() - from);
            line.send(new TftpPacket.Data((int) (block % BLOCKS), content.read(from, count)));
        }
        sent = end;
    }
}
