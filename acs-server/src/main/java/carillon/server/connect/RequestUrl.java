package carillon.server.connect;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A ConnectionRequestURL, taken apart and not changed (CWMP-198).
 *
 * @param authority as it was written, for the Host header
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param target path and query as they were written, {@code /} where there are none
 * @param tls whether it is one of https
 */
record RequestUrl(String authority, String host, int port, String target, boolean tls) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final Pattern SHAPE = Pattern.compile(
            "([A-Za-z][A-Za-z0-9+.-]*)://(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._-]{1,253})(?::([0-9]{1,5}))?([/?][!-~]*)?");

    /** Throws {@link IllegalArgumentException} with a sentence where there is nothing to dial. */
    static RequestUrl parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the phone has reported no ConnectionRequestURL");
        }
        Matcher matcher = SHAPE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the ConnectionRequestURL that the phone reported cannot be dialled");
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("the phone reported a ConnectionRequestURL with '" + matcher.group(1)
                    + "'; connection requests go over http and https alone");
        }
        boolean tls = scheme.equals("https");
        String host = matcher.group(2);
        int port = matcher.group(3) == null ? (tls ? HTTPS_PORT : HTTP_PORT) : Integer.parseInt(matcher.group(3));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the phone reported a ConnectionRequestURL with port " + port);
        }
        return new RequestUrl(
                matcher.group(3) == null ? host : host + ":" + matcher.group(3),
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                port,
                target(matcher.group(4)),
                tls);
    }

    private static String target(@Nullable String written) {
        if (written == null) {
            return "/";
        }
        int fragment = written.indexOf('#');
        String target = fragment < 0 ? written : written.substring(0, fragment);
        return target.startsWith("/") ? target : "/" + target;
    }
}
