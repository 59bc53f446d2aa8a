package carillon.server.connect;

import carillon.cwmp.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** What a phone without Digest asks for (CWMP-201): the password in clear. */
final class BasicChallenge {
    private BasicChallenge() {}

    /** Whether one of these headers begins with, or goes on to, a Basic challenge. */
    static boolean isAmong(List<String> headers) {
        return headers.stream().anyMatch(BasicChallenge::asks);
    }

    private static boolean asks(String header) {
        HeaderScanner scanner = new HeaderScanner(header);
        for (var name = scanner.name(); name.isPresent(); name = scanner.name()) {
            if (!scanner.equalsSign()) {
                if (name.get().equalsIgnoreCase("basic")) {
                    return true;
                }
            } else if (scanner.value().isEmpty()) {
                return false;
            }
        }
        return false;
    }

    /** The Authorization header. */
    static String answer(String username, Secret password) {
        String both = username + ":" + password.reveal();
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }
}
