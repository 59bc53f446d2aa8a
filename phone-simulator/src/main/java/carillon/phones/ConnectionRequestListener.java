package carillon.phones;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Hears connection requests for many phones on one loopback port, a path for each (TR-069 Amendment 6, 3.2.2): Digest where
 * the phone was given credentials, 503 while it has a session open, nothing at all while it restarts. Bounded in threads,
 * waiting connections, and what it reads of each.
 */
final class ConnectionRequestListener implements AutoCloseable {
    private static final String NONCE = "7c1b2f9d0a";
    private static final String REALM = "phone";
    private static final int THREADS = 8;
    private static final int MOST_WAITING = 512;
    private static final int REQUESTS_PER_CONNECTION = 4;
    private static final int LONGEST_HEAD = 8192;
    private static final int PATIENCE_MILLIS = 2_000;

    private final ServerSocket server;
    private final Consumer<Phone> woken;
    private final Map<String, Phone> phones = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor workers;

    ConnectionRequestListener(Consumer<Phone> woken) throws IOException {
        this.server = new ServerSocket(0, MOST_WAITING, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        this.woken = woken;
        AtomicInteger number = new AtomicInteger();
        this.workers = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), work -> {
                    Thread thread = new Thread(work, "phone-bell-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
        Thread listener = new Thread(this::listen, "phone-bell");
        listener.setDaemon(true);
        listener.start();
    }

    /** The phone listens from now on, and says so in its next Inform. */
    void add(Phone phone) {
        String path = "/" + phone.id().serial();
        phones.put(path, phone);
        phone.listensAt(URI.create("http://127.0.0.1:" + server.getLocalPort() + path));
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                handOver(server.accept());
            } catch (IOException closedOrBroken) {
                // the next one, or the end
            }
        }
    }

    private void handOver(Socket socket) throws IOException {
        try {
            workers.execute(() -> take(socket));
        } catch (RejectedExecutionException tooMany) {
            socket.close();
        }
    }

    private void take(Socket socket) {
        try (socket) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 2048);
            boolean more = true;
            for (int i = 0; more && i < REQUESTS_PER_CONNECTION; i++) {
                more = serve(in, socket, i == REQUESTS_PER_CONNECTION - 1);
            }
        } catch (IOException gone) {
            // the other side will ask again
        }
    }

    /** One request; whether another may follow. */
    private boolean serve(InputStream in, Socket socket, boolean last) throws IOException {
        String head = head(in);
        String[] words = head.split("\r?\n", 2)[0].split(" ");
        if (words.length != 3) {
            return false;
        }
        String authorization = "";
        for (String line : head.split("\r?\n")) {
            if (line.regionMatches(true, 0, "Authorization:", 0, 14)) {
                authorization = line.substring(14).strip();
            }
        }
        Phone phone = phones.get(words[1]);
        if (phone != null && phone.isOff()) {
            return false;
        }
        CallAnswer answer = !words[0].equals("GET")
                ? CallAnswer.staying(405)
                : phone == null
                        ? CallAnswer.staying(404)
                        : phone.bell().called(answer(phone, words[1], authorization, last));
        if (phone != null && answer.comes()) {
            phone.rung();
            woken.accept(phone);
        }
        socket.getOutputStream().write(answer.text().getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return !answer.close();
    }

    /** Up to the empty line; empty where the other side has ended. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder(256);
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            int length = head.length();
            if (c == '\n' && (head.indexOf("\r\n\r\n", length - 4) >= 0 || head.indexOf("\n\n", length - 2) >= 0)) {
                return head.toString();
            }
            if (length > LONGEST_HEAD) {
                throw new IOException("a request without end");
            }
        }
        return "";
    }

    private static CallAnswer answer(Phone phone, String target, String authorization, boolean last) {
        if (phone.isInSession()) {
            return CallAnswer.staying(503);
        }
        Reach.Bell bell = phone.bell();
        if (!bell.username().isEmpty() && !proves(bell, target, authorization)) {
            String challenge =
                    "WWW-Authenticate: Digest realm=\"" + REALM + "\", qop=\"auth\", nonce=\"" + NONCE + "\"\r\n";
            return new CallAnswer(401, challenge, last, false);
        }
        return new CallAnswer(200, "", true, true);
    }

    private static boolean proves(Reach.Bell bell, String target, String authorization) {
        String first = DigestAnswer.md5(
                bell.username() + ":" + DigestAnswer.part(authorization, "realm") + ":" + bell.password());
        String count = DigestAnswer.part(authorization, "nc");
        String middle = count.isEmpty()
                ? NONCE
                : NONCE + ":" + count + ":" + DigestAnswer.part(authorization, "cnonce") + ":auth";
        String expected = DigestAnswer.md5(first + ":" + middle + ":" + DigestAnswer.md5("GET:" + target));
        return bell.username().equals(DigestAnswer.part(authorization, "username"))
                && expected.equals(DigestAnswer.part(authorization, "response"));
    }

    @Override
    public void close() throws IOException {
        server.close();
        workers.shutdownNow();
    }
}
