package carillon.server.tls;

import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the Java runtime does TLS. To be called before anything else uses TLS: it is read once. */
public final class TlsRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(TlsRuntime.class);
    private static final List<String> VERSIONS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");
    private static final String DISABLED = "jdk.tls.disabledAlgorithms";

    private TlsRuntime() {}

    /**
     * X25519 first, which costs half of P-256, and sessions resumed from the cache, since with the runtime's tickets TLS 1.2
     * clients resume only every second time.
     */
    public static void prepare() {
        setUnlessGiven("jdk.tls.server.enableSessionTicketExtension", "false");
        setUnlessGiven("jdk.tls.namedGroups", "x25519, secp256r1, secp384r1, secp521r1, ffdhe2048, ffdhe3072");
    }

    /** Lets versions be spoken that the runtime has turned off. */
    public static void allow(String oldest) {
        if (!isOld(oldest)) {
            return;
        }
        LOG.warn("tls.oldest={}: versions of TLS are spoken that are not sound any more", oldest);
        List<String> allowed = List.of(versionsFrom(oldest));
        String disabled = String.valueOf(Security.getProperty(DISABLED));
        Security.setProperty(
                DISABLED,
                Arrays.stream(disabled.split(","))
                        .map(String::strip)
                        .filter(each -> !allowed.contains(each))
                        .collect(Collectors.joining(", ")));
    }

    /** This version and all later ones. */
    static String[] versionsFrom(String oldest) {
        return VERSIONS.subList(VERSIONS.indexOf(oldest), VERSIONS.size()).toArray(String[]::new);
    }

    /** Whether it is older than what is held to be sound. */
    static boolean isOld(String oldest) {
        return VERSIONS.indexOf(oldest) < VERSIONS.indexOf("TLSv1.2");
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
