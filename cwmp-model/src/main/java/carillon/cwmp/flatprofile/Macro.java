package carillon.cwmp.flatprofile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A use of a macro in a rule: {@code $NAME}, {@code $(NAME)}, {@code $(NAME:offset)}, {@code $(NAME:offset:length)}. The
 * name of the first form is the longest run of letters and digits. {@code $$} is a dollar sign.
 *
 * @param start of the use in the text, {@code end} just behind it
 * @param offset characters left out at the beginning, -1 for none said
 * @param length characters taken, -1 for all
 */
public record Macro(String name, int start, int end, int offset, int length) {
    private static final Pattern USE =
            Pattern.compile("\\$(?:(\\$)|([A-Za-z0-9]+)|\\(([A-Za-z0-9]+)(?::(\\d{1,6}))?(?::(\\d{1,6}))?\\))");
    private static final Pattern GENERAL_PURPOSE = Pattern.compile("[A-P]");
    private static final Pattern USER_ID = Pattern.compile("UID\\d{1,2}");
    private static final Set<String> NAMES = Set.of(
            "SA",
            "SB",
            "SC",
            "SD",
            "MA",
            "MAU",
            "MAC",
            "PN",
            "PSN",
            "SN",
            "IP",
            "EXTIP",
            "SWVER",
            "HWVER",
            "CCERT",
            "PRVST",
            "UPGST",
            "UPGERR",
            "PRVTMR",
            "UPGTMR",
            "REGTMR1",
            "REGTMR2",
            "SCHEME",
            "SERV",
            "SERVIP",
            "PORT",
            "PATH",
            "ERR",
            "EMS",
            "MUID",
            "MPWD",
            "ORIGTYPE",
            "AUTHSTATUS",
            "UPGCOND",
            "METH");

    /** Whether phones have a macro of this name. */
    public static boolean isKnown(String name) {
        return NAMES.contains(name)
                || isGeneralPurpose(name)
                || USER_ID.matcher(name).matches();
    }

    static boolean isGeneralPurpose(String name) {
        return GENERAL_PURPOSE.matcher(name).matches();
    }

    /** All uses in this text, from left to right; {@code $$} is not among them. */
    public static List<Macro> uses(String text) {
        List<Macro> uses = new ArrayList<>();
        Matcher use = USE.matcher(text);
        while (use.find()) {
            if (use.group(1) == null) {
                uses.add(of(use));
            }
        }
        return uses;
    }

    private static Macro of(Matcher use) {
        String name = use.group(2) == null ? use.group(3) : use.group(2);
        return new Macro(name, use.start(), use.end(), number(use.group(4)), number(use.group(5)));
    }

    private static int number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? -1 : Integer.parseInt(digits);
    }

    private String of(String value) {
        int from = Math.min(Math.max(offset, 0), value.length());
        int to = length < 0 ? value.length() : Math.min(from + length, value.length());
        return value.substring(from, to);
    }

    /**
     * A text whose macros were replaced by a phone's values.
     *
     * @param secrets what was left as it was since only option arguments may use it, by where it stands
     */
    record Expanded(String text, TreeMap<Integer, Macro> secrets) {
        /** A part of the text with its secrets. */
        String revealed(int from, int to, PhoneState phone) {
            StringBuilder out = new StringBuilder();
            int at = from;
            for (Map.Entry<Integer, Macro> secret : secrets.subMap(from, to).entrySet()) {
                Macro use = secret.getValue();
                out.append(text, at, secret.getKey())
                        .append(use.of(phone.secret(use.name()).reveal()));
                at = secret.getKey() + use.end() - use.start();
            }
            return out.append(text, at, to).toString();
        }
    }

    /** Replaces macros, once: what a value brings is not looked at again. Unknown names stay as they are written. */
    static Expanded expand(String text, PhoneState phone) {
        StringBuilder out = new StringBuilder(text.length() + 32);
        TreeMap<Integer, Macro> secrets = new TreeMap<>();
        Matcher use = USE.matcher(text);
        int at = 0;
        while (use.find()) {
            out.append(text, at, use.start());
            at = use.end();
            if (use.group(1) != null) {
                out.append('$');
                continue;
            }
            Macro macro = of(use);
            Optional<String> value = PhoneState.isSecret(macro.name())
                    ? Optional.empty()
                    : phone.value(macro.name()).map(macro::of);
            if (PhoneState.isSecret(macro.name())) {
                secrets.put(out.length(), macro);
            }
            out.append(value.orElse(use.group()));
        }
        return new Expanded(out.append(text, at, text.length()).toString(), secrets);
    }

    /** What a phone makes of this text. */
    public static String expanded(String text, PhoneState phone) {
        return expand(text, phone).text();
    }
}
