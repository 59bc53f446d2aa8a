package carillon.cwmp;

import java.util.ArrayList;
import java.util.List;

/**
 * A list in the value of one parameter (TR-106, 3.2.3): items parted by commas, blanks around a comma without a meaning,
 * and a comma or blank of an item percent-encoded.
 */
public final class ValueList {
    private ValueList() {}

    /** The items; none of an empty text. */
    public static List<String> split(String text) {
        List<String> items = new ArrayList<>();
        if (!text.isBlank()) {
            for (String item : text.split(",", -1)) {
                items.add(decoded(item.strip()));
            }
        }
        return List.copyOf(items);
    }

    /** One text of the items, which {@link #split} takes apart again. */
    public static String join(List<String> items) {
        List<String> encoded = new ArrayList<>();
        for (String item : items) {
            encoded.add(item.replace("%", "%25")
                    .replace(",", "%2C")
                    .replace(" ", "%20")
                    .replace("\t", "%09")
                    .replace("\r", "%0D")
                    .replace("\n", "%0A"));
        }
        return String.join(",", encoded);
    }

    /** What is no encoding stays as it is: devices write a bare percent sign too. */
    private static String decoded(String item) {
        StringBuilder out = new StringBuilder(item.length());
        for (int i = 0; i < item.length(); i++) {
            int high = i + 2 < item.length() ? Character.digit(item.charAt(i + 1), 16) : -1;
            int low = i + 2 < item.length() ? Character.digit(item.charAt(i + 2), 16) : -1;
            if (item.charAt(i) == '%' && high >= 0 && low >= 0 && high < 8) {
                out.append((char) (high << 4 | low));
                i += 2;
            } else {
                out.append(item.charAt(i));
            }
        }
        return out.toString();
    }
}
