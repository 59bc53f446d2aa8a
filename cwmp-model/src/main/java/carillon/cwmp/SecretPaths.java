package carillon.cwmp;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which parameters hold secrets, by their names: their values are sealed, masked and kept off roads without TLS. */
public final class SecretPaths {
    /** What a masked value reads. */
    public static final String MASK = "***";

    /** An instance number at the end of a flat-profile name: {@code Password_1_}. */
    private static final Pattern INSTANCE = Pattern.compile("_\\d+_$");

    private static final Pattern NOT_LETTERS = Pattern.compile("[^A-Za-z0-9]");

    /** Endings of the last part of a name, without case and separators. */
    private static final String[] SECRET_ENDINGS = {
        "password", "passwd", "passphrase", "secret", "presharedkey", "privatekey", "sharedkey", "secretkey", "authkey",
        "wepkey", "encryptionkey", "masterkey", "sessionkey", "apikey", "psk", "token", "passcode", "pincode"
    };

    /** A phone's general purpose parameters that are meant for secrets (Cisco). */
    private static final Set<String> SECRET_NAMES = Set.of("pin", "gppsa", "gppsb", "gppsc", "gppsd");

    private SecretPaths() {}

    /** Whether the parameter with this name holds a secret; a partial path holds none by itself. */
    public static boolean isSecret(String path) {
        String last = path.substring(path.lastIndexOf('.') + 1);
        if (last.isEmpty()) {
            return false;
        }
        String plain =
                NOT_LETTERS.matcher(INSTANCE.matcher(last).replaceFirst("")).replaceAll("");
        String folded = plain.toLowerCase(Locale.ROOT);
        for (String ending : SECRET_ENDINGS) {
            if (folded.endsWith(ending)) {
                return true;
            }
        }
        return SECRET_NAMES.contains(folded) || plain.endsWith("PIN") || plain.endsWith("Pin");
    }

    /** The value as it may be shown: a secret one that is not empty is masked. */
    public static ParameterValue masked(ParameterValue value) {
        return isSecret(value.path()) && !value.value().isEmpty()
                ? new ParameterValue(value.path(), MASK, value.type())
                : value;
    }
}
