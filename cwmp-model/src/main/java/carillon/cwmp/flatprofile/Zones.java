package carillon.cwmp.flatprofile;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Time zones as TR-106 writes them (POSIX: {@code CET-1CEST,M3.5.0,M10.5.0/3}) and as the phones' key has them
 * ({@code GMT+01:00}). POSIX counts hours west of Greenwich, the key hours east.
 */
final class Zones {
    private static final Pattern KEY = Pattern.compile("GMT(?:([+-])(\\d{2}):(\\d{2}))?");
    private static final Pattern POSIX =
            Pattern.compile("(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)([+-]?)(\\d{1,2})(?::(\\d{2}))?(?::\\d{2})?(.*)");

    private Zones() {}

    static Translation toKey(String zone) {
        if (KEY.matcher(zone).matches()) {
            return Translation.of(zone);
        }
        Matcher posix = POSIX.matcher(zone);
        if (!posix.matches()) {
            return Translation.impossible("'" + zone + "' is no time zone in the form of POSIX, such as CET-1CEST");
        }
        int hours = Integer.parseInt(posix.group(2));
        int minutes = posix.group(3) == null ? 0 : Integer.parseInt(posix.group(3));
        if (hours == 0 && minutes == 0) {
            return Translation.of("GMT");
        }
        String sign = posix.group(1).equals("-") ? "+" : "-";
        return Translation.of(String.format(Locale.ROOT, "GMT%s%02d:%02d", sign, hours, minutes));
    }

    static Translation toPath(String key) {
        Matcher token = KEY.matcher(key);
        if (!token.matches()) {
            return Translation.impossible("'" + key + "' is no zone of the form GMT+01:00");
        }
        if (token.group(1) == null) {
            return Translation.of("GMT0");
        }
        String sign = token.group(1).equals("+") ? "-" : "";
        int hours = Integer.parseInt(token.group(2));
        String minutes = token.group(3).equals("00") ? "" : ":" + token.group(3);
        return Translation.of("GMT" + sign + hours + minutes);
    }
}
