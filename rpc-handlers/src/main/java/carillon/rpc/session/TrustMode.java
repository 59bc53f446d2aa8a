package carillon.rpc.session;

import java.util.Locale;
import java.util.Optional;

/** Who may open a CWMP session: the setting {@code cpe.auth}. */
public enum TrustMode {
    /** A device nobody knows is put on the waiting list. */
    ENROLL,
    /** Unknown devices are turned away. */
    REQUIRED,
    /** The lab: everybody is taken at their word. */
    OPEN;

    /** The mode with this name, in any case. */
    public static Optional<TrustMode> of(String text) {
        for (TrustMode mode : values()) {
            if (mode.text().equals(text.strip().toLowerCase(Locale.ROOT))) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    /** As the setting writes it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
