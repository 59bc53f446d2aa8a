package carillon.server.files;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;

/** A body of a few kilobytes, read without a thread that waits for it. */
final class ShortBody {
    private final Content.Source source;
    private final int limit;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    ShortBody(Content.Source source, int limit) {
        this.source = source;
        this.limit = limit;
    }

    /** Calls one of these when it has come, was too long, or broke off. */
    void read(Consumer<String> whole, Runnable tooLong, Consumer<Throwable> broken) {
        while (true) {
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                source.demand(() -> read(whole, tooLong, broken));
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                broken.accept(chunk.getFailure());
                return;
            }
            byte[] octets = BufferUtil.toArray(chunk.getByteBuffer());
            boolean last = chunk.isLast();
            chunk.release();
            body.write(octets, 0, octets.length);
            if (body.size() > limit) {
                tooLong.run();
                return;
            }
            if (last) {
                whole.accept(body.toString(StandardCharsets.UTF_8));
                return;
            }
        }
    }
}
