package carillon.cwmp.flatprofile;

import java.util.Locale;

/** How much of a value comes through a mapping. */
public enum Fidelity {
    /** Every value that is legal on both sides goes there and comes back the same. */
    EXACT,
    /** Some values have no counterpart, or not just one; the mapping says which. */
    LOSSY,
    /** It can be set and not be read: phones answer with nothing. */
    WRITE_ONLY,
    /** The parameter has no key. */
    NONE;

    /** As mappings write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
