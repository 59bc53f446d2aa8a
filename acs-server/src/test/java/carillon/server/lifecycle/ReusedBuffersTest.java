package carillon.server.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.junit.jupiter.api.Test;

class ReusedBuffersTest {
    private final ReusedBuffers pool = new ReusedBuffers();

    @Test
    void a_buffer_that_was_given_back_is_used_again_and_is_empty() {
        RetainableByteBuffer.Mutable first = pool.acquire(8000, false);
        ByteBuffer memory = first.getByteBuffer();
        assertThat(first.append(ByteBuffer.wrap("secret".getBytes(StandardCharsets.US_ASCII))))
                .isTrue();
        first.release();
        RetainableByteBuffer.Mutable second = pool.acquire(8192, false);
        assertThat(second.getByteBuffer()).isSameAs(memory);
        assertThat(second.hasRemaining()).isFalse();
    }

    @Test
    void a_holder_that_is_released_twice_does_not_give_two_callers_one_buffer() {
        RetainableByteBuffer.Mutable holder = pool.acquire(4096, false);
        holder.release();
        RetainableByteBuffer.Mutable next = pool.acquire(4096, false);
        assertThatThrownBy(holder::release).isInstanceOf(IllegalStateException.class);
        assertThat(pool.acquire(4096, false).getByteBuffer()).isNotSameAs(next.getByteBuffer());
    }

    @Test
    void what_is_retained_stays_with_its_holder() {
        RetainableByteBuffer.Mutable holder = pool.acquire(1000, false);
        holder.retain();
        holder.release();
        assertThat(pool.acquire(1000, false).getByteBuffer()).isNotSameAs(holder.getByteBuffer());
    }

    @Test
    void sizes_and_kinds_are_kept_apart_and_large_ones_are_not_kept() {
        RetainableByteBuffer.Mutable large = pool.acquire(1 << 20, false);
        ByteBuffer memory = large.getByteBuffer();
        large.release();
        assertThat(pool.acquire(1 << 20, false).getByteBuffer()).isNotSameAs(memory);
        pool.acquire(4096, false).release();
        assertThat(pool.acquire(4096, true).getByteBuffer().isDirect()).isTrue();
        assertThat(pool.acquire(4097, false).getByteBuffer().capacity()).isEqualTo(5120);
    }
}
