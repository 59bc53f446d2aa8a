package carillon.server.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** Somebody else's program that is told what happens. */
final class WebhookReceiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private volatile int answer = 200;

    /** What it was sent. */
    record Message(String signature, byte[] body, int answered) {
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException none) {
                throw new AssertionError("a message that is no JSON", none);
            }
        }
    }

    private WebhookReceiver(HttpServer server) {
        this.server = server;
        server.createContext("/", this::take);
        server.start();
    }

    static WebhookReceiver open() throws IOException {
        return new WebhookReceiver(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50));
    }

    static WebhookReceiver secure(SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new WebhookReceiver(server);
    }

    String url() {
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/hook?key=hush";
    }

    /** Answers with this status from now on. */
    WebhookReceiver answers(int status) {
        answer = status;
        return this;
    }

    /** The next message, whatever was answered. */
    Message next() throws InterruptedException {
        Message message = messages.poll(30, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("nothing was told within 30 s");
        }
        return message;
    }

    /** The next events that it took: at least so many. */
    List<JsonNode> events(int count) throws InterruptedException {
        List<JsonNode> events = new ArrayList<>();
        while (events.size() < count) {
            Message message = next();
            if (message.answered() == 200) {
                message.json().get("events").forEach(events::add);
            }
        }
        return events;
    }

    /** How many messages nobody looked at yet. */
    int unread() {
        return messages.size();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int status = answer;
        if (status == 302) {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
        }
        messages.add(new Message(
                String.valueOf(exchange.getRequestHeaders().getFirst("X-Carillon-Signature")), body, status));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
