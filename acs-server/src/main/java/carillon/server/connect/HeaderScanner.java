package carillon.server.connect;

import java.util.Optional;

/** Takes a WWW-Authenticate header apart, token by token; the texts are hostile, so it is a plain walk. */
final class HeaderScanner {
    private final String text;
    private int at;

    HeaderScanner(String text) {
        this.text = text;
    }

    /** The next scheme or parameter name; empty at the end, or where none stands. */
    Optional<String> name() {
        skip(" \t,");
        String name = token();
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    /** Whether an equals sign follows, which is taken. */
    boolean equalsSign() {
        skip(" \t");
        boolean found = at < text.length() && text.charAt(at) == '=';
        at += found ? 1 : 0;
        return found;
    }

    /** A value, quoted or not; empty where a quoted one never ends. */
    Optional<String> value() {
        skip(" \t");
        return at < text.length() && text.charAt(at) == '"' ? quoted() : Optional.of(token());
    }

    private Optional<String> quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return Optional.of(value.toString());
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        return Optional.empty();
    }

    private String token() {
        int start = at;
        while (at < text.length() && " \t,=\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skip(String blanks) {
        while (at < text.length() && blanks.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
