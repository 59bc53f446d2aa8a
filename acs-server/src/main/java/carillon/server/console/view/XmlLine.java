package carillon.server.console.view;

import java.util.List;

/**
 * One line of XML.
 *
 * @param depth how far it is indented
 */
public record XmlLine(int depth, List<Piece> pieces) {
    public XmlLine {
        pieces = List.copyOf(pieces);
    }

    /** Some characters that look alike. */
    public record Piece(Kind kind, String text) {}

    /** How characters look; the lower-case name is the style's class. */
    public enum Kind {
        MARK,
        NAME,
        ATTRIBUTE,
        QUOTED,
        TEXT,
        REMARK;

        /** The class of the style. */
        public String style() {
            return "x-" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Two blanks for each step. */
    public String indent() {
        return "  ".repeat(Math.min(depth, 40));
    }
}
