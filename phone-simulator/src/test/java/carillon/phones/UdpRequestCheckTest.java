package carillon.phones;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class UdpRequestCheckTest {
    private static final String RIGHT = "GET http://198.51.100.20:31547?ts=1715679012&id=12345&un=cr-user"
            + "&cn=K7Q2ZP9X4M1VB83D&sig=D9C4006BFE229EBD3024C0F71CA91E57209B0274 HTTP/1.1\r\n"
            + "Host: 198.51.100.20:31547\r\n\r\n";

    private static Optional<UdpRequestCheck> heard(UdpRequestCheck before, String request) {
        return before.accept(request, "cr-user", "cr-secret");
    }

    @Test
    void the_example_is_right_whatever_the_case_of_its_signature() {
        assertThat(heard(UdpRequestCheck.FIRST, RIGHT)).contains(new UdpRequestCheck(1715679012, "12345"));
        assertThat(heard(UdpRequestCheck.FIRST, RIGHT.replace("D9C4006BFE", "d9c4006bfe")))
                .isPresent();
    }

    @Test
    void a_copy_and_an_older_one_are_wrong() {
        UdpRequestCheck after = heard(UdpRequestCheck.FIRST, RIGHT).orElseThrow();
        assertThat(heard(after, RIGHT)).isEmpty();
        assertThat(heard(new UdpRequestCheck(1715679013, "1"), RIGHT)).isEmpty();
        assertThat(heard(new UdpRequestCheck(1715679011, "12345"), RIGHT)).isEmpty();
        assertThat(heard(new UdpRequestCheck(1715679011, "1"), RIGHT)).isPresent();
    }

    @Test
    void somebody_elses_is_wrong() {
        assertThat(UdpRequestCheck.FIRST.accept(RIGHT, "cr-user", "other")).isEmpty();
        assertThat(UdpRequestCheck.FIRST.accept(RIGHT, "other", "cr-secret")).isEmpty();
        assertThat(UdpRequestCheck.FIRST.accept(RIGHT, "", "")).isEmpty();
        for (String wrong : new String[] {
            RIGHT.replace("ts=17", "ts=18"),
            RIGHT.replace("cn=K7", "cn=K8"),
            RIGHT.replace("id=12345", "id=12346"),
            RIGHT.replace("&sig=", "&gis="),
            RIGHT.replace("GET ", "PUT "),
            RIGHT.replace("HTTP/1.1", "HTTP/1.0"),
            "",
            "\u0000\u0001"
        }) {
            assertThat(heard(UdpRequestCheck.FIRST, wrong)).as(wrong).isEmpty();
        }
    }
}
