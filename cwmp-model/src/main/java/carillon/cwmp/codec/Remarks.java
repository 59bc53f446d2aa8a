package carillon.cwmp.codec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What had to be tolerated while one envelope was read: each thing once, and no more lines than a log can bear. */
final class Remarks {
    private static final int MOST = 20;
    private static final int LONGEST = 200;

    private final Set<String> lines = new LinkedHashSet<>(0);
    private boolean cut;

    void add(String line) {
        if (lines.size() < MOST) {
            lines.add(printable(line));
        } else {
            cut = true;
        }
    }

    List<String> list() {
        if (lines.isEmpty()) {
            return List.of();
        }
        List<String> all = new ArrayList<>(lines);
        if (cut) {
            all.add("further remarks are left out");
        }
        return all;
    }

    /** One line, bounded, that cannot break a log: what a device sent may be quoted in it. */
    static String printable(String text) {
        String line = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        StringBuilder clean = null;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
                if (clean == null) {
                    clean = new StringBuilder(line);
                }
                clean.setCharAt(i, '?');
            }
        }
        return clean == null ? line : clean.toString();
    }
}
