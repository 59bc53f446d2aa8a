package carillon.server.tls;

import carillon.rpc.enrol.CertificateNames;
import java.util.Optional;

/**
 * A certificate that a client has shown, as it was judged.
 *
 * @param subject as text, for people
 * @param distrust why it counts for nothing; empty where it counts
 * @param device the device that it names; empty where it names none, or counts for nothing
 */
public record ClientCertificate(String subject, String distrust, Optional<CertificateNames.Named> device) {
    /** Whether it lies under a trusted root. */
    public boolean counts() {
        return distrust.isEmpty();
    }
}
