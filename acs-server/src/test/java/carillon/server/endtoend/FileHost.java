package carillon.server.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody else's web server: a file to fetch, and a place that takes files from who can log in with Digest. */
final class FileHost implements AutoCloseable {
    static final byte[] FILE = "<flat-profile/>".getBytes(StandardCharsets.UTF_8);
    static final String USER = "phone";
    static final String PASSWORD = "hush";

    private final HttpServer server;
    private final Map<String, String> taken = new ConcurrentHashMap<>();
    private final Set<String> queries = ConcurrentHashMap.newKeySet();

    FileHost() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/file", exchange -> {
            queries.add(String.valueOf(exchange.getRequestURI().getRawQuery()));
            answer(exchange, 200, FILE);
        });
        server.createContext("/in/", this::take);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** What was sent to this path; empty where nothing was. */
    String taken(String path) {
        return taken.getOrDefault(path, "");
    }

    /** Whether somebody asked for the file with this query. */
    boolean wasAsked(String query) {
        return queries.contains(query);
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String login = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String path = exchange.getRequestURI().getPath();
        String first = md5(USER + ":files:" + PASSWORD);
        String expected = md5(first + ":n0nce:" + md5(exchange.getRequestMethod() + ":" + path));
        if (!expected.equals(part(login, "response"))) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Digest realm=\"files\", nonce=\"n0nce\"");
            answer(exchange, 401, new byte[0]);
            return;
        }
        taken.put(path, new String(body, StandardCharsets.UTF_8));
        answer(exchange, exchange.getRequestMethod().equals("PUT") ? 201 : 405, new byte[0]);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String part(String header, String name) {
        Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(header);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
