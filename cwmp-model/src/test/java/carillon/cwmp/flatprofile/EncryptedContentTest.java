package carillon.cwmp.flatprofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.Secret;
import carillon.cwmp.flatprofile.EncryptedContent.Form;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The examples of RFC 8188, 3, and one with a profile. */
class EncryptedContentTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] WALRUS = "I am the walrus".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ONE_RECORD =
            Base64.getUrlDecoder().decode("I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg");
    private static final byte[] ONE_KEY = material("yqdlZ-tYemfogSmv7Ws5PQ");
    private static final byte[] TWO_RECORDS = Base64.getUrlDecoder()
            .decode(
                    "uNCkWiNYzKTnBN9ji3-qWAAAABkCYTHOG8chz_gnvgOqdGYovxyjuqRyJFjEDyoF1Fvkj6hQPdPHI51OEUKEpgz3SsLWIqS_uA");
    private static final byte[] TWO_KEY = material("BO3ZVPxUlnLORbVGMpbT1Q");

    private final EncryptedContent content = new EncryptedContent(new SecureRandom());

    private static byte[] material(String text) {
        return KeyingMaterial.AUTO.octets(new Secret(text));
    }

    @Test
    void one_record_as_in_the_standard() throws Exception {
        assertThat(EncryptedContent.open(ONE_RECORD, ONE_KEY)).isEqualTo(WALRUS);
        EncryptedContent fixed = new EncryptedContent(new FixedSalt(HEX.formatHex(ONE_RECORD, 0, 16)));
        assertThat(fixed.seal(WALRUS, ONE_KEY, Form.USUAL)).isEqualTo(ONE_RECORD);
    }

    @Test
    void two_records_with_padding_and_a_key_id_as_in_the_standard() throws Exception {
        assertThat(EncryptedContent.open(TWO_RECORDS, TWO_KEY)).isEqualTo(WALRUS);
    }

    @Test
    void a_profile_with_a_key_that_is_text() throws Exception {
        byte[] key = material("0123456789abcdef");
        byte[] plain = "<flat-profile><GPP_A>12345678</GPP_A></flat-profile>\n".getBytes(StandardCharsets.US_ASCII);
        byte[] body =
                new EncryptedContent(new FixedSalt("000102030405060708090a0b0c0d0e0f")).seal(plain, key, Form.USUAL);
        assertThat(HEX.formatHex(body))
                .isEqualTo("000102030405060708090a0b0c0d0e0f00001000009227f15f7984dcb4a95d99991c288292d66c28b8"
                        + "47211d59b2d66e51f1a36180950e06604e32c3bd7af1f806e4123ed2bb49c8552349fec68b5a9703443ee6"
                        + "75aba6b8a6f987");
        assertThat(EncryptedContent.open(body, key)).isEqualTo(plain);
    }

    @Test
    void what_was_sealed_opens_whatever_its_length_and_record_size() throws Exception {
        Random random = new Random(4);
        for (int recordSize : new int[] {18, 19, 25, 64, 4096}) {
            for (int length : new int[] {0, 1, 2, 7, 8, 9, 46, 47, 48, 94, 300, 4079, 4080, 8158}) {
                byte[] plain = new byte[length];
                random.nextBytes(plain);
                byte[] body = content.seal(plain, ONE_KEY, new Form(recordSize, "phone"));
                assertThat(EncryptedContent.open(body, ONE_KEY)).isEqualTo(plain);
            }
        }
    }

    @Test
    void content_that_ends_in_zeros_keeps_them() throws Exception {
        byte[] plain = {1, 0, 0, 0};
        assertThat(EncryptedContent.open(content.seal(plain, ONE_KEY, Form.USUAL), ONE_KEY))
                .isEqualTo(plain);
    }

    @Test
    void a_wrong_key_and_an_altered_octet_are_told() {
        assertThatThrownBy(() -> EncryptedContent.open(ONE_RECORD, TWO_KEY))
                .isInstanceOf(UnreadableProfileException.class)
                .hasMessageContaining("another key");
        for (int at = 0; at < ONE_RECORD.length; at++) {
            byte[] altered = ONE_RECORD.clone();
            altered[at] ^= 1;
            if (at < 16 || at > 20) {
                assertThatThrownBy(() -> EncryptedContent.open(altered, ONE_KEY))
                        .isInstanceOf(UnreadableProfileException.class);
            }
        }
    }

    @Test
    void what_was_cut_off_is_never_taken_for_whole() {
        for (byte[] body : new byte[][] {ONE_RECORD, TWO_RECORDS}) {
            byte[] key = body == ONE_RECORD ? ONE_KEY : TWO_KEY;
            for (int length = 0; length < body.length; length++) {
                byte[] cut = Arrays.copyOf(body, length);
                assertThatThrownBy(() -> EncryptedContent.open(cut, key))
                        .isInstanceOf(UnreadableProfileException.class)
                        .hasMessageContaining("cut off");
            }
        }
        byte[] longer = Arrays.copyOf(TWO_RECORDS, TWO_RECORDS.length + 20);
        assertThatThrownBy(() -> EncryptedContent.open(longer, TWO_KEY)).isInstanceOf(UnreadableProfileException.class);
    }

    @Test
    void records_cut_at_their_border_are_told_so() {
        byte[] body = content.seal(new byte[100], ONE_KEY, new Form(40, ""));
        assertThatThrownBy(() -> EncryptedContent.open(Arrays.copyOf(body, 21 + 80), ONE_KEY))
                .hasMessage("it is cut off: more records should follow");
    }

    @Test
    void a_record_size_that_cannot_be_is_refused() {
        byte[] small = ONE_RECORD.clone();
        small[18] = 0;
        small[19] = 17;
        assertThatThrownBy(() -> EncryptedContent.open(small, ONE_KEY)).hasMessageContaining("record size is 17");
        byte[] huge = ONE_RECORD.clone();
        Arrays.fill(huge, 16, 20, (byte) 0xff);
        assertThatThrownBy(() -> EncryptedContent.open(huge, TWO_KEY)).hasMessageContaining("another key");
        assertThatThrownBy(() -> new Form(17, "")).hasMessageContaining("18 to 16777216");
        assertThatThrownBy(() -> new Form(4096, "x".repeat(256))).hasMessageContaining("255");
    }

    @Test
    void the_key_is_read_as_its_kind_says() {
        byte[] text = "yqdlZ-tYemfogSmv7Ws5PQ".getBytes(StandardCharsets.US_ASCII);
        assertThat(KeyingMaterial.TEXT.octets(new Secret("yqdlZ-tYemfogSmv7Ws5PQ")))
                .isEqualTo(text);
        assertThat(KeyingMaterial.BASE64URL.octets(new Secret("yqdlZ-tYemfogSmv7Ws5PQ")))
                .hasSize(16);
        assertThat(KeyingMaterial.AUTO.octets(new Secret("a".repeat(21)))).hasSize(21);
        assertThat(KeyingMaterial.AUTO.octets(new Secret("a".repeat(25)))).hasSize(25);
        assertThat(KeyingMaterial.AUTO.octets(new Secret("a".repeat(43)))).hasSize(32);
        assertThat(KeyingMaterial.AUTO.octets(new Secret("a".repeat(44)))).hasSize(44);
        assertThat(KeyingMaterial.AUTO.octets(new Secret("with spaces in it, so text")))
                .hasSize(26);
        assertThatThrownBy(() -> KeyingMaterial.BASE64URL.octets(new Secret("no/base64url")))
                .hasMessageContaining("base64url")
                .hasMessageNotContaining("no/base64url");
        assertThatThrownBy(() -> KeyingMaterial.TEXT.octets(new Secret(""))).hasMessage("the key is empty");
        assertThatThrownBy(() -> KeyingMaterial.of("hex")).hasMessageContaining("auto, base64url, text");
    }
}
