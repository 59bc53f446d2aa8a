package carillon.cwmp.flatprofile;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The forms of text that the vendor's guides give names to. */
public enum Form {
    /** An IPv4 or IPv6 address. */
    IP(45, "an IP address"),
    /** A host with or without a port. */
    FQDN(255, "a host name or address, with :port or without"),
    /** A port. */
    PORT(6, "a port from 0 to 65535, decimal or hexadecimal"),
    USERID(63, "at most 63 printable characters"),
    PHONE(39, "at most 39 characters of a telephone number: digits, * # + - and the like"),
    /** A template of telephone numbers. */
    PHTMPLT(39, "at most 39 characters, with ? and * for any and %xx for one that is meant as it stands"),
    /** A template of SIP response codes. */
    RSCTMPLT(39, "SIP response codes with a comma between them, such as 404, 5*"),
    /** An activation code; the guide says 7 characters, and its own defaults have 8. */
    STARCODE(8, "an activation code such as *69, at most 8 characters"),
    /** A dial plan. */
    DIALPLAN(2047, "a dial plan such as (*xx|[3469]11|xx.)"),
    /** A provisioning rule; parsers of its own say more about it. */
    RULE(4096, "a rule of at most 4096 characters"),
    /** Seconds: one number, a list of them, or a number and what is added at random. */
    DELAYS(255, "seconds: a number, a list such as 60,120,240, or a number and a random part such as 3600+600"),
    /** A time of day. */
    HHMM(4, "a time of day as four digits, 0000 to 2400"),
    /** What a key does. */
    KEYFUNCTION(1023, "a key's function such as fnc=sd+blf;sub=2001@$PROXY;nme=Reception"),
    /** A ring's rhythm. */
    CADENCE(127, "a cadence such as 60(2/4) or 60(.3/.2,1/.2,.3/4)"),
    /** Frequencies and their levels. */
    FREQUENCIES(127, "frequencies and levels such as 350@-19,440@-19"),
    /** A tone. */
    TONE(127, "a tone such as 350@-19,440@-19;10(*/0/1+2)");

    private static final Pattern PHONE_NUMBER = Pattern.compile("[0-9A-Za-z*#+\\-.()\\[\\] $@:_]*");
    private static final Pattern RESPONSES =
            Pattern.compile("\\s*[1-6?*][0-9?*]{0,2}\\s*(,\\s*[1-6?*][0-9?*]{0,2}\\s*)*");
    private static final Pattern STAR_CODE = Pattern.compile("[*#0-9A-Za-z]{1,8}");
    private static final Pattern DELAY_LIST =
            Pattern.compile("\\d{1,9}(\\+\\d{1,9})?(\\s*,\\s*\\d{1,9}(\\+\\d{1,9})?)*");
    private static final Pattern CLOCK = Pattern.compile("(([01]\\d|2[0-3])[0-5]\\d)|2400");
    private static final Pattern PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private final int longest;
    private final String allowed;

    Form(int longest, String allowed) {
        this.longest = longest;
        this.allowed = allowed;
    }

    /** The most characters that such a value has. */
    public int longest() {
        return longest;
    }

    /** What is allowed, in words. */
    public String allowed() {
        return allowed;
    }

    boolean accepts(String value) {
        return switch (this) {
            case IP -> Addresses.isIp(value);
            case FQDN -> Addresses.isHostAndPort(value);
            case PORT -> Addresses.isPort(value);
            case USERID, RULE -> isPrintable(value);
            case PHONE -> isPhone(value);
            case PHTMPLT -> isTemplate(value);
            case RSCTMPLT -> isResponseTemplate(value);
            case STARCODE -> isStarCode(value);
            case DIALPLAN -> Scripts.isDialPlan(value);
            case DELAYS -> isDelays(value);
            case HHMM -> isTimeOfDay(value);
            case KEYFUNCTION -> Scripts.isKeyFunction(value);
            case CADENCE -> Scripts.isCadence(value);
            case FREQUENCIES -> Scripts.isFrequencies(value);
            case TONE -> Scripts.isTone(value);
        };
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Form> of(String text) {
        return Arrays.stream(values()).filter(form -> form.text().equals(text)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Form::text).toList();
    }

    private static boolean isPrintable(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c != 0x7f);
    }

    private static boolean isPhone(String value) {
        return PHONE_NUMBER.matcher(value).matches();
    }

    private static boolean isTemplate(String value) {
        return isPrintable(value) && !PERCENT.matcher(value).find();
    }

    private static boolean isResponseTemplate(String value) {
        return RESPONSES.matcher(value).matches();
    }

    private static boolean isStarCode(String value) {
        return STAR_CODE.matcher(value).matches();
    }

    private static boolean isDelays(String value) {
        return DELAY_LIST.matcher(value).matches();
    }

    private static boolean isTimeOfDay(String value) {
        return CLOCK.matcher(value).matches();
    }
}
