package carillon.server.admin;

import carillon.server.lifecycle.Service;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code DATA/admin.sock}: commands of this machine that need the data of a server that runs talk to it here. For the owner
 * of the process alone: the file says so, and who calls is asked of the kernel. One request and one answer, each a line of
 * JSON.
 */
public final class AdminSocket implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);

    /** What the address of a Unix domain socket has room for. */
    private static final int LONGEST_PATH = 100;

    private static final int LONGEST_REQUEST = 64 << 10;
    private static final int AT_ONCE = 4;

    private final Path file;
    private final AdminOffice office;
    private final ObjectMapper json = new ObjectMapper();
    private final ThreadPoolExecutor workers =
            new ThreadPoolExecutor(0, AT_ONCE, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), task -> {
                Thread thread = new Thread(task, "admin-socket");
                thread.setDaemon(true);
                return thread;
            });
    private @Nullable ServerSocketChannel server;

    public AdminSocket(Path dataDirectory, AdminOffice office) {
        this.file = file(dataDirectory);
        this.office = office;
    }

    /** Where the socket of a server with this data directory is. */
    public static Path file(Path dataDirectory) {
        return dataDirectory.toAbsolutePath().normalize().resolve("admin.sock");
    }

    /** Whether the system has room for this path as the address of a socket. */
    static boolean fits(Path socket) {
        return socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH;
    }

    @Override
    public String name() {
        return "admin.sock";
    }

    /** The database is ours by now, so a socket that lies here is the rest of a server that was killed. */
    @Override
    public void start() throws IOException {
        if (!fits(file)) {
            LOG.warn(
                    "{} has a longer path than a socket can have, so 'carillon user' and the like work only while the"
                            + " server does not run; set data.dir to a shorter one",
                    file);
            return;
        }
        Files.deleteIfExists(file);
        ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        opened.bind(UnixDomainSocketAddress.of(file));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        server = opened;
        Thread thread = new Thread(() -> accept(opened), "admin-socket-door");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocketChannel open) {
        while (open.isOpen()) {
            try {
                SocketChannel caller = open.accept();
                try {
                    workers.execute(() -> serve(caller));
                } catch (RejectedExecutionException busy) {
                    caller.close();
                }
            } catch (ClosedChannelException stopped) {
                return;
            } catch (IOException failed) {
                LOG.warn("admin.sock: a caller could not be taken: {}", failed.toString());
            }
        }
    }

    private void serve(SocketChannel caller) {
        try (caller) {
            if (!isOwner(caller)) {
                LOG.warn("admin.sock: somebody else than the owner was turned away");
                return;
            }
            Optional<String> line = line(caller);
            if (line.isPresent()) {
                AdminAnswer answer = office.answer(json.readValue(line.get(), AdminRequest.class));
                ByteBuffer out =
                        ByteBuffer.wrap((json.writeValueAsString(answer) + "\n").getBytes(StandardCharsets.UTF_8));
                while (out.hasRemaining()) {
                    caller.write(out);
                }
            }
        } catch (JsonProcessingException unreadable) {
            LOG.warn("admin.sock: a request could not be read: {}", unreadable.getOriginalMessage());
        } catch (IOException gone) {
            LOG.info("admin.sock: a caller went away: {}", gone.toString());
        }
    }

    /** The kernel says who calls; the superuser may read the data anyway. */
    private boolean isOwner(SocketChannel caller) throws IOException {
        UnixDomainPrincipal peer = caller.getOption(ExtendedSocketOptions.SO_PEERCRED);
        String name = peer.user().getName();
        return name.equals(Files.getOwner(file).getName()) || name.equals("root");
    }

    private static Optional<String> line(SocketChannel caller) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST_REQUEST);
        while (buffer.hasRemaining() && caller.read(buffer) >= 0) {
            int end = buffer.position();
            if (end > 0 && buffer.get(end - 1) == '\n') {
                return Optional.of(new String(buffer.array(), 0, end, StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    @Override
    public void stop() throws IOException {
        if (server != null) {
            server.close();
            Files.deleteIfExists(file);
        }
        workers.shutdown();
    }
}
