package carillon.server.cwmp;

import java.util.Arrays;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Collects a body within a limit, without blocking. Once it has told how it ended it leaves the source alone: by then the
 * answer may be on its way, and the source may serve the next request.
 */
final class BodyReader implements Invocable.Task {
    private static final int FIRST_BUFFER = 64 * 1024;

    private final Content.Source source;
    private final int limit;
    private final Consumer<byte[]> whole;
    private final Consumer<Throwable> failed;
    private byte[] octets;
    private int length;

    /**
     * A reader that is started by {@link #run}.
     *
     * @param announced the length as the headers tell it, -1 where they do not
     * @param failed is told of a {@link Bodies.TooLargeException} where the body is over the limit
     */
    BodyReader(Content.Source source, long announced, int limit, Consumer<byte[]> whole, Consumer<Throwable> failed) {
        this.source = source;
        this.limit = limit;
        this.whole = whole;
        this.failed = failed;
        this.octets = new byte[(int) Math.min(FIRST_BUFFER, announced < 0 ? 4096 : announced)];
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                source.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                failed.accept(chunk.getFailure());
                return;
            }
            boolean fits = take(chunk);
            boolean last = chunk.isLast();
            chunk.release();
            if (!fits) {
                failed.accept(new Bodies.TooLargeException());
                return;
            }
            if (last) {
                whole.accept(length == octets.length ? octets : Arrays.copyOf(octets, length));
                return;
            }
        }
    }

    private boolean take(Content.Chunk chunk) {
        int more = chunk.remaining();
        if (more > limit - length) {
            return false;
        }
        if (more > octets.length - length) {
            int twice = (int) Math.min(limit, 2L * octets.length);
            octets = Arrays.copyOf(octets, Math.max(length + more, twice));
        }
        chunk.getByteBuffer().get(octets, length, more);
        length += more;
        return true;
    }
}
