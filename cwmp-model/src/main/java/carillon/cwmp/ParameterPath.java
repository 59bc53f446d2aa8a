package carillon.cwmp;

/**
 * A parameter name, or a partial path that ends in a dot and stands for all below it (TR-069 Amendment 6, A.2.3.1;
 * TR-106, 3.1). The empty path stands for the whole tree.
 *
 * @param text at most 256 characters, without control characters
 */
public record ParameterPath(String text) implements Comparable<ParameterPath> {
    public ParameterPath {
        if (text.length() > 256) {
            throw new IllegalArgumentException(
                    "the path starts with '" + text.substring(0, 40) + "' and is longer than 256 characters");
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ') {
                throw new IllegalArgumentException("the path '" + text + "' holds a blank or a control character");
            }
        }
    }

    /** Whether it ends in a dot (or is empty), and so names an object and all below it. */
    public boolean isPartial() {
        return text.isEmpty() || text.endsWith(".");
    }

    /** Whether the other path lies at or below this one. */
    public boolean contains(ParameterPath other) {
        return isPartial() ? other.text.startsWith(text) : text.equals(other.text);
    }

    /** The object that holds this one; the empty path for a root. An alias in brackets may hold dots (TR-069, A.2.2.2). */
    public ParameterPath parent() {
        int depth = 0;
        for (int i = text.length() - (text.endsWith(".") ? 2 : 1); i >= 0; i--) {
            char c = text.charAt(i);
            if (c == ']') {
                depth++;
            } else if (c == '[') {
                depth--;
            } else if (c == '.' && depth == 0) {
                return new ParameterPath(text.substring(0, i + 1));
            }
        }
        return new ParameterPath("");
    }

    @Override
    public int compareTo(ParameterPath other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
