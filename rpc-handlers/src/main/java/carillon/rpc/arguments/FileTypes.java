package carillon.rpc.arguments;

import java.util.List;
import java.util.regex.Pattern;

/** The types that files for phones have (TR-069 Amendment 6, A.3.2.8, table 37). */
public final class FileTypes {
    /** Those that the standard names. */
    public static final List<String> STANDARD = List.of(
            "1 Firmware Upgrade Image",
            "2 Web Content",
            "3 Vendor Configuration File",
            "4 Tone File",
            "5 Ringer File",
            "6 Stored Firmware Image");

    /** How long one may be. */
    public static final int LONGEST = 64;

    private static final Pattern VENDORS = Pattern.compile("X \\S+ .+");

    private FileTypes() {}

    /** Whether this is a type of the standard, to the letter, or a vendor's own: an X, the vendor, a name (CWMP-170). */
    public static boolean isKnown(String type) {
        return type.length() <= LONGEST && (STANDARD.contains(type) || isVendors(type));
    }

    /** Whether it is a vendor's own: an X, the vendor, a name. */
    public static boolean isVendors(String type) {
        return VENDORS.matcher(type).matches();
    }

    /** Whether a phone runs such a file from then on, and shows its version. */
    public static boolean isFirmware(String type) {
        return type.startsWith("1 ");
    }

    /** Whether files of this type hold secrets as long as nobody says otherwise: configurations do. */
    public static boolean mayHoldSecrets(String type) {
        return type.startsWith("3 ");
    }
}
