package carillon.cwmp.flatprofile;

/** What an element without text means; the vendor's guides say all three. */
public enum EmptyElements {
    /** The value becomes empty. */
    CLEAR,
    /** The key keeps its value. */
    KEEP,
    /** The key gets its default. */
    STANDARD
}
