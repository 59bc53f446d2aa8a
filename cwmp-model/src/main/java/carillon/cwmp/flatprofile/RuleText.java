package carillon.cwmp.flatprofile;

import carillon.cwmp.flatprofile.RuleAlternative.Part;

/** A rule and how far it has been read. White space between words does not count. */
final class RuleText {
    private static final char END = '\0';

    private final String text;
    private int at;
    private boolean quoted;

    RuleText(String text) {
        this.text = text;
    }

    int position() {
        return at;
    }

    void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    boolean atEnd() {
        skipSpace();
        return at >= text.length();
    }

    /** The next character that is no white space. */
    char peek() {
        skipSpace();
        return at < text.length() ? text.charAt(at) : END;
    }

    boolean take(String symbol) {
        skipSpace();
        if (!text.startsWith(symbol, at)) {
            return false;
        }
        at += symbol.length();
        return true;
    }

    /** A word of letters, which no letter or digit follows. */
    boolean takeWord(String word) {
        skipSpace();
        int end = at + word.length();
        boolean ends = end >= text.length() || !Character.isLetterOrDigit(text.charAt(end));
        if (!text.startsWith(word, at) || !ends) {
            return false;
        }
        at = end;
        return true;
    }

    void require(String symbol, String expectation) throws RuleSyntaxException {
        if (!take(symbol)) {
            throw expected(expectation);
        }
    }

    RuleSyntaxException expected(String expectation) {
        skipSpace();
        String found = at >= text.length() ? "the rule ends here" : "found '" + text.charAt(at) + "'";
        return new RuleSyntaxException(at, "expected " + expectation + "; " + found);
    }

    /** What stands between quotation marks. */
    Part quoted() throws RuleSyntaxException {
        int start = at + 1;
        int end = text.indexOf('"', start);
        if (end < 0) {
            throw new RuleSyntaxException(at, "this quotation mark has no second one");
        }
        at = end + 1;
        quoted = true;
        return new Part(text.substring(start, end), start);
    }

    /** Whether the part read last stood between quotation marks. */
    boolean wasQuoted() {
        return quoted;
    }

    /** What stands before white space or one of these. */
    Part word(String ends) {
        skipSpace();
        quoted = false;
        int start = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return new Part(text.substring(start, at), start);
    }

    /** A word within a condition; the parentheses of a macro belong to it. */
    Part operandWord() {
        skipSpace();
        int start = at;
        if (text.startsWith("$(", at)) {
            int close = text.indexOf(')', at);
            at = close < 0 ? text.length() : close + 1;
        } else {
            word("=!<>()\";|?");
        }
        return new Part(text.substring(start, at), start);
    }

    /** Whether a group in parentheses stands here and this mark behind it. */
    boolean groupEndsWith(char mark) throws RuleSyntaxException {
        if (peek() != '(') {
            return false;
        }
        int close = close();
        int behind = close + 1;
        while (behind < text.length() && Character.isWhitespace(text.charAt(behind))) {
            behind++;
        }
        char found = behind < text.length() ? text.charAt(behind) : END;
        if (found != '?' && found != '!') {
            throw new RuleSyntaxException(
                    behind,
                    "expected '?' after a condition or '!' after assignments; "
                            + (found == END ? "the rule ends here" : "found '" + found + "'"));
        }
        return found == mark;
    }

    private int close() throws RuleSyntaxException {
        boolean inQuotes = false;
        boolean inMacro = false;
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                inQuotes = !inQuotes;
            } else if (!inQuotes && c == '$' && text.startsWith("$(", i)) {
                inMacro = true;
            } else if (!inQuotes && c == ')' && inMacro) {
                inMacro = false;
            } else if (!inQuotes && c == ')') {
                return i;
            }
        }
        throw new RuleSyntaxException(
                at, inQuotes ? "a quotation mark in this group has no second one" : "this '(' has no ')'");
    }
}
