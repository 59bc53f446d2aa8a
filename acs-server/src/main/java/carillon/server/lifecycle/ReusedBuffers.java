package carillon.server.lifecycle;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Small buffers that are used again. Whoever takes one gets a holder of his own, which gives the buffer back once and no
 * more: where Jetty releases a holder twice (12.1 does, when what came was no HTTP), the second time finds nothing to
 * give, and no two connections ever share a buffer.
 */
final class ReusedBuffers implements ByteBufferPool {
    /** Octets; sizes are rounded up to multiples of it. */
    private static final int STEP = 1024;

    private static final int LARGEST = 20 * STEP;
    private static final int KEPT_PER_SIZE = 64;

    private final Map<Size, Queue<ByteBuffer>> idle = new ConcurrentHashMap<>();

    private record Size(int octets, boolean direct) {}

    @Override
    public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
        if (size > LARGEST) {
            return RetainableByteBuffer.wrap(BufferUtil.allocate(size, direct));
        }
        int octets = Math.max(1, (size + STEP - 1) / STEP) * STEP;
        Queue<ByteBuffer> same =
                idle.computeIfAbsent(new Size(octets, direct), any -> new ArrayBlockingQueue<>(KEPT_PER_SIZE));
        ByteBuffer kept = same.poll();
        ByteBuffer buffer = kept == null ? BufferUtil.allocate(octets, direct) : kept;
        return RetainableByteBuffer.wrap(buffer, () -> {
            BufferUtil.reset(buffer);
            same.offer(buffer);
        });
    }

    @Override
    public void clear() {
        idle.clear();
    }
}
