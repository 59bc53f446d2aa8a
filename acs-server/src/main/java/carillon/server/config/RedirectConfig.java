package carillon.server.config;

import java.net.URI;
import java.util.Optional;

/**
 * Whether phones that begin a session are sent to another server for it (CWMP-027).
 *
 * @param url where to; empty where sessions are held here
 * @param status 302 or 307
 */
public record RedirectConfig(Optional<URI> url, int status) {

    public static RedirectConfig from(ConfigReader reader) {
        Optional<URI> url = reader
                .list(
                        "cwmp.redirect.url",
                        "",
                        "Where phones are sent for the session that they begin, as http:// or https:// URL of another"
                                + " server; empty to hold sessions here.",
                        RedirectConfig::address)
                .stream()
                .findFirst();
        int status = reader.number(
                "cwmp.redirect.status", 307, 302, 307, "The status they are sent there with, 302 or 307.");
        if (status != 302 && status != 307) {
            reader.problem("cwmp.redirect.status is " + status + "; phones know 302 and 307 alone");
        }
        return new RedirectConfig(url, status);
    }

    private static URI address(String text) {
        URI url = URI.create(text);
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null || url.getRawUserInfo() != null || text.length() > 256) {
            throw new IllegalArgumentException(
                    "must be a URL that begins with http:// or https://, without a user name, of 256 characters at most");
        }
        return url;
    }
}
