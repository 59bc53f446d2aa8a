package carillon.cwmp.flatprofile;

/** How a profile says that a key's value is empty; the vendor's guides tell of both. */
public enum ClearForm {
    /** {@code <K></K>}. */
    EMPTY_ELEMENT,
    /** {@code <K>""</K>}. */
    QUOTES
}
