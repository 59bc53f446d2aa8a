package carillon.server.connect;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UdpConnectionRequestTest {
    @Test
    @Tag("CWMP-209")
    @Tag("CWMP-210")
    void the_example_comes_out_octet_by_octet() {
        UdpConnectionRequest request = new UdpConnectionRequest(
                new UdpAddress("198.51.100.20", 31547), 1715679012, 12345, "cr-user", "K7Q2ZP9X4M1VB83D");
        String line = String.join(
                "&",
                "GET http://198.51.100.20:31547?ts=1715679012",
                "id=12345",
                "un=cr-user",
                "cn=K7Q2ZP9X4M1VB83D",
                "sig=D9C4006BFE229EBD3024C0F71CA91E57209B0274 HTTP/1.1");
        assertThat(new String(request.signed(new Secret("cr-secret")), StandardCharsets.US_ASCII))
                .isEqualTo(String.join("\r\n", line, "Host: 198.51.100.20:31547", "", ""));
    }

    @Test
    @Tag("CWMP-210")
    void another_known_signature_comes_out_too() {
        UdpConnectionRequest request =
                new UdpConnectionRequest(new UdpAddress("h", 1), 1700000000, 1234, "phone1", "a1b2c3d4e5f60718");
        assertThat(new String(request.signed(new Secret("crpass")), StandardCharsets.US_ASCII))
                .contains("&sig=E3F70FED96D58B882EE2CE1E30E74CE41DCF9BA2 ");
    }

    @ParameterizedTest
    @Tag("CWMP-209")
    @CsvSource({
        "198.51.100.20:31547, 198.51.100.20, 31547",
        "198.51.100.20,       198.51.100.20, 80",
        "' nat.example:9 ',   nat.example,   9",
    })
    void a_missing_port_is_80(String text, String host, int port) {
        assertThat(UdpAddress.parse(text)).contains(new UdpAddress(host, port));
    }

    @ParameterizedTest
    @CsvSource({"''", "0.0.0.0:7", "198.51.100.20:0", "198.51.100.20:65536", "a b:1", "http://x/", "'x:1\r\nY: z'"})
    void what_is_no_address_is_none(String text) {
        assertThat(UdpAddress.parse(text)).isEmpty();
    }
}
