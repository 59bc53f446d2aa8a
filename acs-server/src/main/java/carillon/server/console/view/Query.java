package carillon.server.console.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Texts within the query of a link. */
public final class Query {
    private Query() {}

    /** The text as it stands behind a {@code =}. */
    public static String of(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
