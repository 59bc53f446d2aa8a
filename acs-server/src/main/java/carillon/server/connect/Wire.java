package carillon.server.connect;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** One connection; the deadline holds for everything that is done with it, however slowly the other side drips. */
final class Wire implements AutoCloseable {
    private final SocketChannel channel;
    private final InputStream in;
    private final long deadline;
    private final byte[] buffer = new byte[2048];
    private int at;
    private int end;

    private Wire(SocketChannel channel, InputStream in, long deadline) {
        this.channel = channel;
        this.in = in;
        this.deadline = deadline;
    }

    /**
     * Connects.
     *
     * @param deadline in the time of {@link System#nanoTime()}
     */
    static Wire open(InetSocketAddress address, long deadline) throws IOException {
        // a channel, not a plain socket: an interrupt at the server's stop closes it
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().setTcpNoDelay(true);
            channel.socket().connect(address, left(deadline));
            return new Wire(channel, channel.socket().getInputStream(), deadline);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /** Sends a text of one octet a character; a request is so short that it fits into the send buffer. */
    void send(String text) throws IOException {
        channel.socket().getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The next octet; throws {@link EOFException} at the end and {@link SocketTimeoutException} at the deadline. */
    int read() throws IOException {
        if (at == end) {
            channel.socket().setSoTimeout(left(deadline));
            end = in.read(buffer);
            at = 0;
            if (end <= 0) {
                end = 0;
                throw new EOFException("the phone closed the connection");
            }
        }
        return buffer[at++] & 0xff;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static int left(long deadline) throws SocketTimeoutException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0) {
            throw new SocketTimeoutException("the time is up");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }
}
