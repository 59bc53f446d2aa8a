package carillon.server.console.view;

import carillon.server.operator.AuthorityActions.Status;
import carillon.server.tls.Fingerprint;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Certificates: what phones are shown, who makes it, and whose certificates count.
 *
 * @param bundle where phones fetch the authority
 */
public record CertificatesView(Status status, List<X509Certificate> roots, String bundle, Optional<String> trouble) {
    public CertificatesView {
        roots = List.copyOf(roots);
    }

    /** {@code own} or {@code operator}. */
    public String source() {
        return status.operators() ? "operator" : "own";
    }

    /** {@code settled}, {@code prepared} or {@code switched}. */
    public String phase() {
        return status.phase().name().toLowerCase(Locale.ROOT);
    }

    /** The steps that can be taken now. */
    public List<String> steps() {
        return switch (status.phase()) {
            case SETTLED -> List.of("prepare");
            case PREPARED -> List.of("switch", "abandon");
            case SWITCHED -> List.of("finish", "back");
        };
    }

    /** The authorities, the one that signs first. */
    public List<X509Certificate> authorities() {
        return status.other().isPresent()
                ? List.of(status.signing(), status.other().get())
                : List.of(status.signing());
    }

    /** A certificate's owner. */
    public static String owner(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    /** 64 hexadecimal digits. */
    public static String fingerprint(X509Certificate certificate) {
        return Fingerprint.of(certificate);
    }

    /** When it ends. */
    public static Optional<Instant> until(X509Certificate certificate) {
        return Optional.of(certificate.getNotAfter().toInstant());
    }
}
