package carillon.cwmp;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secrets within addresses: the user of {@code https://user:password@host/} and what a query or a fragment says. What a
 * query's names mean is the file server's affair, so all of its values are masked; its names stay.
 */
public final class SecretUrls {
    private static final Pattern ADDRESS =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{1,15}://)((?:(?!]]>)[^\\s<>\"'])++)");

    /** Authority, path, query, fragment (RFC 3986, appendix B). */
    private static final Pattern PARTS = Pattern.compile("([^/?#]*)([^?#]*)(\\?[^#]*)?(#.*)?");

    /** One part of a query, also of one that stands in XML. */
    private static final Pattern QUERY_PART = Pattern.compile("([^&;=]*)(=[^&;]*)?(&amp;|[&;]|$)");

    private static final Pattern PORT = Pattern.compile("(?:\\[[^]]*]|[^:]*)(?::\\d*)?");

    /** Names in queries that are for secrets, beside those that {@link SecretPaths} knows. */
    private static final Set<String> SECRET_NAMES = Set.of(
            "sig", "signature", "key", "auth", "authorization", "credential", "credentials", "pass", "pwd", "code");

    private SecretUrls() {}

    /** The text with what is secret in its addresses shown as {@code ***}. */
    public static String masked(String text) {
        if (!text.contains("://")) {
            return text;
        }
        Matcher found = ADDRESS.matcher(text);
        StringBuilder out = new StringBuilder(text.length());
        while (found.find()) {
            found.appendReplacement(out, Matcher.quoteReplacement(found.group(1) + rest(found.group(2))));
        }
        return found.appendTail(out).toString();
    }

    /** Whether the address surely holds a secret: a user's password, or a query's value whose name says so. */
    public static boolean holdsSecret(String url) {
        int scheme = url.indexOf("://");
        Matcher parts = PARTS.matcher(url.substring(scheme < 0 ? 0 : scheme + 3));
        if (!parts.matches()) {
            return false;
        }
        if (scheme >= 0 && afterUser(parts.group(1), parts.group(2)) > 0) {
            return true;
        }
        String query = parts.group(3) == null ? "" : parts.group(3).substring(1);
        for (String part : query.split("[&;]")) {
            int equals = part.indexOf('=');
            if (equals > 0 && equals < part.length() - 1 && isSecret(part.substring(0, equals))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSecret(String name) {
        String last = name.substring(name.lastIndexOf('-') + 1).toLowerCase(Locale.ROOT);
        return SecretPaths.isSecret(name) || SECRET_NAMES.contains(last);
    }

    private static String rest(String rest) {
        Matcher parts = PARTS.matcher(rest);
        if (!parts.matches()) {
            return SecretPaths.MASK;
        }
        String before = parts.group(1) + parts.group(2);
        int host = afterUser(parts.group(1), parts.group(2));
        return (host > 0 ? SecretPaths.MASK + "@" + before.substring(host) : before)
                + (parts.group(3) == null ? "" : "?" + query(parts.group(3).substring(1)))
                + (parts.group(4) == null ? "" : "#" + SecretPaths.MASK);
    }

    /** Where the host begins; 0 where there is no user before it. A password may hold a slash that nobody encoded. */
    private static int afterUser(String authority, String path) {
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            return at + 1;
        }
        return PORT.matcher(authority).matches() ? 0 : (authority + path).lastIndexOf('@') + 1;
    }

    private static String query(String query) {
        Matcher part = QUERY_PART.matcher(query);
        StringBuilder out = new StringBuilder();
        while (part.find()) {
            if (part.group(2) != null) {
                out.append(part.group(1)).append('=').append(SecretPaths.MASK);
            } else if (!part.group(1).isEmpty()) {
                out.append(SecretPaths.MASK);
            }
            out.append(part.group(3));
        }
        return out.toString();
    }
}
