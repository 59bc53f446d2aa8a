package carillon.cwmp.flatprofile;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.ParameterType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionTest {
    @ParameterizedTest
    @CsvSource({
        "yes-no, 1, Yes",
        "yes-no, 0, No",
        "inverse, 1, No",
        "one-zero, 1, 1",
        "thousandths, 500, .5",
        "thousandths, 4000, 4",
        "thousandths, 1250, 1.25",
        "tos-byte, 46, 0xb8",
        "tos-byte, 26, 0x68",
        "tos-byte, 24, 0x60",
        "tos-byte, 0, 0x00",
        "rings, 4, 24",
        "time-zone, GMT0, GMT",
        "time-zone, GMT-1, GMT+01:00",
        "time-zone, GMT8, GMT-08:00",
        "time-zone, GMT-5:45, GMT+05:45"
    })
    void values_go_there_and_come_back(String conversion, String path, String key) {
        Conversion named = Conversion.Named.of(conversion).orElseThrow();
        assertThat(named.toKey(path, "")).isEqualTo(Translation.of(key));
        assertThat(named.toPath(key, "", ParameterType.BOOLEAN)).isEqualTo(Translation.of(path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "CET-1CEST,M3.5.0,M10.5.0/3; GMT+01:00",
                "EST5EDT,M3.2.0,M11.1.0; GMT-05:00",
                "<+0530>-5:30; GMT+05:30",
                "UTC0; GMT",
                "GMT-08:00; GMT-08:00"
            })
    void a_zone_of_posix_is_east_where_its_number_is_negative_and_the_phones_own_form_stays(String zone, String key) {
        assertThat(Conversion.Named.TIME_ZONE.toKey(zone, "")).isEqualTo(Translation.of(key));
    }

    @Test
    void a_boolean_is_words_where_the_phone_has_a_text() {
        assertThat(Conversion.Named.YES_NO.toPath("Yes", "", ParameterType.STRING))
                .isEqualTo(Translation.of("Yes"));
        assertThat(Conversion.Named.YES_NO.toPath("No", "", ParameterType.BOOLEAN))
                .isEqualTo(Translation.of("0"));
        assertThat(Conversion.Named.YES_NO.toKey("TRUE", "")).isEqualTo(Translation.of("Yes"));
    }

    @Test
    void host_and_port_are_joined_and_split() {
        assertThat(Conversion.Named.HOST.toKey("pbx", "")).isEqualTo(Translation.of("pbx"));
        assertThat(Conversion.Named.HOST.toKey("new", "old:5080")).isEqualTo(Translation.of("new:5080"));
        assertThat(Conversion.Named.PORT.toKey("5080", "pbx")).isEqualTo(Translation.of("pbx:5080"));
        assertThat(Conversion.Named.PORT.toKey("5060", "pbx:5080")).isEqualTo(Translation.of("pbx"));
        assertThat(Conversion.Named.PORT.toKey("5080", "")).isInstanceOf(Translation.Impossible.class);
        assertThat(Conversion.Named.HOST.toPath("[2001:db8::1]:5061", "", ParameterType.STRING))
                .isEqualTo(Translation.of("[2001:db8::1]"));
        assertThat(Conversion.Named.PORT.toPath("[2001:db8::1]:5061", "", ParameterType.UNSIGNED_INT))
                .isEqualTo(Translation.of("5061"));
        assertThat(Conversion.Named.PORT.toPath("2001:db8::1", "", ParameterType.UNSIGNED_INT))
                .isEqualTo(Translation.of("5060"));
    }

    @Test
    void a_list_has_its_first_and_its_second() {
        assertThat(Conversion.Named.FIRST.toKey("10.0.0.1, 10.0.0.2", "")).isEqualTo(Translation.of("10.0.0.1"));
        assertThat(Conversion.Named.SECOND.toKey("10.0.0.1,10.0.0.2", "")).isEqualTo(Translation.of("10.0.0.2"));
        assertThat(Conversion.Named.SECOND.toKey("10.0.0.1", "")).isEqualTo(Translation.of(""));
        assertThat(Conversion.Named.SECOND.toPath("10.0.0.9", "10.0.0.1,10.0.0.2", ParameterType.STRING))
                .isEqualTo(Translation.of("10.0.0.1,10.0.0.9"));
        assertThat(Conversion.Named.FIRST.toPath("10.0.0.9", "", ParameterType.STRING))
                .isEqualTo(Translation.of("10.0.0.9"));
        assertThat(Conversion.Named.SECOND.toPath("10.0.0.9", "", ParameterType.STRING))
                .isInstanceOf(Translation.Impossible.class);
    }

    @Test
    void flags_keep_what_is_there_or_clear_it() {
        assertThat(Conversion.Named.SET.toKey("1", "2001")).isEqualTo(Translation.of("2001"));
        assertThat(Conversion.Named.SET.toKey("0", "2001")).isEqualTo(Translation.of(""));
        assertThat(Conversion.Named.SET.toKey("1", "")).isInstanceOf(Translation.Impossible.class);
        assertThat(Conversion.Named.ABOVE_ZERO.toKey("0", "5")).isEqualTo(Translation.of("0"));
        assertThat(Conversion.Named.ABOVE_ZERO.toPath("5", "", ParameterType.BOOLEAN))
                .isEqualTo(Translation.of("1"));
    }

    @ParameterizedTest
    @CsvSource({"yes-no, maybe", "thousandths, soon", "tos-byte, 64", "rings, often", "time-zone, Paris"})
    void what_is_no_value_of_the_parameter_is_refused(String conversion, String value) {
        assertThat(Conversion.Named.of(conversion).orElseThrow().toKey(value, ""))
                .isInstanceOf(Translation.Impossible.class);
    }
}
