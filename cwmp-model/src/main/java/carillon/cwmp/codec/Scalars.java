package carillon.cwmp.codec;

/** Numbers, booleans and names as devices write them. Nothing here fails: what cannot be read becomes 0 or false. */
final class Scalars {
    private Scalars() {}

    /** A count; 0 with a remark where the text is none, the nearest unsignedInt where it is too large. */
    static long unsigned(String text, String place, Remarks remarks) {
        String digits = text.strip();
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                remarks.add(place + " '" + digits + "' is no number and was taken as 0");
                return 0;
            }
            value = Math.min(value * 10 + (c - '0'), 0xffff_ffffL);
        }
        if (digits.isEmpty()) {
            remarks.add(place + " is empty or missing and was taken as 0");
        }
        return value;
    }

    /** A number that may be negative. */
    static int signed(String text, String place, Remarks remarks) {
        String digits = text.strip();
        if (digits.startsWith("-")) {
            return -(int) Math.min(Integer.MAX_VALUE, unsigned(digits.substring(1), place, remarks));
        }
        return (int) Math.min(Integer.MAX_VALUE, unsigned(digits, place, remarks));
    }

    /** A boolean in any of its spellings; other numbers than 0 count as true, other texts as false. */
    static boolean flag(String text, String place, Remarks remarks) {
        String word = text.strip();
        if (word.equals("0") || word.equalsIgnoreCase("false")) {
            return false;
        }
        if (word.equals("1") || word.equalsIgnoreCase("true")) {
            return true;
        }
        boolean number = !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean value = number && word.chars().anyMatch(c -> c != '0');
        remarks.add(place + " '" + word + "' is no boolean and was taken as " + value);
        return value;
    }

    /** Whether something may be written: only what says so may (CWMP-142). */
    static boolean writable(String text, Remarks remarks) {
        String word = text.strip();
        boolean value = word.equals("1") || word.equalsIgnoreCase("true");
        if (!value && !word.equals("0") && !word.equalsIgnoreCase("false")) {
            remarks.add("Writable '" + word + "' is no boolean and was taken as false");
        }
        return value;
    }

    /** The number at the start of a FaultCode; 0 where there is none. */
    static int faultCode(String text, Remarks remarks) {
        String word = text.strip();
        int end = 0;
        while (end < word.length() && end < 9 && word.charAt(end) >= '0' && word.charAt(end) <= '9') {
            end++;
        }
        if (end == 0 || end < word.length()) {
            remarks.add("FaultCode '" + word + "' is no number");
        }
        return end == 0 ? 0 : Integer.parseInt(word.substring(0, end));
    }

    /** Whether a text can be a parameter's name or path: see {@link carillon.cwmp.ParameterPath}. */
    static boolean isName(String name) {
        int length = name.length();
        if (length == 0 || length > 256 || name.charAt(0) == '.') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name.charAt(i) <= ' ') {
                return false;
            }
        }
        return true;
    }

    /** The text without the white space around it where that holds line breaks or tabs; blanks alone are kept. */
    static String withoutLayout(String text) {
        int start = 0;
        int end = text.length();
        boolean layout = false;
        while (start < end && text.charAt(start) <= ' ') {
            layout |= text.charAt(start) != ' ';
            start++;
        }
        start = layout ? start : 0;
        layout = false;
        while (end > start && text.charAt(end - 1) <= ' ') {
            layout |= text.charAt(end - 1) != ' ';
            end--;
        }
        end = layout ? end : text.length();
        return text.substring(start, end);
    }
}
