package carillon.server.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The files that pages need, under URLs that name their content, so that browsers keep them for good. */
final class Assets {
    static final String PREFIX = "/assets/";

    private static final Map<String, String> TYPES = Map.of(
            "console.css", "text/css;charset=utf-8",
            "console.js", "text/javascript;charset=utf-8",
            "htmx.min.js", "text/javascript;charset=utf-8",
            "bell.svg", "image/svg+xml");
    private static final Map<String, String> ELSEWHERE =
            Map.of("htmx.min.js", "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js");

    private final Map<String, String> urls = new HashMap<>();
    private final Map<String, File> byPath = new HashMap<>();

    private record File(String type, ByteBuffer content) {}

    Assets() {
        TYPES.forEach((name, type) -> {
            byte[] content = read(ELSEWHERE.getOrDefault(name, "/carillon/server/console/" + name));
            String path = PREFIX + digest(content) + "/" + name;
            urls.put(name, path);
            byPath.put(path, new File(type, ByteBuffer.wrap(content).asReadOnlyBuffer()));
        });
    }

    /** URLs by the files' names. */
    Map<String, String> urls() {
        return Map.copyOf(urls);
    }

    /** Answers with a file; false if there is none at this path. */
    boolean serve(String path, Response response, Callback callback) {
        File file = byPath.get(path);
        if (file == null) {
            return false;
        }
        response.setStatus(HttpStatus.OK_200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, file.type());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, file.content().remaining());
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "public, max-age=31536000, immutable");
        response.write(true, file.content().duplicate(), callback);
        return true;
    }

    private static byte[] read(String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks " + resource);
            }
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(resource, broken);
        }
    }

    private static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java runtime has SHA-256", missing);
        }
    }
}
