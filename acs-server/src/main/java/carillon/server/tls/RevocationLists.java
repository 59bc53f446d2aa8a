package carillon.server.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists of certificates that their authorities have revoked, as the operator gave them (PEM or DER). One whose time is over
 * is used all the same: what is revoked stays so. An authority without a list has revoked nothing.
 */
record RevocationLists(List<X509CRL> all) {
    static final RevocationLists NONE = new RevocationLists(List.of());

    private static final Logger LOG = LoggerFactory.getLogger(RevocationLists.class);
    private static final int MOST = 100;
    private static final long LONGEST = 64L << 20;

    RevocationLists {
        all = List.copyOf(all);
    }

    /** Those in these files; one that cannot be read is left out. */
    static RevocationLists read(List<Path> files, Instant now) {
        List<X509CRL> lists = new ArrayList<>();
        for (Path file : files) {
            try {
                if (Files.size(file) > LONGEST) {
                    throw new IOException("it has more than " + LONGEST + " octets");
                }
                for (CRL list : read(file)) {
                    if (lists.size() < MOST && list instanceof X509CRL one) {
                        lists.add(one);
                        tellIfOver(file, one, now);
                    }
                }
            } catch (IOException | GeneralSecurityException broken) {
                LOG.warn("the revocation list {} is left out: {}", file, broken.toString());
            }
        }
        return new RevocationLists(lists);
    }

    private static Iterable<? extends CRL> read(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCRLs(in);
        }
    }

    private static void tellIfOver(Path file, X509CRL list, Instant now) {
        if (list.getNextUpdate() != null && list.getNextUpdate().toInstant().isBefore(now)) {
            LOG.warn(
                    "the revocation list {} should have been replaced by {}; it is used until it is",
                    file,
                    list.getNextUpdate().toInstant());
        }
    }

    /** Why a certificate that this authority signed does not count any more; empty if it does. */
    String revocation(X509Certificate certificate, X509Certificate issuer) {
        for (X509CRL list : all) {
            if (list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())) {
                X509CRLEntry entry = list.getRevokedCertificate(certificate);
                if (entry != null && isSigned(list, issuer)) {
                    return "it was revoked at " + entry.getRevocationDate().toInstant();
                }
            }
        }
        return "";
    }

    private static boolean isSigned(X509CRL list, X509Certificate issuer) {
        try {
            list.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException foreign) {
            return false;
        }
    }
}
