package carillon.cwmp.flatprofile;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Cisco's phone firmware, as {@code $SWVER} and load files are named: {@code sip88xx.11-0-1MPP-312} until
 * 11.3(1)SR1, {@code sip88xx.12-0-7MPP0501-123} since 11.3(2). Phones cannot compare one form with the other.
 *
 * @param family such as {@code sip88xx}; empty where it was left out
 * @param release the service release within the micro version: the digits after {@code MPP} or {@code MSR}
 */
public record FirmwareVersion(String family, int major, int minor, int micro, Form form, int release, int build) {
    private static final Pattern TEXT = Pattern.compile(
            "(?:([A-Za-z][A-Za-z0-9_]*)\\.)?(\\d{1,4})-(\\d{1,4})-(\\d{1,4})(MPP|MSR|MN)(\\d{0,6})-(\\d{1,8})");
    private static final Comparator<FirmwareVersion> ORDER = Comparator.comparingInt(FirmwareVersion::major)
            .thenComparingInt(FirmwareVersion::minor)
            .thenComparingInt(FirmwareVersion::micro)
            .thenComparingInt(FirmwareVersion::release)
            .thenComparingInt(FirmwareVersion::build);

    /** How it is written, which decides what it can be compared with. */
    public enum Form {
        /** {@code 11-0-1MPP-312} and {@code 11-3-1MSR3-3}. */
        FIRST,
        /** {@code 11-3-2MPP0001-609}. */
        SECOND,
        /** {@code 14-1-1MN-366}: enterprise firmware, which is another product. */
        ENTERPRISE
    }

    /** The version that this text is, with or without its family; a trailing {@code .loads} is not part of it. */
    public static Optional<FirmwareVersion> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String digits = parts.group(6);
        Form form =
                switch (parts.group(5)) {
                    case "MN" -> Form.ENTERPRISE;
                    case "MSR" -> Form.FIRST;
                    default -> digits.isEmpty() ? Form.FIRST : Form.SECOND;
                };
        return Optional.of(new FirmwareVersion(
                parts.group(1) == null ? "" : parts.group(1),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                Integer.parseInt(parts.group(4)),
                form,
                digits.isEmpty() ? 0 : Integer.parseInt(digits),
                Integer.parseInt(parts.group(7))));
    }

    /** Whether a phone can compare the two. */
    public boolean isComparableWith(FirmwareVersion other) {
        return form == other.form;
    }

    /** Less than, equal to or more than 0, whatever the families; only among versions of one form. */
    public int compare(FirmwareVersion other) {
        if (!isComparableWith(other)) {
            throw new IllegalArgumentException("versions of two forms cannot be compared: " + form + ", " + other.form);
        }
        return ORDER.compare(this, other);
    }
}
