package carillon.db;

/** What part of the fleet somebody sees: a tenant, and within it a site or a tag where given.
 *
 * @param site empty for all
 * @param tag empty for all
 */
public record Scope(String tenant, String site, String tag) {
    /** The one tenant that there is from the start. */
    public static final String DEFAULT_TENANT = "default";

    /** All of the default tenant. */
    public static final Scope ALL = new Scope(DEFAULT_TENANT, "", "");
}
