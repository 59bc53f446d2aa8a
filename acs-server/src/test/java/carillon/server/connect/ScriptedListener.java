package carillon.server.connect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;

/** A phone's listener that does, request for request, what a test says; on loopback, one connection at a time. */
final class ScriptedListener implements AutoCloseable {
    final List<String> requests = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server;
    private final List<Step> steps;
    private final Thread thread;

    /** Answers one request; the connection is closed afterwards where it says so. */
    @FunctionalInterface
    interface Step {
        boolean answers(String request, OutputStream out) throws IOException;
    }

    ScriptedListener(Step... steps) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), steps);
    }

    /** The same behind a socket of the test's own, such as one with TLS. */
    ScriptedListener(ServerSocket server, Step... steps) {
        this.steps = List.of(steps);
        this.server = server;
        this.thread = new Thread(this::listen, "scripted-listener");
        thread.setDaemon(true);
        thread.start();
    }

    /** This text, and the connection stays open unless it says otherwise. */
    static Step says(String... lines) {
        return (request, out) -> {
            out.write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return !List.of(lines).contains("Connection: close");
        };
    }

    /** 401 with this challenge. */
    static Step challenges(String challenge, String... more) {
        List<String> lines = new ArrayList<>(
                List.of("HTTP/1.1 401 Unauthorized", "WWW-Authenticate: " + challenge, "Content-Length: 0"));
        lines.addAll(List.of(more));
        return says(lines.toArray(String[]::new));
    }

    /** Closes without a word. */
    static Step hangsUp() {
        return (request, out) -> false;
    }

    static Step accepts() {
        return says("HTTP/1.1 200 OK", "Content-Length: 0");
    }

    String url() {
        return (server instanceof SSLServerSocket ? "https" : "http") + "://127.0.0.1:" + server.getLocalPort()
                + "/bell?a=%20b";
    }

    private void listen() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                connections.incrementAndGet();
                socket.setSoTimeout(10_000);
                serve(socket);
            } catch (IOException ended) {
                // the next connection, or the end
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        while (true) {
            StringBuilder head = new StringBuilder();
            for (String line = in.readLine(); line == null || !line.isEmpty(); line = in.readLine()) {
                if (line == null) {
                    return;
                }
                head.append(line).append('\n');
            }
            requests.add(head.toString());
            Step step = steps.get(Math.min(requests.size(), steps.size()) - 1);
            if (!step.answers(head.toString(), socket.getOutputStream())) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
