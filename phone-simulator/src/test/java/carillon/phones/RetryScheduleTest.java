package carillon.phones;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of TR-069 Amendment 6, 3.2.1.1. */
class RetryScheduleTest {
    @ParameterizedTest
    @CsvSource({
        "1, 5, 10",
        "2, 10, 20",
        "3, 20, 40",
        "4, 40, 80",
        "5, 80, 160",
        "6, 160, 320",
        "7, 320, 640",
        "8, 640, 1280",
        "9, 1280, 2560",
        "10, 2560, 5120",
        "11, 2560, 5120",
        "1000000, 2560, 5120"
    })
    void each_failure_doubles_the_wait_up_to_the_tenth(int failures, long least, long most) {
        assertThat(RetrySchedule.after(failures, 0)).isEqualTo(Duration.ofSeconds(least));
        assertThat(RetrySchedule.after(failures, 1)).isEqualTo(Duration.ofSeconds(most));
        assertThat(RetrySchedule.after(failures, 0.5)).isBetween(Duration.ofSeconds(least), Duration.ofSeconds(most));
    }
}
