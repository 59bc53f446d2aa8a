package carillon.server.lifecycle;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/**
 * Ends the reading of bodies that drip in: each must, after a while, have come at so many octets a second. Who sends
 * nothing more at all is met by the idle timeout. The reader gets a {@link TimeoutException}.
 */
final class PacedBodies extends Handler.Wrapper {
    private static final long GRACE_NANOS = Duration.ofSeconds(5).toNanos();

    private final int minimumRate;

    PacedBodies(Handler handler, int minimumRate) {
        super(handler);
        this.minimumRate = minimumRate;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request.getLength() == 0 ? request : new Paced(request, minimumRate), response, callback);
    }

    private static final class Paced extends Request.Wrapper {
        private final int minimumRate;
        private long begun;
        private long octets;
        private Content.@Nullable Chunk tooSlow;

        Paced(Request request, int minimumRate) {
            super(request);
            this.minimumRate = minimumRate;
        }

        @Override
        public Content.@Nullable Chunk read() {
            if (tooSlow != null) {
                return tooSlow;
            }
            Content.Chunk chunk = super.read();
            if (chunk != null) {
                octets += chunk.remaining();
            }
            return chunk;
        }

        /** Asked for only when there is nothing to read yet: all that is at once here passes without a look at the clock. */
        @Override
        public void demand(Runnable demandCallback) {
            if (begun == 0) {
                begun = NanoTime.now();
            } else {
                long nanos = NanoTime.since(begun);
                if (nanos > GRACE_NANOS && octets < minimumRate * (nanos / 1e9)) {
                    tooSlow = Content.Chunk.from(new TimeoutException("a body at less than " + minimumRate + " B/s"));
                    demandCallback.run();
                    return;
                }
            }
            super.demand(demandCallback);
        }
    }
}
