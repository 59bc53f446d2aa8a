package carillon.server.connect;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/** One connection; the deadline holds for everything that is done with it, however slowly the other side drips. */
final class Wire implements AutoCloseable {
    private final SocketChannel channel;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final long deadline;
    private final byte[] buffer = new byte[2048];
    private int at;
    private int end;

    private Wire(SocketChannel channel, Socket socket, long deadline) throws IOException {
        this.channel = channel;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
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
            return new Wire(channel, channel.socket(), deadline);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /**
     * Connects, and speaks TLS over the connection; who answers is not asked for a name.
     *
     * @param host for the server name indication, where it is a name
     */
    static Wire openSecure(InetSocketAddress address, String host, long deadline) throws IOException {
        Wire plain = open(address, deadline);
        try {
            // a peer that drips within a record is not seen by the reads' timeout
            CompletableFuture.delayedExecutor(left(deadline), TimeUnit.MILLISECONDS)
                    .execute(plain::abandon);
            plain.channel.socket().setSoTimeout(left(deadline));
            SSLSocket secure =
                    (SSLSocket) PhoneTls.sockets().createSocket(plain.channel.socket(), host, address.getPort(), true);
            secure.startHandshake();
            return new Wire(plain.channel, secure, deadline);
        } catch (IOException | RuntimeException failed) {
            plain.close();
            throw failed;
        }
    }

    private void abandon() {
        try {
            channel.close();
        } catch (IOException gone) {
            // it is closed all the same
        }
    }

    /** Sends a text of one octet a character; a request is so short that it fits into the send buffer. */
    void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** The next octet; throws {@link EOFException} at the end and {@link SocketTimeoutException} at the deadline. */
    int read() throws IOException {
        if (at == end) {
            socket.setSoTimeout(left(deadline));
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
