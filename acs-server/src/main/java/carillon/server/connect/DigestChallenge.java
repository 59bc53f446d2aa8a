package carillon.server.connect;

import carillon.cwmp.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Digest challenge of a phone and the answer to it (RFC 2617; MD5 and MD5-sess): only what the challenge asks for is
 * answered, since phones refuse more (CWMP-200). Texts are of one octet a character, so a realm goes back as it came.
 */
record DigestChallenge(Map<String, String> parameters) {
    DigestChallenge {
        parameters = Map.copyOf(parameters);
    }

    /** The first of these that can be answered. */
    static Optional<DigestChallenge> choose(List<String> headers) {
        return headers.stream()
                .flatMap(header -> parse(header).stream())
                .filter(DigestChallenge::canBeAnswered)
                .findFirst();
    }

    /** All Digest challenges of one header, which may hold those of other schemes as well; ends at what is no syntax. */
    private static List<DigestChallenge> parse(String header) {
        List<DigestChallenge> found = new ArrayList<>();
        Map<String, String> parameters = new HashMap<>();
        boolean digest = false;
        HeaderScanner scanner = new HeaderScanner(header);
        for (Optional<String> name = scanner.name(); name.isPresent(); name = scanner.name()) {
            String lower = name.get().toLowerCase(Locale.ROOT);
            if (scanner.equalsSign()) {
                Optional<String> value = scanner.value();
                if (value.isEmpty()) {
                    break;
                }
                parameters.putIfAbsent(lower, value.get());
            } else {
                if (digest) {
                    found.add(new DigestChallenge(parameters));
                }
                digest = lower.equals("digest");
                parameters.clear();
            }
        }
        if (digest) {
            found.add(new DigestChallenge(parameters));
        }
        return found;
    }

    private boolean canBeAnswered() {
        return !get("nonce").isEmpty()
                && Set.of("", "md5", "md5-sess").contains(get("algorithm").toLowerCase(Locale.ROOT))
                && (get("qop").isBlank() || !qop().isEmpty());
    }

    /** Whether the phone says that the proof was right but its nonce too old. */
    boolean stale() {
        return get("stale").equalsIgnoreCase("true");
    }

    /** The Authorization header for a GET without a body. */
    String answer(String username, Secret password, String uri, String cnonce) {
        String qop = qop();
        boolean session = get("algorithm").equalsIgnoreCase("md5-sess");
        String first = md5(username + ":" + get("realm") + ":" + password.reveal());
        if (session) {
            first = md5(first + ":" + get("nonce") + ":" + cnonce);
        }
        String second = md5("GET:" + uri + (qop.equals("auth-int") ? ":" + md5("") : ""));
        String middle = qop.isEmpty() ? get("nonce") : get("nonce") + ":00000001:" + cnonce + ":" + qop;
        StringBuilder answer = new StringBuilder("Digest username=\"" + escaped(username) + "\", realm=\""
                + escaped(get("realm")) + "\", nonce=\"" + escaped(get("nonce")) + "\", uri=\"" + escaped(uri)
                + "\", response=\"" + md5(first + ":" + middle + ":" + second) + '"');
        if (parameters.containsKey("algorithm")) {
            answer.append(", algorithm=").append(session ? "MD5-sess" : "MD5");
        }
        if (parameters.containsKey("opaque")) {
            answer.append(", opaque=\"").append(escaped(get("opaque"))).append('"');
        }
        if (!qop.isEmpty()) {
            answer.append(", qop=").append(qop).append(", nc=00000001");
        }
        if (!qop.isEmpty() || session) {
            answer.append(", cnonce=\"").append(cnonce).append('"');
        }
        return answer.toString();
    }

    /** The best of those offered, empty where none is. */
    private String qop() {
        List<String> offered =
                List.of(get("qop").toLowerCase(Locale.ROOT).strip().split("[\\s,]+"));
        if (offered.contains("auth")) {
            return "auth";
        }
        return offered.contains("auth-int") ? "auth-int" : "";
    }

    private String get(String name) {
        return parameters.getOrDefault(name, "");
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("a JDK without MD5", impossible);
        }
    }
}
