package carillon.db;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** The words a device is found by: lower case; a MAC, in whatever writing, is its twelve digits. */
final class SearchTokens {
    private static final int LONGEST = 128;
    private static final int MOST = 60;

    private SearchTokens() {}

    static Set<String> of(Device device) {
        Set<String> tokens = new LinkedHashSet<>();
        add(tokens, device.id().serial());
        add(tokens, device.id().productClass());
        add(tokens, device.id().oui());
        add(tokens, device.reported().mac());
        add(tokens, device.reported().ipAddress());
        add(tokens, device.site());
        for (String word : device.label().split("[\\s,;]+")) {
            add(tokens, word);
        }
        device.tags().forEach(tag -> add(tokens, tag));
        return tokens;
    }

    /** The words of a search; all must be found. */
    static Set<String> ofQuery(String text) {
        Set<String> tokens = new LinkedHashSet<>();
        for (String word : text.strip().split("\\s+")) {
            String digits = word.replaceAll("[:.\\-]", "");
            boolean mac = word.matches("(?i)[0-9a-f]{2}([:\\-][0-9a-f]{0,2}){1,5}|([0-9a-f]{4}\\.){1,2}[0-9a-f]{0,4}");
            add(tokens, mac ? digits : word);
        }
        return tokens;
    }

    private static void add(Set<String> tokens, String word) {
        String token = word.toLowerCase(Locale.ROOT);
        if (!token.isEmpty() && tokens.size() < MOST) {
            tokens.add(token.length() > LONGEST ? token.substring(0, LONGEST) : token);
        }
    }
}
