package carillon.db;

/**
 * How many Downloads may be under way at one time: sent, and their end not reported.
 *
 * @param all of this server
 * @param site of one site; devices without a site are bound by the other limit alone
 */
public record DownloadLimits(int all, int site) {
    /** As many as there are. */
    public static final DownloadLimits NONE = new DownloadLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);
}
