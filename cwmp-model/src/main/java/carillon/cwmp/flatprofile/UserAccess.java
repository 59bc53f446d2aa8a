package carillon.cwmp.flatprofile;

import java.util.Locale;
import java.util.Optional;

/** What the user account of a phone may do with a key (the attribute {@code ua}). */
public enum UserAccess {
    /** Neither see nor change it. */
    NA,
    /** See it. */
    RO,
    /** See and change it. */
    RW;

    /** As the attribute is written. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the attribute; empty for anything else. */
    public static Optional<UserAccess> of(String text) {
        for (UserAccess access : values()) {
            if (access.text().equals(text)) {
                return Optional.of(access);
            }
        }
        return Optional.empty();
    }
}
