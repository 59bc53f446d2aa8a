package carillon.server.events;

import carillon.db.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/** Somebody who watches: a bounded queue before a response that is written as fast as they read. */
final class Subscriber extends IteratingCallback {
    private static final int MOST_WAITING = 1000;
    private static final Duration LIFE = Duration.ofMinutes(15);

    private final EventStream stream;
    private final Scope scope;
    private final EndPoint connection;
    private final Response response;
    private final Callback callback;
    private final long since = System.nanoTime();
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private boolean finished;
    private boolean ended;

    Subscriber(EventStream stream, Scope scope, Request request, Response response, Callback callback) {
        this.stream = stream;
        this.scope = scope;
        this.connection = request.getConnectionMetaData().getConnection().getEndPoint();
        this.response = response;
        this.callback = callback;
    }

    Scope scope() {
        return scope;
    }

    boolean isOld() {
        return System.nanoTime() - since > LIFE.toNanos();
    }

    /** False if it has fallen behind too far. Never blocks. */
    boolean offer(byte[] text) {
        synchronized (waiting) {
            if (finished) {
                return true;
            }
            if (waiting.size() >= MOST_WAITING) {
                return false;
            }
            waiting.add(text);
        }
        iterate();
        return true;
    }

    /** Ends the response after what waits. */
    void finish() {
        synchronized (waiting) {
            finished = true;
        }
        stream.leave(this);
        iterate();
    }

    /** Cuts it off: it does not read. */
    void abort() {
        stream.leave(this);
        connection.close(new IOException("too slow for the live events"));
    }

    @Override
    protected Action process() {
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        boolean last;
        synchronized (waiting) {
            if (ended) {
                return Action.SUCCEEDED;
            }
            waiting.forEach(batch::writeBytes);
            waiting.clear();
            last = finished;
            ended = finished;
        }
        if (batch.size() == 0 && !last) {
            return Action.IDLE;
        }
        response.write(last, batch.size() == 0 ? BufferUtil.EMPTY_BUFFER : ByteBuffer.wrap(batch.toByteArray()), this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteSuccess() {
        stream.leave(this);
        callback.succeeded();
    }

    @Override
    protected void onCompleteFailure(Throwable gone) {
        stream.leave(this);
        callback.failed(gone);
    }
}
