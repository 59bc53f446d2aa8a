package carillon.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.server.tls.CertificateAuthority.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    @TempDir
    Path directory;

    @Test
    void the_root_lasts_ten_years_and_is_found_again() {
        X509Certificate root =
                OwnAuthorities.open(directory, CLOCK).state().signing().root();
        assertThat(root.getBasicConstraints()).isZero();
        assertThat(root.getNotAfter().toInstant()).isAfter(NOW.plus(Duration.ofDays(3650)));
        assertThat(OwnAuthorities.open(directory, CLOCK).state().signing().root())
                .isEqualTo(root);
    }

    @Test
    void keys_are_their_owners_alone() throws Exception {
        TestKeyStores.of(directory, List.of("acs.example.org"), CLOCK);
        for (String name : List.of("ca-1.key", "server.key")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(Files.readString(directory.resolve("ca.pem"))).startsWith("-----BEGIN CERTIFICATE-----");
    }

    @Test
    @Tag("CWMP-039")
    void a_server_certificate_names_every_name_and_address() throws Exception {
        CertificateAuthority authority =
                OwnAuthorities.open(directory, CLOCK).state().signing();
        Identity identity = authority.issue(List.of("acs.example.org", "192.0.2.1", "2001:db8::1"));
        X509Certificate own = identity.chain().get(0);
        own.verify(authority.root().getPublicKey());
        assertThat(own.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(own.getSubjectAlternativeNames())
                .extracting(entry -> String.valueOf(entry.get(1)))
                .containsExactly("acs.example.org", "192.0.2.1", "2001:db8:0:0:0:0:0:1");
    }

    @Test
    void the_certificate_is_kept_until_a_name_is_missing_or_its_end_is_near() throws Exception {
        X509Certificate first = served(List.of("acs.example.org"), NOW);
        assertThat(served(List.of("acs.example.org"), NOW.plus(Duration.ofDays(600))))
                .isEqualTo(first);
        X509Certificate second = served(List.of("acs.example.org", "192.0.2.1"), NOW);
        assertThat(second).isNotEqualTo(first);
        X509Certificate third = served(List.of("192.0.2.1"), NOW.plus(Duration.ofDays(700)));
        assertThat(third).isNotEqualTo(second);
    }

    @Test
    void a_key_that_is_not_the_certificates_is_replaced() throws Exception {
        X509Certificate first = served(List.of("localhost"), NOW);
        CertificateAuthority authority =
                OwnAuthorities.open(directory, CLOCK).state().signing();
        PemFiles.writeKey(
                directory.resolve("server.key"),
                authority.issue(List.of("other")).key());
        assertThat(served(List.of("localhost"), NOW)).isNotEqualTo(first);
    }

    private X509Certificate served(List<String> names, Instant at) throws Exception {
        InstantSource clock = InstantSource.fixed(at);
        TestKeyStores.of(directory, names, clock);
        return PemFiles.readCertificates(directory.resolve("server.pem")).get(0);
    }
}
