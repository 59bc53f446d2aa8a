package carillon.cwmp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretUrlsTest {
    @ParameterizedTest
    @CsvSource({
        "http://files.test/a/b.loads,http://files.test/a/b.loads",
        "http://files.test:8080/a,http://files.test:8080/a",
        "http://[fe80::1]:80/a@b,http://[fe80::1]:80/a@b",
        "https://bell:tower@files.test/a,https://***@files.test/a",
        "https://bell:to/wer@files.test/a,https://***@files.test/a",
        "https://bell:t@wer@files.test/a,https://***@files.test/a",
        "ftp://bell@files.test,ftp://***@files.test",
        "https://files.test/a?token=abc&password=x;v=1,https://files.test/a?token=***&password=***;v=***",
        "https://files.test/a?token=abc&amp;password=x</URL>,https://files.test/a?token=***&amp;password=***</URL>",
        "https://files.test/a?abcdef,https://files.test/a?***",
        "https://files.test/a#access_token=1,https://files.test/a#***",
        "https://files.test/a?token=abc]]></URL>,https://files.test/a?token=***]]></URL>",
        "cannot fetch https://b:t@files.test/a?k=v: no route,cannot fetch https://***@files.test/a?k=*** no route",
        "no address ? here @ all,no address ? here @ all"
    })
    void what_is_secret_in_an_address_is_masked(String text, String shown) {
        assertThat(SecretUrls.masked(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://bell:tower@files.test/a",
                "https://files.test/a?token=abc",
                "https://files.test/a?v=1&X-Amz-Signature=abc",
                "https://files.test/a?sig=abc"
            })
    void an_address_with_a_password_or_a_token_holds_a_secret(String url) {
        assertThat(SecretUrls.holdsSecret(url)).isTrue();
    }

    @Test
    void an_address_with_a_version_holds_none() {
        assertThat(SecretUrls.holdsSecret("https://files.test/a?version=12&token="))
                .isFalse();
        assertThat(SecretUrls.holdsSecret("https://files.test/a")).isFalse();
        assertThat(SecretUrls.holdsSecret("")).isFalse();
    }

    @Test
    void a_long_text_takes_no_long_time_and_no_deep_stack() {
        String text = "http://files.test/" + "a".repeat(1 << 20) + "?" + "t=1&".repeat(1 << 18);
        assertThat(SecretUrls.masked(text)).doesNotContain("t=1").endsWith("t=***&");
    }
}
