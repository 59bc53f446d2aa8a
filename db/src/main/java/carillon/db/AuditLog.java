package carillon.db;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who did what. Only ever appended to, and shortened at its old end. */
public final class AuditLog {
    private static final int LONGEST_SUBJECT = 256;

    private final Sql sql;

    AuditLog(Sql sql) {
        this.sql = sql;
    }

    /** Appends; the key is given by the store. */
    public void append(AuditEntry entry) {
        sql.update(
                "insert into audit (tenant_id, site, at, actor, action, subject, was, became)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                entry.tenant(),
                entry.site(),
                entry.at(),
                entry.actor(),
                entry.action(),
                entry.subject()
                        .substring(0, Math.min(LONGEST_SUBJECT, entry.subject().length())),
                entry.before(),
                entry.after());
    }

    /** Removes what is older, at most so many; returns how many. */
    public int prune(Instant before, int limit) {
        return sql.update(
                "delete from audit where id in (select id from audit where at < ? order by at, id limit " + limit + ")",
                before);
    }

    /** Newest first; an empty subject means all. */
    public Page<AuditEntry> list(Scope scope, String subject, int limit, String cursor) {
        List<AuditEntry> entries = sql.list(
                "select * from audit where tenant_id = ? and (? = '' or site = ?) and (? = '' or subject = ?)"
                        + " and id < ? order by id desc limit " + (limit + 1),
                row -> new AuditEntry(
                        row.number("id"),
                        row.time("at"),
                        row.text("tenant_id"),
                        row.text("site"),
                        row.text("actor"),
                        row.text("action"),
                        row.text("subject"),
                        row.text("was"),
                        row.text("became")),
                scope.tenant(),
                scope.site(),
                scope.site(),
                subject,
                subject,
                cursor.isEmpty() ? Long.MAX_VALUE : Cursor.AUDIT.number(cursor));
        boolean more = entries.size() > limit;
        List<AuditEntry> shown = more ? entries.subList(0, limit) : entries;
        return new Page<>(
                shown, more ? Optional.of(Cursor.AUDIT.of(shown.get(limit - 1).key())) : Optional.empty(), -1, false);
    }
}
