package carillon.server.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Idle Inform sessions in bulk, from many phones at once, with as little work of its own as possible: each session is a
 * new TCP connection that carries Inform (401), Inform with Digest (200) and an empty POST (204).
 */
public final class SessionLoad {
    /** One phone as the load needs it: what it says, and its login. */
    public record Caller(String inform, String username, String password) {}

    /**
     * What a run brought.
     *
     * @param micros whole sessions, in microseconds
     * @param errors how often which thing went wrong
     */
    public record Outcome(int sessions, Histogram micros, Map<String, Integer> errors) {}

    private final int port;
    private final List<Caller> callers;

    public SessionLoad(int port, List<Caller> callers) {
        this.port = port;
        this.callers = List.copyOf(callers);
    }

    /** Runs this many sessions, one phone per thread. */
    public Outcome run(int sessions) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(sessions);
        Histogram micros = new ConcurrentHistogram(60_000_000L, 3);
        Map<String, Integer> errors = new ConcurrentHashMap<>();
        List<Thread> threads = callers.stream()
                .map(caller -> new Thread(() -> work(caller, left, micros, errors), "load"))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        return new Outcome(sessions, micros, Map.copyOf(errors));
    }

    private void work(Caller caller, AtomicInteger left, Histogram micros, Map<String, Integer> errors) {
        byte[] inform = caller.inform().getBytes(StandardCharsets.UTF_8);
        while (left.getAndDecrement() > 0) {
            long start = System.nanoTime();
            try {
                session(caller, inform);
                micros.recordValue(Math.min((System.nanoTime() - start) / 1000, 59_000_000L));
            } catch (IOException failed) {
                errors.merge(String.valueOf(failed.getMessage()), 1, Integer::sum);
            }
        }
    }

    private void session(Caller caller, byte[] inform) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(30_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 4096);
            OutputStream out = socket.getOutputStream();
            Reply reply = exchange(in, out, inform, "", "");
            if (reply.status == 401) {
                reply = exchange(in, out, inform, "", digest(caller, reply.header("www-authenticate")));
            }
            expect(200, reply);
            String cookie = reply.header("set-cookie");
            int end = cookie.indexOf(';');
            Reply last = exchange(in, out, new byte[0], end < 0 ? cookie : cookie.substring(0, end), "");
            expect(204, last);
        }
    }

    private static void expect(int status, Reply reply) throws IOException {
        if (reply.status != status) {
            throw new IOException("answered " + reply.status + " instead of " + status);
        }
    }

    private Reply exchange(InputStream in, OutputStream out, byte[] body, String cookie, String authorization)
            throws IOException {
        StringBuilder head = new StringBuilder(256)
                .append("POST / HTTP/1.1\r\nHost: 127.0.0.1:")
                .append(port)
                .append("\r\nContent-Length: ")
                .append(body.length);
        if (body.length > 0) {
            head.append("\r\nContent-Type: text/xml; charset=\"utf-8\"\r\nSOAPAction: \"\"");
        }
        if (!cookie.isEmpty()) {
            head.append("\r\nCookie: ").append(cookie);
        }
        if (!authorization.isEmpty()) {
            head.append("\r\nAuthorization: ").append(authorization);
        }
        byte[] start = head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        out.write(all);
        return Reply.read(in);
    }

    private static String digest(Caller caller, String challenge) throws IOException {
        String realm = quoted(challenge, "realm");
        String nonce = quoted(challenge, "nonce");
        String first = md5(caller.username() + ":" + realm + ":" + caller.password());
        String second = md5("POST:/");
        String response = md5(first + ":" + nonce + ":00000001:0a4f113b:auth:" + second);
        return "Digest username=\"" + caller.username() + "\", realm=\"" + realm + "\", nonce=\"" + nonce
                + "\", uri=\"/\", response=\"" + response
                + "\", qop=auth, nc=00000001, cnonce=\"0a4f113b\", algorithm=MD5";
    }

    private static String quoted(String challenge, String name) throws IOException {
        int at = challenge.indexOf(name + "=\"");
        if (at < 0) {
            throw new IOException("a challenge without " + name + ": " + challenge);
        }
        int start = at + name.length() + 2;
        return challenge.substring(start, challenge.indexOf('"', start));
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("a JDK without MD5", impossible);
        }
    }

    private record Reply(int status, Map<String, String> headers) {
        String header(String name) throws IOException {
            String value = headers.get(name);
            if (value == null) {
                throw new IOException("no " + name + " in the answer " + status);
            }
            return value;
        }

        static Reply read(InputStream in) throws IOException {
            String first = line(in);
            if (first == null || first.length() < 12) {
                throw new IOException("the connection ended before an answer");
            }
            int status = Integer.parseInt(first.substring(9, 12));
            Map<String, String> headers = new TreeMap<>();
            for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            in.skipNBytes(length);
            return new Reply(status, headers);
        }

        private static @Nullable String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder(64);
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    return null;
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }
    }
}
