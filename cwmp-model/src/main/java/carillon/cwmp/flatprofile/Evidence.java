package carillon.cwmp.flatprofile;

import java.util.Locale;

/** Who says that a parameter and a key are the same setting. */
public enum Evidence {
    /** The vendor's guide. */
    SEEN,
    /** We, from what both are. */
    INFERRED,
    /** The operator of this server. */
    SITE;

    /** As mappings write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
