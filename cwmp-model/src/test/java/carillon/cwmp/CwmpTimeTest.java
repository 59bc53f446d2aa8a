package carillon.cwmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CwmpTimeTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2026-03-01T08:00:00Z,2026-03-01T08:00:00Z,-,false",
                "2026-03-01T08:00:00+01:00,2026-03-01T07:00:00Z,-,false",
                "0001-01-01T00:00:00Z,-,-,false",
                "9999-12-31T23:59:59Z,9999-12-31T23:59:59Z,-,true",
                "0001-01-01T00:00:00,-,PT0S,false",
                "0001-01-01T00:05:30,-,PT5M30S,false",
                "0001-01-03T03:04:05,-,PT51H4M5S,false",
                "0000-00-00T00:00:00,-,-,false",
                "0001-01-01T00:05:00Z,-,-,false",
                "soon,-,-,false"
            })
    @Tag("CWMP-189")
    void a_time_is_a_moment_or_the_time_since_a_restart_or_neither(
            String text, Instant moment, Duration sinceBoot, boolean infinite) {
        CwmpTime time = new CwmpTime(text);
        assertThat(time.instant()).isEqualTo(Optional.ofNullable(moment));
        assertThat(time.sinceBoot()).isEqualTo(Optional.ofNullable(sinceBoot));
        assertThat(time.isInfinite()).isEqualTo(infinite);
        assertThat(time.isUnknown()).isEqualTo(text.equals("0001-01-01T00:00:00Z"));
    }
}
