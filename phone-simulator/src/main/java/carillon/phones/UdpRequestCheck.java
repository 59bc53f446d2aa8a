package carillon.phones;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a phone checks of a UDP connection request (TR-069 Amendment 6, G.2.2.3): who signed it, that it is newer than the
 * last one, and that it is no copy of it.
 *
 * @param stamp of the last one that was right
 * @param id of the last one that was right
 */
record UdpRequestCheck(long stamp, String id) {
    /** None has come yet. */
    static final UdpRequestCheck FIRST = new UdpRequestCheck(0, "");

    private static final Pattern LINE = Pattern.compile("GET http://[^/? ]+/?\\?([^ ]{1,1000}) HTTP/1\\.1\r?\n");

    /** What to compare the next one with; empty where this one is wrong, old or a copy. */
    Optional<UdpRequestCheck> accept(String request, String username, String password) {
        Matcher matcher = LINE.matcher(request);
        if (!matcher.lookingAt() || username.isEmpty() || password.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> fields = new HashMap<>();
        for (String field : matcher.group(1).split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), field.substring(equals + 1));
            }
        }
        String ts = fields.getOrDefault("ts", "");
        String number = fields.getOrDefault("id", "");
        String un = fields.getOrDefault("un", "");
        String text = ts + number + un + fields.getOrDefault("cn", "");
        boolean right = ts.matches("[0-9]{1,12}")
                && Long.parseLong(ts) > stamp
                && !number.equals(id)
                && un.equals(username)
                && signature(text, password).equalsIgnoreCase(fields.getOrDefault("sig", ""));
        return right ? Optional.of(new UdpRequestCheck(Long.parseLong(ts), number)) : Optional.empty();
    }

    private static String signature(String text, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java runtime has HmacSHA1", missing);
        }
    }
}
