package carillon.server.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Asks the server that runs with a data directory, through its {@link AdminSocket}. */
public final class AdminCall {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BUFFER = 64 << 10;
    private static final int LONGEST_ANSWER = 64 << 20;

    private AdminCall() {}

    /** Whether a server runs with this data directory and hears. */
    public static boolean isHeard(Path dataDirectory) {
        try (SocketChannel channel = connect(dataDirectory)) {
            return channel.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    /** The answer of the server that runs with this data directory; empty where none does. */
    public static Optional<AdminAnswer> ask(Path dataDirectory, AdminRequest request) throws IOException {
        SocketChannel channel;
        try {
            channel = connect(dataDirectory);
        } catch (IOException nobody) {
            return Optional.empty();
        }
        try (channel) {
            ByteBuffer out =
                    ByteBuffer.wrap((JSON.writeValueAsString(request) + "\n").getBytes(StandardCharsets.UTF_8));
            while (out.hasRemaining()) {
                channel.write(out);
            }
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer in = ByteBuffer.allocate(BUFFER);
            while (answer.size() <= LONGEST_ANSWER && channel.read(in) >= 0) {
                answer.write(in.array(), 0, in.position());
                in.clear();
            }
            if (answer.size() == 0) {
                throw new IOException("it hung up; is this the user that the server runs as?");
            }
            return Optional.of(JSON.readValue(answer.toByteArray(), AdminAnswer.class));
        }
    }

    private static SocketChannel connect(Path dataDirectory) throws IOException {
        Path socket = AdminSocket.file(dataDirectory);
        if (!AdminSocket.fits(socket) || !Files.exists(socket)) {
            throw new IOException("there is no socket");
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }
}
