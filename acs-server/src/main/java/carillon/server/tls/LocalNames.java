package carillon.server.tls;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** By which names and addresses this machine is called. */
public final class LocalNames {
    private LocalNames() {}

    /** The public host first, then the machine's name, {@code localhost}, and every address it has. */
    public static List<String> of(String publicHost) {
        Set<String> names = new LinkedHashSet<>();
        names.add(text(publicHost));
        names.add(text(hostName()));
        names.add("localhost");
        names.add("127.0.0.1");
        names.add("0:0:0:0:0:0:0:1");
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress())
                    .map(CertificateAuthority::canonical)
                    .sorted()
                    .forEach(names::add);
        } catch (SocketException unknown) {
            // then the names must do
        }
        return List.copyOf(names);
    }

    /** The setting, or the machine's own name where it is empty. */
    public static String publicHost(String setting) {
        return setting.isEmpty() ? hostName() : setting;
    }

    static String text(String name) {
        if (!CertificateAuthority.isAddress(name)) {
            return name.toLowerCase(Locale.ROOT);
        }
        try {
            return CertificateAuthority.canonical(InetAddress.getByName(name));
        } catch (UnknownHostException notAnAddress) {
            return name.toLowerCase(Locale.ROOT);
        }
    }

    private static String hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.matches("[A-Za-z0-9.-]+|[0-9a-fA-F:]+") ? name : "localhost";
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
