package carillon.server.console;

import carillon.server.console.view.XmlLine;
import carillon.server.console.view.XmlLine.Kind;
import carillon.server.console.view.XmlLine.Piece;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays out XML for eyes: one element a line, indented. It does not judge: what is no XML is shown as it is, and nothing is
 * resolved or left out.
 */
final class PrettyXml {
    private static final int MOST_LINES = 5000;

    private PrettyXml() {}

    private enum Form {
        OPEN,
        CLOSE,
        ALONE,
        TEXT
    }

    private record Token(Form form, String text) {}

    /** The lines of a document; none for a blank one. */
    static List<XmlLine> lines(String xml) {
        List<Token> tokens = tokens(xml);
        List<XmlLine> lines = new ArrayList<>();
        int depth = 0;
        int i = 0;
        while (i < tokens.size()) {
            if (lines.size() == MOST_LINES) {
                lines.add(new XmlLine(0, List.of(new Piece(Kind.REMARK, "…"))));
                return lines;
            }
            Token token = tokens.get(i);
            int together = token.form() == Form.OPEN ? leaf(tokens, i) : 1;
            if (token.form() == Form.CLOSE) {
                depth = Math.max(0, depth - 1);
            }
            List<Piece> pieces = new ArrayList<>();
            tokens.subList(i, i + together).forEach(part -> pieces.addAll(pieces(part)));
            lines.add(new XmlLine(depth, pieces));
            if (token.form() == Form.OPEN && together == 1) {
                depth++;
            }
            i += together;
        }
        return lines;
    }

    /** How many tokens from here belong on one line: an element without elements in it. */
    private static int leaf(List<Token> tokens, int i) {
        int next = i + 1;
        if (next < tokens.size() && tokens.get(next).form() == Form.TEXT) {
            next++;
        }
        return next < tokens.size() && tokens.get(next).form() == Form.CLOSE ? next - i + 1 : 1;
    }

    private static List<Token> tokens(String xml) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < xml.length()) {
            int bracket = xml.indexOf('<', at);
            int end = bracket < 0 ? xml.length() : bracket;
            String text = xml.substring(at, end).strip();
            if (!text.isEmpty()) {
                tokens.add(new Token(Form.TEXT, text));
            }
            at = end;
            if (bracket >= 0) {
                String mark = mark(xml, bracket);
                tokens.add(new Token(form(mark), mark));
                at += mark.length();
            }
        }
        return tokens;
    }

    /** From here to the end of the mark, whichever kind it is. */
    private static String mark(String xml, int at) {
        String close = ">";
        if (xml.startsWith("<!--", at)) {
            close = "-->";
        } else if (xml.startsWith("<![CDATA[", at)) {
            close = "]]>";
        } else if (xml.startsWith("<?", at)) {
            close = "?>";
        }
        int end = xml.indexOf(close, at);
        return end < 0 ? xml.substring(at) : xml.substring(at, end + close.length());
    }

    private static Form form(String mark) {
        if (mark.startsWith("</")) {
            return Form.CLOSE;
        }
        boolean alone = mark.startsWith("<!") || mark.startsWith("<?") || mark.endsWith("/>") || !mark.endsWith(">");
        return alone ? Form.ALONE : Form.OPEN;
    }

    private static List<Piece> pieces(Token token) {
        String text = token.text();
        if (token.form() == Form.TEXT) {
            return List.of(new Piece(Kind.TEXT, text));
        }
        if (text.startsWith("<!") || text.startsWith("<?") || !text.endsWith(">")) {
            return List.of(new Piece(Kind.REMARK, text));
        }
        String opening = text.startsWith("</") ? "</" : "<";
        String closing = text.endsWith("/>") && text.length() >= opening.length() + 2 ? "/>" : ">";
        String inner = text.substring(opening.length(), Math.max(opening.length(), text.length() - closing.length()));
        int name = 0;
        while (name < inner.length() && !Character.isWhitespace(inner.charAt(name))) {
            name++;
        }
        List<Piece> pieces = new ArrayList<>();
        pieces.add(new Piece(Kind.MARK, opening));
        pieces.add(new Piece(Kind.NAME, inner.substring(0, name)));
        attributes(inner.substring(name), pieces);
        pieces.add(new Piece(Kind.MARK, closing));
        return pieces;
    }

    private static void attributes(String text, List<Piece> pieces) {
        int from = 0;
        while (from < text.length()) {
            int equals = text.indexOf('=', from);
            char quote = equals < 0 || equals + 1 >= text.length() ? ' ' : text.charAt(equals + 1);
            int end = quote == '"' || quote == '\'' ? text.indexOf(quote, equals + 2) : -1;
            if (end < 0) {
                break;
            }
            pieces.add(
                    new Piece(Kind.ATTRIBUTE, " " + text.substring(from, equals).strip() + "="));
            pieces.add(new Piece(Kind.QUOTED, text.substring(equals + 1, end + 1)));
            from = end + 1;
        }
        String rest = text.substring(from).stripTrailing();
        if (!rest.isEmpty()) {
            pieces.add(new Piece(Kind.ATTRIBUTE, rest));
        }
    }
}
