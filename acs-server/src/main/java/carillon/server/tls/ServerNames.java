package carillon.server.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The names and addresses that a server's certificate is good for. */
public final class ServerNames {
    private ServerNames() {}

    /** Names in lower case, addresses in the one writing that they are compared in. */
    public static Set<String> of(X509Certificate certificate) {
        Set<String> found = new LinkedHashSet<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> entry : all == null ? List.<List<?>>of() : all) {
                String name = String.valueOf(entry.get(1)).toLowerCase(Locale.ROOT);
                found.add(CertificateAuthority.isAddress(name) ? address(name) : name);
            }
        } catch (CertificateParsingException odd) {
            return Set.of();
        }
        return found;
    }

    /** Whether a client that calls this host would be content, wildcards included. */
    public static boolean hold(X509Certificate certificate, String host) {
        String wanted = LocalNames.text(host);
        int dot = wanted.indexOf('.');
        Set<String> names = of(certificate);
        return names.contains(wanted)
                || dot > 0 && !CertificateAuthority.isAddress(wanted) && names.contains("*" + wanted.substring(dot));
    }

    private static String address(String text) {
        try {
            return CertificateAuthority.canonical(InetAddress.getByName(text));
        } catch (UnknownHostException notAnAddress) {
            return text;
        }
    }
}
