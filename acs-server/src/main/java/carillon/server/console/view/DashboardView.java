package carillon.server.console.view;

import carillon.db.Claim;
import carillon.db.FirstContact;
import java.util.List;

/**
 * The state of the fleet.
 *
 * @param claims that nobody has decided
 * @param waiting the first of those that wait for approval
 * @param late the first of those that are late
 * @param newcomers phones that asked for their first profile and did not come by CWMP yet
 * @param troubles RPCs that failed lately, or whose end nobody knows
 * @param acsUrl what a phone needs to be told
 */
public record DashboardView(
        Counts counts,
        List<Claimed> claims,
        List<Phone> waiting,
        List<Phone> late,
        List<FirstContact> newcomers,
        List<RpcView> troubles,
        List<Share> versions,
        Chart sessions,
        String acsUrl) {
    public DashboardView {
        claims = List.copyOf(claims);
        waiting = List.copyOf(waiting);
        late = List.copyOf(late);
        newcomers = List.copyOf(newcomers);
        troubles = List.copyOf(troubles);
        versions = List.copyOf(versions);
    }

    /** The numbers at the top. */
    public record Counts(
            long total, long approved, long waiting, long announced, long refused, long late, long pending) {}

    /** A claim and whose it says it is. */
    public record Claimed(Claim claim, Phone phone) {}

    /**
     * One firmware version.
     *
     * @param percent of all phones, 0 to 100
     */
    public record Share(String version, long phones, int percent) {}

    /** Whether there is anything that a person should look at. */
    public boolean quiet() {
        return claims.isEmpty() && waiting.isEmpty() && late.isEmpty() && troubles.isEmpty();
    }
}
