package carillon.phones;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigestAnswerTest {
    @Test
    void what_the_challenge_asks_for_is_answered() {
        String answer = DigestAnswer.to(
                "Digest realm=\"phone\", qop=\"auth\", nonce=\"7c1b2f9d0a\", opaque=\"o\"",
                "acs-cr",
                "s3cret",
                "GET",
                "/cr/1",
                "0a4f113b");
        assertThat(answer)
                .contains("response=\"e05e27a6f81765eb1e8d9eee49c22997\"", "nc=00000001", "opaque=\"o\"", "qop=auth");
    }

    @Test
    void without_qop_nothing_of_it_is_sent() {
        String answer = DigestAnswer.to("Digest realm=\"r\", nonce=\"n\"", "u", "p", "POST", "/", "c");
        assertThat(answer).doesNotContain("qop").doesNotContain("nc=").doesNotContain("cnonce");
        String expected = DigestAnswer.md5(DigestAnswer.md5("u:r:p") + ":n:" + DigestAnswer.md5("POST:/"));
        assertThat(answer).contains("response=\"" + expected + "\"");
    }
}
