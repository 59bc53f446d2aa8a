package carillon.cwmp.flatprofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTypeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "bool; Yes",
                "int 0..65535; 0xff",
                "sig8; -128",
                "uns8; 255",
                "hexbyte; 0xb8",
                "float 2; -1.25",
                "time 3; .5",
                "time 3; 4",
                "pwrlevel; -16",
                "ip; 192.168.1.1",
                "ip; fe80::1",
                "ip; ::",
                "fqdn; pbx.example.com:5061",
                "fqdn; [2001:db8::1]:5060",
                "fqdn; 2001:db8::1",
                "port; 0x13c4",
                "userid; alice smith",
                "phone; +33(1)23-45*",
                "phtmplt; 1408*",
                "phtmplt; 555%2a?",
                "rsctmplt; 404, 5*",
                "starcode; *017111",
                "dialplan; (*xx|[3469]11|0|00|[2-9]xxxxxx|1xxx[2-9]xxxxxxS0|xxxxxxxxxxxx.)",
                "dialplan; (9,<:1408>[2-9]xxxxxx)",
                "delays; 60,120,240",
                "delays; 3600+600",
                "hhmm; 2400",
                "cadence; 60(2/4)",
                "cadence; 60(.3/.2,1/.2,.3/4)",
                "frequencies; 350@-19,440@-19",
                "words a|b|c; c|a",
                "choice Voicemail|Voicemail, Missed Call; Voicemail, Missed Call"
            })
    void legal_values_are_taken(String type, String value) {
        assertThat(KeyTypes.parse(type).refusal(value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "bool; yes",
                "int 0..65535; 65536",
                "int 0..65535; -1",
                "int 0..65535; 1.5",
                "sig8; 128",
                "hexbyte; 0x100",
                "float 2; 1.255",
                "float 2; 1e5",
                "time 3; -1",
                "pwrlevel; 1.25",
                "ip; 256.1.1.1",
                "ip; fe80::1::2",
                "ip; 1:2:3",
                "fqdn; pbx example.com",
                "fqdn; -bad.example.com",
                "port; 70000",
                "phtmplt; 50%",
                "rsctmplt; all",
                "starcode; *123456789",
                "dialplan; (xx|",
                "dialplan; (xx]",
                "dialplan; xx.",
                "delays; often",
                "hhmm; 2401",
                "hhmm; 0960",
                "cadence; 60(2)",
                "cadence; 60(1/1,1/1,1/1,1/1,1/1,1/1,1/1)",
                "frequencies; 350",
                "words a|b|c; d"
            })
    void other_values_are_refused_with_what_is_allowed(String type, String value) {
        assertThat(KeyTypes.parse(type).refusal(value))
                .hasValueSatisfying(text -> assertThat(text).startsWith("takes "));
    }

    @Test
    void tones_sound_only_frequencies_that_they_have() {
        KeyType tone = KeyTypes.parse("tone");
        assertThat(tone.refusal("350@-19,440@-19;10(*/0/1+2)")).isEmpty();
        assertThat(tone.refusal("985@-16,1428@-16,1777@-16;20(.380/0/1,.380/0/2,.380/0/3,0/4/0)"))
                .isEmpty();
        assertThat(tone.refusal("350@-19;10(*/0/2)")).isPresent();
        assertThat(tone.refusal("350@-19")).isPresent();
    }

    @Test
    void functions_of_keys_are_names_and_values() {
        KeyType function = KeyTypes.parse("keyfunction");
        assertThat(function.refusal("fnc=sd+blf+cp;sub=2001@$PROXY;nme=Reception"))
                .isEmpty();
        assertThat(function.refusal("fnc=inert;")).isEmpty();
        assertThat(function.refusal("sub=2001")).isPresent();
        assertThat(function.refusal("fnc=sd;fnc=blf")).isPresent();
        assertThat(function.refusal("fnc=s d")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "bool, yes, Yes",
        "bool, 0, No",
        "time 3, 0.50, .5",
        "time 3, 0.0, 0",
        "float 2, -0.10, -.1",
        "hexbyte, 184, 0xb8",
        "hexbyte, 0xB8, 0xb8",
        "int 0..99, 0x10, 16",
        "words a|b, b|a, a|b",
        "choice Http|Https, https, Https"
    })
    void values_that_mean_the_same_have_one_spelling(String type, String value, String canonical) {
        assertThat(KeyTypes.parse(type).canonical(value)).isEqualTo(canonical);
    }

    @Test
    void the_empty_value_clears_any_key() {
        assertThat(KeyTypes.parse("bool").refusal("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bool",
        "choice a|b",
        "words a|b",
        "int -3..9",
        "hexbyte",
        "float 2",
        "time 3",
        "pwrlevel",
        "str 63",
        "fqdn",
        "tone"
    })
    void the_name_of_a_type_is_read_back(String text) {
        assertThat(KeyTypes.parse(text).text()).isEqualTo(text);
    }

    @Test
    void an_unknown_type_is_an_error_that_lists_the_known() {
        assertThatThrownBy(() -> KeyTypes.parse("colour"))
                .hasMessageStartingWith("'colour' names no type of keys; known are bool,");
    }
}
