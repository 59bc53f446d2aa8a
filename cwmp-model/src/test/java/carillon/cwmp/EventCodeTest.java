package carillon.cwmp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodeTest {
    @ParameterizedTest
    @EnumSource
    void every_code_is_known_by_its_text(EventCode code) {
        assertThat(new Event(code.text(), "").is(code)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0 bootstrap,BOOTSTRAP",
        "'1 BOOT ',BOOT",
        "1 Boot,BOOT",
        "2,PERIODIC",
        "'  2  PERIODIC  ',PERIODIC",
        "4 VALUE  CHANGE,VALUE_CHANGE",
        "6 CONNECTION_REQUEST,CONNECTION_REQUEST",
        "10 AUTONOMOUS TRANSFER COMPLETE,AUTONOMOUS_TRANSFER_COMPLETE",
        "m reboot,M_REBOOT",
        "'M  Download',M_DOWNLOAD"
    })
    @Tag("CWMP-123")
    void a_code_is_known_by_its_beginning_in_any_case_and_with_any_blanks(String text, EventCode code) {
        assertThat(EventCode.of(text)).contains(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "99 FOO", "X ACDE48 Local Reset", "BOOT", "M", "M Restart", "-1", "15 LATER"})
    @Tag("CWMP-113")
    void what_the_standard_does_not_name_is_no_code_of_it(String text) {
        assertThat(EventCode.of(text)).isEmpty();
    }
}
