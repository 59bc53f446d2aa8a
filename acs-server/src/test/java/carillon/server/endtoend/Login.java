package carillon.server.endtoend;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An Authorization header of a phone, made right and then, where a test wants it, spoilt. */
record Login(String user, String password, Map<String, String> parts) {
    static Login of(String user, String password) {
        return new Login(user, password, Map.of("uri", "/", "qop", "auth", "nc", "00000001", "cnonce", "0a4f113b"));
    }

    /** The same with another part; an empty one is left out. */
    Login with(String name, String value) {
        Map<String, String> next = new LinkedHashMap<>(parts);
        next.put(name, value);
        return new Login(user, password, next);
    }

    /** As clients answered before there was a qop. */
    Login oldStyle() {
        return with("qop", "").with("nc", "").with("cnonce", "");
    }

    /** The values of a Digest for this challenge, by name. */
    Map<String, String> values(String challenge) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("username", user);
        values.put("realm", part(challenge, "realm"));
        values.put("nonce", part(challenge, "nonce"));
        values.put("uri", get("uri"));
        String first = md5(user + ":" + values.get("realm") + ":" + password);
        if (get("algorithm").equalsIgnoreCase("MD5-sess")) {
            first = md5(first + ":" + values.get("nonce") + ":" + get("cnonce"));
        }
        String second = md5("POST:" + get("uri"));
        values.put(
                "response",
                get("qop").isEmpty()
                        ? md5(first + ":" + values.get("nonce") + ":" + second)
                        : md5(String.join(
                                ":", first, values.get("nonce"), get("nc"), get("cnonce"), get("qop"), second)));
        for (String name : new String[] {"qop", "nc", "cnonce", "algorithm"}) {
            if (!get(name).isEmpty()) {
                values.put(name, get(name));
            }
        }
        return values;
    }

    /** The header's line, in the usual writing. */
    String answers(String challenge) {
        StringBuilder line = new StringBuilder();
        values(challenge).forEach((name, value) -> line.append(line.isEmpty() ? "" : ", ")
                .append(name)
                .append(
                        name.equals("qop") || name.equals("nc") || name.equals("algorithm")
                                ? "=" + value
                                : "=\"" + value + '"'));
        return "Authorization: Digest " + line + "\r\n";
    }

    /** The header's line for Basic. */
    String basic() {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)) + "\r\n";
    }

    private String get(String name) {
        return parts.getOrDefault(name, "");
    }

    static String part(String challenge, String name) {
        Matcher found = Pattern.compile("(?:^|[ ,])" + name + "=\"([^\"]*)\"").matcher(challenge);
        return found.find() ? found.group(1) : "";
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
