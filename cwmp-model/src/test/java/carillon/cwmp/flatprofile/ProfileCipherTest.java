package carillon.cwmp.flatprofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.Secret;
import carillon.cwmp.flatprofile.ProfileCipher.Derivation;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The vectors were made with OpenSSL 3.0. */
class ProfileCipherTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] PLAIN =
            "<flat-profile><GPP_A>12345678</GPP_A></flat-profile>\n".getBytes(StandardCharsets.US_ASCII);
    private static final Secret PASS = new Secret("SecretPhrase1234");
    private static final String SALT = "0102030405060708";
    private static final String SEALED = "53616c7465645f5f0102030405060708996f307f2b5c6dd1953d01930c7a4389"
            + "f93f02df5323eb0fc6be7be9649ed2bc0f2c85bdc25871caa8d546fa5f36136a2e5a77ca2624be60a97a7a28cadfbef6";
    private static final String GZIP = "1f8b08000000000000ffb349cb492cd12d28ca4fcbcc49b5b3710f088877b4333432363135"
            + "33b7b0d187f06df45154710100578a972435000000";
    private static final String SEALED_GZIP = "53616c7465645f5f01020304050607084a45a6e4c2f3f0d9f24a10d77b8a62d4"
            + "41ff3f185aece1c85ba32a8c5b463800266fc5ebc011c231e6c7bf2b466136ae70651567400dd8a2260938467951b648";
    private static final int LIMIT = 1 << 20;

    private final ProfileCipher fixed = new ProfileCipher(new FixedSalt(SALT));
    private final ProfileCipher cipher = new ProfileCipher(new SecureRandom());

    @Test
    void key_and_iv_are_derived_as_openssl_does() throws Exception {
        byte[] pass = PASS.reveal().getBytes(StandardCharsets.UTF_8);
        assertThat(HEX.formatHex(ProfileCipher.derive(pass, Derivation.MD5, HEX.parseHex(SALT))))
                .isEqualTo("75618538a4502fa7161d6dc303f2a1f1c0ee19362ee647e725505c3c52364c82"
                        + "04ca41f7b4e382da569224b0c61b445a");
        assertThat(HEX.formatHex(ProfileCipher.derive(pass, Derivation.SHA256, HEX.parseHex(SALT))))
                .isEqualTo("ec2a2d45a836181f7fa96d7e6204d9c24cd45ff1e1062e3b2dae7e7baa7d63a8"
                        + "e10dd0d54aefddc59586871b1a7bd83c");
    }

    @Test
    void a_profile_is_sealed_as_openssl_does() throws Exception {
        byte[] sealed = fixed.seal(PLAIN, PASS, Derivation.MD5);
        assertThat(HEX.formatHex(sealed)).isEqualTo(SEALED);
        assertThat(Base64.getEncoder().encodeToString(sealed))
                .isEqualTo(
                        "U2FsdGVkX18BAgMEBQYHCJlvMH8rXG3RlT0Bkwx6Q4n5PwLfUyPrD8a+e+lkntK8DyyFvcJYccqo1Ub6XzYTai5ad8om"
                                + "JL5gqXp6KMrfvvY=");
        assertThat(ProfileCipher.open(HEX.parseHex(SEALED), PASS, Derivation.MD5))
                .isEqualTo(PLAIN);
    }

    @Test
    void gzip_comes_before_the_cipher() throws Exception {
        assertThat(HEX.formatHex(fixed.seal(HEX.parseHex(GZIP), PASS, Derivation.MD5)))
                .isEqualTo(SEALED_GZIP);
        assertThat(ProfilePacking.expand(HEX.parseHex(GZIP), LIMIT)).isEqualTo(PLAIN);
        for (byte[] form : new byte[][] {PLAIN, HEX.parseHex(GZIP), HEX.parseHex(SEALED), HEX.parseHex(SEALED_GZIP)}) {
            assertThat(ProfilePacking.unpack(form, PASS, Derivation.MD5, LIMIT)).isEqualTo(PLAIN);
        }
    }

    @Test
    void the_same_content_is_compressed_to_the_same_octets() throws Exception {
        assertThat(ProfilePacking.compress(PLAIN)).isEqualTo(ProfilePacking.compress(PLAIN.clone()));
        assertThat(ProfilePacking.expand(ProfilePacking.compress(PLAIN), LIMIT)).isEqualTo(PLAIN);
    }

    @Test
    void every_answer_has_a_salt_of_its_own() throws Exception {
        byte[] first = cipher.seal(PLAIN, PASS, Derivation.MD5);
        byte[] second = cipher.seal(PLAIN, PASS, Derivation.MD5);
        assertThat(Arrays.copyOfRange(first, 8, 16)).isNotEqualTo(Arrays.copyOfRange(second, 8, 16));
        assertThat(ProfileCipher.open(first, PASS, Derivation.MD5)).isEqualTo(PLAIN);
        assertThat(ProfileCipher.open(second, PASS, Derivation.MD5)).isEqualTo(PLAIN);
    }

    @Test
    void what_was_sealed_opens_whatever_its_length_and_derivation() throws Exception {
        Random random = new Random(8);
        for (int length = 0; length < 70; length++) {
            byte[] plain = new byte[length];
            random.nextBytes(plain);
            for (Derivation derivation : Derivation.values()) {
                byte[] sealed = cipher.seal(plain, new Secret("pässwörd"), derivation);
                assertThat(ProfileCipher.open(sealed, new Secret("pässwörd"), derivation))
                        .isEqualTo(plain);
            }
        }
    }

    @Test
    void a_wrong_key_is_always_noticed_even_where_the_padding_fits() {
        int fitting = 0;
        for (int i = 0; i < 2000; i++) {
            Secret wrong = new Secret("not this " + i);
            byte[] sealed = HEX.parseHex(i % 2 == 0 ? SEALED : SEALED_GZIP);
            try {
                ProfileCipher.open(sealed, wrong, Derivation.MD5);
                fitting++;
            } catch (UnreadableProfileException told) {
                assertThat(told).hasMessageContaining("another key").hasMessageContaining("-md md5");
            }
            assertThatThrownBy(() -> ProfilePacking.unpack(sealed, wrong, Derivation.MD5, LIMIT))
                    .isInstanceOf(UnreadableProfileException.class)
                    .hasMessageContaining("another key");
        }
        assertThat(fitting).as("wrong keys whose padding fits").isPositive();
    }

    @Test
    void what_was_encrypted_with_openssl_s_own_digest_is_recognised() throws Exception {
        byte[] sealed = cipher.seal(PLAIN, PASS, Derivation.SHA256);
        assertThatThrownBy(() -> ProfilePacking.unpack(sealed, PASS, Derivation.MD5, LIMIT))
                .hasMessage("it was encrypted with -md sha256 instead of -md md5, which no phone can decrypt");
        assertThat(ProfilePacking.unpack(sealed, PASS, Derivation.SHA256, LIMIT))
                .isEqualTo(PLAIN);
    }

    @Test
    void what_was_cut_off_is_told_so() {
        byte[] sealed = HEX.parseHex(SEALED);
        for (int length = 8; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> ProfilePacking.unpack(cut, PASS, Derivation.MD5, LIMIT))
                    .isInstanceOf(UnreadableProfileException.class)
                    .hasMessageContaining("cut off");
        }
        byte[] gzip = HEX.parseHex(GZIP);
        for (int length = 2; length < gzip.length; length++) {
            byte[] cut = Arrays.copyOf(gzip, length);
            assertThatThrownBy(() -> ProfilePacking.unpack(cut, LIMIT))
                    .isInstanceOf(UnreadableProfileException.class)
                    .hasMessageContaining("cut off");
        }
    }

    @Test
    void what_lacks_openssl_s_header_is_told_so() {
        byte[] bare = Arrays.copyOfRange(HEX.parseHex(SEALED), 16, 80);
        assertThatThrownBy(() -> ProfileCipher.open(bare, PASS, Derivation.MD5))
                .hasMessageContaining("does not begin with 'Salted__'")
                .hasMessageContaining("-S");
    }

    @Test
    void a_bomb_is_read_no_further_than_allowed() {
        byte[] bomb = ProfilePacking.compress(new byte[64 << 20]);
        byte[] sealed = cipher.seal(bomb, PASS, Derivation.MD5);
        assertThat(bomb.length).isLessThan(100_000);
        assertThatThrownBy(() -> ProfilePacking.unpack(bomb, LIMIT))
                .hasMessage("it is too large: more than 1048576 octets come out of the gzip file");
        assertThatThrownBy(() -> ProfilePacking.unpack(sealed, PASS, Derivation.MD5, LIMIT))
                .hasMessageContaining("too large");
    }

    @Test
    void broken_gzip_is_told_so() {
        byte[] broken = HEX.parseHex(GZIP);
        broken[broken.length - 6] ^= 1;
        assertThatThrownBy(() -> ProfilePacking.unpack(broken, LIMIT))
                .isInstanceOf(UnreadableProfileException.class)
                .hasMessageContaining("gzip file");
    }

    @Test
    void xml_is_recognised_behind_a_byte_order_mark_and_white_space() {
        assertThat(ProfilePacking.looksLikeXml("\ufeff \r\n\t<a/>".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(ProfilePacking.looksLikeXml("a<b/>".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(ProfilePacking.looksLikeXml(new byte[0])).isFalse();
    }
}
