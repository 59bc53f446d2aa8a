package carillon.cwmp.flatprofile;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a rule sends a phone.
 *
 * @param scheme {@code tftp} where none was written
 * @param host empty where the phone takes its provisioning server
 * @param port the scheme's own where none was written; 0 where the scheme has none
 * @param path begins with a slash, except that {@code gds://} has none
 */
public record RuleUrl(String scheme, String host, int port, String path) {
    /** A longer one has made firmware fail (CSCwd44995, CSCvi54746). */
    public static final int SAFE_LENGTH = 127;

    private static final String HOST = "\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9_.-]+";
    private static final Pattern TEXT =
            Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*)://)?(?:(" + HOST + ")(?::(\\d{1,5}))?)?(/.*)?");
    private static final int LAST_PORT = 65_535;

    /** Reads what stands in a rule after its macros were replaced; positions in messages begin at {@code start}. */
    static RuleUrl parse(String text, int start) throws RuleSyntaxException {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new RuleSyntaxException(
                    start, "'" + text + "' is no address; expected [scheme://][host[:port]]/path");
        }
        String scheme = Optional.ofNullable(parts.group(1)).orElse("tftp").toLowerCase(Locale.ROOT);
        if (usualPort(scheme) < 0) {
            throw new RuleSyntaxException(
                    start, "'" + scheme + "' is no scheme that phones know; expected tftp, http, https or gds");
        }
        String host = Optional.ofNullable(parts.group(2)).orElse("");
        String path = Optional.ofNullable(parts.group(4)).orElse("");
        if (path.isEmpty() && !scheme.equals("gds")) {
            throw new RuleSyntaxException(start + text.length(), "expected '/' and a path");
        }
        if (host.isEmpty() && parts.group(1) != null && !scheme.equals("gds")) {
            throw new RuleSyntaxException(start + scheme.length() + 3, "expected the name or address of a server");
        }
        int port = parts.group(3) == null ? usualPort(scheme) : Integer.parseInt(parts.group(3));
        if (parts.group(3) != null && (port == 0 || port > LAST_PORT)) {
            throw new RuleSyntaxException(start + parts.start(3), "port " + port + " is none; expected 1 to 65535");
        }
        return new RuleUrl(scheme, host, port, path);
    }

    private static int usualPort(String scheme) {
        return switch (scheme) {
            case "tftp" -> 69;
            case "http" -> 80;
            case "https" -> 443;
            case "gds" -> 0;
            default -> -1;
        };
    }

    /** The same with this server where none was written. */
    RuleUrl orAt(String server) {
        return host.isEmpty() && !scheme.equals("gds") ? new RuleUrl(scheme, server, port, path) : this;
    }

    @Override
    public String toString() {
        return scheme + "://" + host + (port == usualPort(scheme) ? "" : ":" + port) + path;
    }
}
