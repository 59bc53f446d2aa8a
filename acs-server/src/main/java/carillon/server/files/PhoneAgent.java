package carillon.server.files;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a phone's {@code User-Agent} says. Everybody can write it and an operator can change it, so it is a hint, good for
 * finding a phone and for nothing else.
 *
 * @param product such as {@code CP-8841-3PCC}
 * @param version of its firmware, as it writes it there
 * @param mac twelve lower-case hexadecimal digits, or empty
 * @param serial or empty
 */
public record PhoneAgent(String product, String version, String mac, String serial) {
    private static final int LONGEST = 300;
    private static final Pattern MULTIPLATFORM =
            Pattern.compile("Cisco-(CP-\\d{4}[A-Z]{0,3}-3PCC)/(\\S{1,60}) ?\\(([0-9A-Za-z]{1,32})\\)");
    private static final Pattern ADAPTER = Pattern.compile("Cisco/(ATA\\d{3})-MPP-(\\S{1,60}?) ?\\((\\w{1,32})\\)");
    private static final Pattern OLDER =
            Pattern.compile("(?:Cisco|Linksys)/(SPA-?\\d{3}\\w{0,3}|PAP\\w{1,4})-(\\S{1,60})"
                    + " (?:\\(([0-9A-Fa-f]{12})\\))?(?:\\((\\w{1,32})\\))?");
    private static final Pattern MAC = Pattern.compile("[0-9A-Fa-f]{12}");

    /** What it says, where it is one of Cisco's forms. */
    public static Optional<PhoneAgent> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher multiplatform = MULTIPLATFORM.matcher(text);
        if (multiplatform.matches()) {
            return Optional.of(of(multiplatform.group(1), multiplatform.group(2), multiplatform.group(3)));
        }
        Matcher adapter = ADAPTER.matcher(text);
        if (adapter.matches()) {
            return Optional.of(of(adapter.group(1), adapter.group(2), adapter.group(3)));
        }
        Matcher older = OLDER.matcher(text);
        if (older.matches()) {
            return Optional.of(new PhoneAgent(
                    older.group(1),
                    older.group(2),
                    lower(older.group(3)),
                    Optional.ofNullable(older.group(4)).orElse("")));
        }
        return Optional.empty();
    }

    /** The guides say that the parentheses hold a serial number; real phones put their MAC address there. */
    private static PhoneAgent of(String product, String version, String identity) {
        boolean mac = MAC.matcher(identity).matches();
        return new PhoneAgent(product, version, mac ? lower(identity) : "", mac ? "" : identity);
    }

    private static String lower(@org.jspecify.annotations.Nullable String mac) {
        return mac == null ? "" : mac.toLowerCase(Locale.ROOT);
    }
}
