package carillon.server.cwmp;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CWMP-059")
class LoginLimitsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final LoginLimits limits = new LoginLimits(nanos::get);

    private static DeviceId device(int number) {
        return new DeviceId("00562B", "CP-8851-3PCC", "TST" + number);
    }

    private void fails(int times, int device, String source) {
        for (int i = 0; i < times; i++) {
            limits.failed(device(device), source);
        }
    }

    @Test
    void a_device_may_fail_so_often_from_one_address_and_is_heard_from_another() {
        fails(LoginLimits.PER_DEVICE_AND_SOURCE - 1, 1, "192.0.2.1");
        assertThat(limits.isOver(device(1), "192.0.2.1", true)).isFalse();
        assertThat(limits.failed(device(1), "192.0.2.1")).isTrue();
        assertThat(limits.isOver(device(1), "192.0.2.1", true)).isTrue();
        assertThat(limits.isOver(device(1), "192.0.2.2", false)).isFalse();
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        assertThat(limits.isOver(device(1), "192.0.2.1", true)).isFalse();
    }

    @Test
    void who_tries_many_devices_from_one_address_is_put_off_and_those_who_live_there_are_not() {
        for (int device = 0; device < LoginLimits.PER_SOURCE; device++) {
            fails(1, device, "192.0.2.1");
        }
        assertThat(limits.isOver(device(9000), "192.0.2.1", false)).isTrue();
        assertThat(limits.isOver(device(9000), "192.0.2.1", true)).isFalse();
        assertThat(limits.isOver(device(9000), "192.0.2.2", false)).isFalse();
    }

    @Test
    void who_tries_one_device_from_many_addresses_is_put_off_and_the_device_at_home_is_not() {
        for (int address = 0; address < LoginLimits.PER_DEVICE; address++) {
            fails(1, 1, "198.51.100." + address);
        }
        assertThat(limits.isOver(device(1), "192.0.2.1", false)).isTrue();
        assertThat(limits.isOver(device(1), "192.0.2.1", true)).isFalse();
        assertThat(limits.isOver(device(2), "192.0.2.1", false)).isFalse();
    }

    @Test
    void a_good_login_forgives_what_was_tried_before_and_counts_are_bounded() {
        fails(LoginLimits.PER_DEVICE_AND_SOURCE, 1, "192.0.2.1");
        limits.succeeded(device(1), "192.0.2.1");
        assertThat(limits.isOver(device(1), "192.0.2.1", true)).isFalse();
        for (int device = 0; device < 120_000; device++) {
            fails(1, device, "192.0.2.1");
        }
        assertThat(limits.remembered()).isLessThanOrEqualTo(100_000);
    }
}
