package carillon.phones;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Hears connection requests for many phones on one loopback port, a path for each (TR-069 Amendment 6, 3.2.2): Digest where
 * the phone was given credentials, 503 while it has a session open.
 */
final class ConnectionRequestListener implements AutoCloseable {
    private static final String NONCE = "7c1b2f9d0a";

    private final ServerSocket server;
    private final Consumer<Phone> woken;
    private final Map<String, Phone> phones = new ConcurrentHashMap<>();
    private final ExecutorService workers;

    ConnectionRequestListener(Consumer<Phone> woken) throws IOException {
        this.server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        this.woken = woken;
        this.workers = Executors.newFixedThreadPool(4, work -> {
            Thread thread = new Thread(work, "phone-bell");
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < 3; i++) {
            workers.execute(this::listen);
        }
    }

    /** The phone listens from now on, and says so in its next Inform. */
    void add(Phone phone) {
        String path = "/" + phone.id().serial();
        phones.put(path, phone);
        phone.changes(Phone.MANAGEMENT + "ConnectionRequestURL", "http://127.0.0.1:" + server.getLocalPort() + path);
    }

    private void listen() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.setSoTimeout(5_000);
                serve(socket);
            } catch (IOException closedOrBroken) {
                // the next one, or the end
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        for (int i = 0; i < 4; i++) {
            String first = in.readLine();
            if (first == null) {
                return;
            }
            String authorization = "";
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                if (line.regionMatches(true, 0, "Authorization:", 0, 14)) {
                    authorization = line.substring(14).strip();
                }
            }
            String[] words = first.split(" ");
            String target = words.length > 1 ? words[1] : "/";
            answer(socket, status(target, authorization));
        }
    }

    private int status(String target, String authorization) {
        Phone phone = phones.get(target);
        if (phone == null) {
            return 404;
        }
        if (phone.isInSession()) {
            return 503;
        }
        String username = phone.value(Phone.MANAGEMENT + "ConnectionRequestUsername");
        if (!username.isEmpty() && !proves(phone, username, target, authorization)) {
            return 401;
        }
        phone.happens(Event.of(EventCode.CONNECTION_REQUEST));
        woken.accept(phone);
        return 200;
    }

    private static boolean proves(Phone phone, String username, String target, String authorization) {
        String password = phone.value(Phone.MANAGEMENT + "ConnectionRequestPassword");
        String first = DigestAnswer.md5(username + ":phone:" + password);
        String middle = NONCE + ":" + DigestAnswer.part(authorization, "nc") + ":"
                + DigestAnswer.part(authorization, "cnonce") + ":" + DigestAnswer.part(authorization, "qop");
        String expected = DigestAnswer.md5(first + ":" + middle + ":" + DigestAnswer.md5("GET:" + target));
        return expected.equals(DigestAnswer.part(authorization, "response"));
    }

    private static void answer(Socket socket, int status) throws IOException {
        Optional<String> challenge = status == 401
                ? Optional.of("WWW-Authenticate: Digest realm=\"phone\", qop=\"auth\", nonce=\"" + NONCE + "\"\r\n")
                : Optional.empty();
        String answer = "HTTP/1.1 " + status + " .\r\n" + challenge.orElse("") + "Content-Length: 0\r\n\r\n";
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        workers.shutdownNow();
    }
}
