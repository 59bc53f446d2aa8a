package carillon.db;

/** How much is kept of sessions that come in devices' names without their proof; beyond that they are put off.
 *
 * @param pending claims that nobody has decided, of a tenant
 * @param perSource new claims of one source address within an hour
 * @param perDevice claims of one device; decided ones make room
 * @param events that one claim remembers one by one; beyond that only what it has is counted
 */
public record ClaimLimits(int pending, int perSource, int perDevice, int events) {
    /** What the settings say where nobody set them. */
    public static final ClaimLimits DEFAULT = new ClaimLimits(10_000, 600, 20, 100);
}
