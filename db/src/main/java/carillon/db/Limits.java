package carillon.db;

/** How much is kept of what comes by itself.
 *
 * @param devices in all; beyond that those that nobody knows are put off
 * @param claims of sessions without a proof
 * @param factsPerModel what is learned of one model and software version
 * @param facts what is learned of all models of a tenant
 */
public record Limits(int devices, ClaimLimits claims, int factsPerModel, int facts) {
    /** What the settings say where nobody set them. */
    public static final Limits DEFAULT = new Limits(1_000_000, ClaimLimits.DEFAULT, 2_000, 200_000);
}
