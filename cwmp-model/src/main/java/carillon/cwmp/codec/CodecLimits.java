package carillon.cwmp.codec;

/**
 * What one envelope may cost.
 *
 * @param bytes length of the body
 * @param depth of nested elements
 * @param listEntries entries of a parameter list
 * @param textLength characters of one text
 */
public record CodecLimits(int bytes, int depth, int listEntries, int textLength) {
    /** Enough for the largest gateways that were seen. */
    public static final CodecLimits DEFAULT = new CodecLimits(16 * 1024 * 1024, 32, 100_000, 1024 * 1024);
}
