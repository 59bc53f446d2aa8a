package carillon.phones;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionRequestListenerTest {
    private static final String USERNAME = "Device.ManagementServer.ConnectionRequestUsername";
    private static final String PASSWORD = "Device.ManagementServer.ConnectionRequestPassword";

    private final Phone phone = new Phone(PhoneModel.CP_8851, 7, URI.create("http://127.0.0.1:1/"), "", "");
    private final List<Phone> woken = new CopyOnWriteArrayList<>();
    private ConnectionRequestListener listener;
    private URI bell;

    @BeforeEach
    void open() throws Exception {
        listener = new ConnectionRequestListener(woken::add);
        listener.add(phone);
        bell = URI.create(phone.value("Device.ManagementServer.ConnectionRequestURL"));
        phone.startsWith(List.of());
    }

    @AfterEach
    void close() throws Exception {
        listener.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(bell.getHost(), bell.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private String get(String target, String more) throws IOException {
        try (Socket socket = connect()) {
            send(socket, "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + more + "\r\n");
            return head(socket.getInputStream());
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (head.indexOf("\r\n\r\n") >= 0) {
                break;
            }
        }
        return head.toString();
    }

    private static String login(String username, String password, String target) {
        return "Authorization: "
                + DigestAnswer.to(
                        "Digest realm=\"phone\", qop=\"auth\", nonce=\"7c1b2f9d0a\"",
                        username,
                        password,
                        "GET",
                        target,
                        "c")
                + "\r\n";
    }

    @Test
    void a_phone_without_credentials_comes_when_it_is_called() throws Exception {
        assertThat(get(bell.getPath(), "")).startsWith("HTTP/1.1 200 ");
        assertThat(woken).containsExactly(phone);
        assertThat(phone.hasNews()).isTrue();
    }

    @Test
    void with_credentials_only_who_knows_them_is_heard() throws Exception {
        phone.changes(USERNAME, "acs");
        phone.changes(PASSWORD, "s3cret");
        assertThat(get(bell.getPath(), "")).startsWith("HTTP/1.1 401 ").contains("Digest realm=\"phone\"");
        assertThat(get(bell.getPath(), login("acs", "wrong", bell.getPath()))).startsWith("HTTP/1.1 401 ");
        assertThat(get(bell.getPath(), login("other", "s3cret", bell.getPath())))
                .startsWith("HTTP/1.1 401 ");
        assertThat(get(bell.getPath(), login("acs", "s3cret", "/elsewhere"))).startsWith("HTTP/1.1 401 ");
        assertThat(woken).isEmpty();
        assertThat(get(bell.getPath(), login("acs", "s3cret", bell.getPath()))).startsWith("HTTP/1.1 200 ");
        assertThat(woken).containsExactly(phone);
    }

    @Test
    void other_paths_and_methods_are_refused_and_a_phone_that_restarts_says_nothing() throws Exception {
        assertThat(get("/nobody", "")).startsWith("HTTP/1.1 404 ");
        try (Socket socket = connect()) {
            send(socket, "POST " + bell.getPath() + " HTTP/1.1\r\n\r\n");
            assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 405 ");
        }
        phone.off(true);
        assertThat(get(bell.getPath(), "")).isEmpty();
        assertThat(woken).isEmpty();
    }

    @Test
    void callers_that_say_nothing_keep_nobody_else_waiting_for_long() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                silent.add(connect());
            }
            assertThat(get(bell.getPath(), "")).startsWith("HTTP/1.1 200 ");
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void a_request_without_end_is_cut_off() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "GET " + "x".repeat(9000));
            assertThat(head(socket.getInputStream())).isEmpty();
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        assertThat(get(bell.getPath(), "")).startsWith("HTTP/1.1 200 ");
    }
}
