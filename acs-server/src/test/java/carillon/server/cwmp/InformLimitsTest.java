package carillon.server.cwmp;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import carillon.server.cwmp.InformLimits.Verdict;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class InformLimitsTest {
    private static final DeviceId PHONE = new DeviceId("00562B", "CP-8851-3PCC", "FCH1");

    private final AtomicLong nanos = new AtomicLong();
    private final InformLimits limits = new InformLimits(2, 3, nanos::get);

    @Test
    void a_device_is_put_off_beyond_its_share_and_told_once() {
        assertThat(limits.inform(PHONE, "192.0.2.1")).isEqualTo(Verdict.FINE);
        assertThat(limits.inform(PHONE, "192.0.2.1")).isEqualTo(Verdict.FINE);
        assertThat(limits.inform(PHONE, "192.0.2.1")).isEqualTo(Verdict.FIRST_OVER);
        assertThat(limits.inform(PHONE, "192.0.2.1")).isEqualTo(Verdict.OVER);
    }

    @Test
    void who_calls_in_its_name_from_elsewhere_uses_up_nothing_of_it() {
        for (int i = 0; i < 10; i++) {
            limits.inform(PHONE, "192.0.2.66");
        }
        assertThat(limits.inform(PHONE, "192.0.2.1")).isEqualTo(Verdict.FINE);
    }

    @Test
    void an_address_is_over_after_its_last_call_and_another_is_not() {
        assertThat(limits.isLastOf("192.0.2.1")).isFalse();
        assertThat(limits.isLastOf("192.0.2.1")).isFalse();
        assertThat(limits.isOver("192.0.2.1")).isFalse();
        assertThat(limits.isLastOf("192.0.2.1")).isTrue();
        assertThat(limits.isOver("192.0.2.1")).isTrue();
        assertThat(limits.isLastOf("192.0.2.1")).isFalse();
        assertThat(limits.isOver("192.0.2.2")).isFalse();
    }

    @Test
    void a_minute_later_all_are_free_again() {
        for (int i = 0; i < 5; i++) {
            limits.inform(PHONE, "192.0.2.1");
            limits.isLastOf("192.0.2.1");
        }
        nanos.addAndGet(InformLimits.WINDOW.toNanos() + 1);
        assertThat(limits.inform(PHONE, "192.0.2.1")).isEqualTo(Verdict.FINE);
        assertThat(limits.isOver("192.0.2.1")).isFalse();
    }

    @Test
    @Tag("CWMP-227")
    void a_million_invented_devices_do_not_fill_the_memory() {
        for (int i = 0; i < 1_000_000; i++) {
            limits.inform(new DeviceId("00562B", "CP", "F" + i), "192.0.2.1");
        }
        assertThat(limits.remembered()).isLessThanOrEqualTo(2 * 50_000L);
    }
}
