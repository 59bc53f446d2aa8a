package carillon.cwmp.flatprofile;

import java.util.regex.Pattern;

/** The small languages that values are written in: cadences, tones, dial plans, functions of keys. */
final class Scripts {
    private static final int MOST_PARTS = 6;
    private static final String TIME = "(\\*|\\d{1,5}(\\.\\d{1,3})?|\\.\\d{1,3})";
    private static final String PAIR = TIME + "/" + TIME;
    private static final Pattern CADENCE_SECTION = Pattern.compile(TIME + "\\(" + PAIR + "(," + PAIR + "){0,5}\\)");
    private static final Pattern FREQUENCY = Pattern.compile("\\d{1,5}@-?\\d{1,3}(\\.\\d)?");
    private static final String BEAT = PAIR + "/\\d(\\+\\d){0,5}";
    private static final Pattern TONE_SECTION = Pattern.compile(TIME + "\\(" + BEAT + "(," + BEAT + "){0,5}\\)");
    private static final Pattern FUNCTION_PART = Pattern.compile("[A-Za-z][A-Za-z0-9_]*=[^;]*");
    private static final Pattern FUNCTIONS = Pattern.compile("fnc=[A-Za-z0-9_-]+(\\+[A-Za-z0-9_-]+)*");

    private Scripts() {}

    /** {@code Section [ ";" Section ]}, each {@code total(on/off[,on/off…])} with one to six pairs. */
    static boolean isCadence(String value) {
        String[] sections = value.split(";", -1);
        if (sections.length > 2) {
            return false;
        }
        for (String section : sections) {
            if (!CADENCE_SECTION.matcher(section.strip()).matches()) {
                return false;
            }
        }
        return true;
    }

    /** One to six components, in Hz at a level in dBm. */
    static boolean isFrequencies(String value) {
        String[] parts = value.split(",", -1);
        if (parts.length > MOST_PARTS) {
            return false;
        }
        for (String part : parts) {
            if (!FREQUENCY.matcher(part.strip()).matches()) {
                return false;
            }
        }
        return true;
    }

    /** Frequencies and one or two sections that say which of them sound for how long; 0 is silence. */
    static boolean isTone(String value) {
        String[] parts = value.split(";", -1);
        if (parts.length < 2 || parts.length > 3 || !isFrequencies(parts[0])) {
            return false;
        }
        int frequencies = parts[0].split(",", -1).length;
        for (int i = 1; i < parts.length; i++) {
            String section = parts[i].strip();
            if (!TONE_SECTION.matcher(section).matches() || !soundsOnly(section, frequencies)) {
                return false;
            }
        }
        return true;
    }

    /** Brackets that close, and one plan in parentheses. */
    static boolean isDialPlan(String value) {
        String plan = value.strip();
        if (!plan.startsWith("(") || !plan.endsWith(")")) {
            return false;
        }
        StringBuilder open = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < plan.length(); i++) {
            char c = plan.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && "([<".indexOf(c) >= 0) {
                open.append(c);
            } else if (!quoted && ")]>".indexOf(c) >= 0) {
                int last = open.length() - 1;
                if (last < 0 || "([<".indexOf(open.charAt(last)) != ")]>".indexOf(c)) {
                    return false;
                }
                open.setLength(last);
            }
        }
        return open.isEmpty() && !quoted;
    }

    /** {@code fnc=…} and more of the form {@code name=value}, with semicolons between them. */
    static boolean isKeyFunction(String value) {
        boolean functions = false;
        for (String part : value.split(";", -1)) {
            String text = part.strip();
            if (text.isEmpty()) {
                continue;
            }
            if (!FUNCTION_PART.matcher(text).matches()) {
                return false;
            }
            if (text.startsWith("fnc=")) {
                if (functions || !FUNCTIONS.matcher(text).matches()) {
                    return false;
                }
                functions = true;
            }
        }
        return functions;
    }

    private static boolean soundsOnly(String section, int frequencies) {
        String inside = section.substring(section.indexOf('(') + 1, section.length() - 1);
        for (String beat : inside.split(",", -1)) {
            for (String index : beat.substring(beat.lastIndexOf('/') + 1).split("\\+", -1)) {
                if (Integer.parseInt(index) > frequencies) {
                    return false;
                }
            }
        }
        return true;
    }
}
