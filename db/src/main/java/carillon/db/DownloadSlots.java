package carillon.db;

import java.util.Optional;

/**
 * The places of Downloads that are under way, so that no more are than the limits allow. A place is given when an RPC leaves;
 * those of ended ones are found and freed when there is none left, so that no end has to be noted. Nothing is counted but
 * when a Download would leave.
 */
final class DownloadSlots {
    private final Sql sql;
    private final DownloadLimits limits;

    DownloadSlots(Sql sql, DownloadLimits limits) {
        this.sql = sql;
        this.limits = limits;
    }

    /** Gives this RPC a place; where there is none, says why it has to wait. */
    Optional<String> take(String rpcId, String tenant, String site) {
        if (limits.equals(DownloadLimits.NONE)) {
            return Optional.empty();
        }
        sql.list("select id from download_gate for update", row -> row.small("id"));
        sql.update("delete from download_slot where rpc_id = ?", rpcId);
        Optional<String> full = full(tenant, site);
        if (full.isPresent()) {
            sweep();
            full = full(tenant, site);
        }
        if (full.isEmpty()) {
            sql.update("insert into download_slot (rpc_id, tenant_id, site) values (?, ?, ?)", rpcId, tenant, site);
        }
        return full;
    }

    private Optional<String> full(String tenant, String site) {
        int all = sql.list("select count(*) as n from download_slot", row -> row.small("n"))
                .get(0);
        if (all >= limits.all()) {
            return Optional.of("waits: " + all + " downloads are under way, as many as files.downloads.limit allows");
        }
        if (site.isEmpty()) {
            return Optional.empty();
        }
        int here = sql.list(
                        "select count(*) as n from download_slot where tenant_id = ? and site = ?",
                        row -> row.small("n"),
                        tenant,
                        site)
                .get(0);
        return here >= limits.site()
                ? Optional.of("waits: " + here + " downloads of the site " + site
                        + " are under way, as many as files.downloads.site.limit allows")
                : Optional.empty();
    }

    /** Frees the places of what is not under way any more. */
    private void sweep() {
        sql.update("delete from download_slot where not exists (select 1 from rpc r where r.id = download_slot.rpc_id"
                + " and r.state = 'SENT' and r.reported_at is null)");
    }
}
