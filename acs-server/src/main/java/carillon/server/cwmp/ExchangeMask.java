package carillon.server.cwmp;

import carillon.cwmp.SecretPaths;
import carillon.cwmp.SecretUrls;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes secrets out of a message's text before anybody keeps it. */
final class ExchangeMask {
    /** At least something; written so that a long text does not make the stack deep. */
    private static final String TEXT = "(?=[^<]|<!\\[CDATA\\[.*?]]>)[^<]*+(?:<!\\[CDATA\\[.*?]]>[^<]*+)*+";

    private static final Pattern PASSWORD = Pattern.compile(
            "(<(?:[\\w.-]+:)?Password(?:\\s[^>]*)?>)" + TEXT, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile(
            "(<(?:[\\w.-]+:)?Name(?:\\s[^>]*)?>\\s*)([^<]*?)(\\s*</(?:[\\w.-]+:)?Name\\s*>\\s*"
                    + "<(?:[\\w.-]+:)?Value(?:\\s[^>]*)?>)(" + TEXT + ")",
            Pattern.DOTALL);

    /** Who has the address of a file has the file. */
    private static final Pattern FILE_ADDRESS = Pattern.compile("/t/[0-9A-Z]{26}/");

    private ExchangeMask() {}

    static String mask(String xml) {
        String masked = xml.contains("assword") ? PASSWORD.matcher(xml).replaceAll("$1***") : xml;
        Matcher values = VALUE.matcher(masked);
        StringBuilder out = new StringBuilder(masked.length());
        while (values.find()) {
            String value = SecretPaths.isSecret(values.group(2)) ? SecretPaths.MASK : values.group(4);
            values.appendReplacement(
                    out, Matcher.quoteReplacement(values.group(1) + values.group(2) + values.group(3) + value));
        }
        String shown = SecretUrls.masked(values.appendTail(out).toString());
        return shown.contains("/t/") ? FILE_ADDRESS.matcher(shown).replaceAll("/t/***/") : shown;
    }
}
