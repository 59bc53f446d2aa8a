package carillon.rpc.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Secret;
import carillon.cwmp.message.AcsRequest;
import carillon.rpc.enrol.TransferTokens;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Addresses of files: one for each RPC, and none that CWMP has no room for. */
class TransferAddressesTest {
    private static final TransferTokens TOKENS = new TransferTokens(new byte[32]);

    private static AcsRequest.Download download(String name) {
        return new AcsRequest.Download("K", "1 Firmware Upgrade Image", "", "", new Secret(""), 7, name, 0, "", "");
    }

    private static TransferAddresses at(String host) {
        return new TransferAddresses(TOKENS, tls -> tls ? Optional.empty() : Optional.of("http://" + host + ":8069"));
    }

    @Test
    void each_rpc_has_its_own_token_which_is_always_the_same() {
        assertThat(TOKENS.token("A")).isEqualTo(TOKENS.token("A")).isNotEqualTo(TOKENS.token("B"));
        assertThat(TOKENS.token("A").reveal()).matches("[0-9A-HJKMNP-TV-Z]{26}");
        assertThat(new TransferTokens(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}).token("A"))
                .isNotEqualTo(TOKENS.token("A"));
        assertThat(TransferTokens.hash(TOKENS.token("A"))).matches("[0-9a-f]{64}");
    }

    @Test
    @Tag("CWMP-169")
    void an_address_over_256_characters_is_told_and_not_sent() {
        TransferAddresses.Addressed fits = at("acs.test").addressed(download("a".repeat(100)), "A", false, false);
        assertThat(fits.request()).isPresent();
        TransferAddresses.Addressed tooLong =
                at("acs." + "x".repeat(120) + ".test").addressed(download("a".repeat(100)), "A", false, false);
        assertThat(tooLong.request()).isEmpty();
        assertThat(tooLong.obstacle()).contains("CWMP allows 256", "shorter name");
    }

    @Test
    void who_came_over_tls_gets_http_where_there_is_nothing_else_and_that_is_told() {
        TransferAddresses.Addressed plain = at("acs.test").addressed(download("a"), "A", true, false);
        assertThat(plain.tls()).isFalse();
        assertThat(plain.request()).isPresent();
        assertThat(TransferAddresses.none()
                        .addressed(download("a"), "A", true, false)
                        .obstacle())
                .contains("no listener for files");
    }
}
