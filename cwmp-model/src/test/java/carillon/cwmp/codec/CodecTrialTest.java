package carillon.cwmp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodecTrialTest {
    @Test
    void a_long_list_is_read_without_a_second_copy_of_the_message() {
        CodecTrial trial = CodecTrial.ofValues(20_000);
        assertThat(trial.octets()).isBetween(3_500_000, 4_500_000);
        // All that reading allocates, the records included, is less than two copies, so two were never held.
        assertThat(trial.memory().allocated()).isLessThan(2L * trial.octets());
    }

    @Test
    void reading_and_the_bare_pass_take_time_that_can_be_compared() {
        CodecTrial trial = CodecTrial.ofInform(15);
        assertThat(trial.reading(200)).isPositive();
        assertThat(trial.passing(200)).isPositive();
        assertThat(trial.kept()).isPositive();
    }
}
