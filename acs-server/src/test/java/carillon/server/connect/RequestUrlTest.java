package carillon.server.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestUrlTest {
    @ParameterizedTest
    @CsvSource({
        "http://192.0.2.7:8123/abc,            192.0.2.7:8123,       192.0.2.7,   8123, /abc",
        "http://192.0.2.7,                     192.0.2.7,            192.0.2.7,   80,   /",
        "HTTP://phone.example./,               phone.example.,       phone.example., 80, /",
        "http://[2001:db8::17]:7547/a:b?c=d%20e, [2001:db8::17]:7547, 2001:db8::17, 7547, /a:b?c=d%20e",
        "http://192.0.2.7:8123?x=/y,           192.0.2.7:8123,       192.0.2.7,   8123, /?x=/y",
        "http://192.0.2.7:8123/a/../%2F{b}|,   192.0.2.7:8123,       192.0.2.7,   8123, /a/../%2F{b}|",
        "https://192.0.2.7/x,                  192.0.2.7,            192.0.2.7,   443,  /x",
        "http://192.0.2.7:8123/a#b,            192.0.2.7:8123,       192.0.2.7,   8123, /a",
    })
    @Tag("CWMP-198")
    void path_and_query_stay_as_the_phone_wrote_them(
            String text, String authority, String host, int port, String target) {
        assertThat(RequestUrl.parse(text))
                .isEqualTo(new RequestUrl(authority, host, port, target, text.startsWith("https")));
    }

    @ParameterizedTest
    @CsvSource({
        "'',                              no ConnectionRequestURL",
        "ftp://192.0.2.7/,                over http and https alone",
        "file:///etc/passwd,              cannot be dialled",
        "http://,                         cannot be dialled",
        "http://192.0.2.7:0/,             port 0",
        "http://192.0.2.7:65536/,         port 65536",
        "http://user:secret@192.0.2.7/,   cannot be dialled",
        "http://192.0.2.7/a b,            cannot be dialled",
        "http://[fe80::1%25eth0]/,        cannot be dialled",
        "http://192.0.2.7\\@evil.example/, cannot be dialled",
    })
    @Tag("CWMP-207")
    void what_cannot_be_dialled_is_refused_with_a_sentence(String text, String part) {
        assertThatThrownBy(() -> RequestUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part)
                .hasMessageNotContaining("secret");
    }

    @Test
    void a_line_break_cannot_smuggle_a_header_in() {
        assertThatThrownBy(() -> RequestUrl.parse("http://192.0.2.7/a\r\nX: y"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
