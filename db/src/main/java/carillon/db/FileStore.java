package carillon.db;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of files. Their bytes lie elsewhere, under their SHA-256. */
public final class FileStore {
    private static final int MOST_OF_AN_RPC = 20;

    private final Sql sql;

    FileStore(Sql sql) {
        this.sql = sql;
    }

    /** By name, if it lies in the scope. */
    public Optional<StoredFile> find(Scope scope, String name) {
        return sql.first(
                "select f.* from stored_file f where f.tenant_id = ? and f.name = ?" + within(scope),
                FileStore::file,
                named(scope, name));
    }

    /** Whether anybody has a file of this name. */
    public boolean isTaken(String tenant, String name) {
        return sql.first(
                        "select id from stored_file where tenant_id = ? and name = ?",
                        row -> row.text("id"),
                        tenant,
                        name)
                .isPresent();
    }

    /** Newest first. */
    public Page<StoredFile> list(FileQuery query) {
        StringBuilder where = new StringBuilder("f.tenant_id = ?" + within(query.scope()));
        List<@Nullable Object> arguments = new ArrayList<>(List.of(query.scope().tenant()));
        if (!query.scope().site().isEmpty()) {
            arguments.add(query.scope().site());
        }
        if (!query.text().isEmpty()) {
            where.append(" and lower(f.name) like ? escape '!'");
            arguments.add(query.text().toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%");
        }
        if (!query.type().isEmpty()) {
            where.append(" and f.file_type = ?");
            arguments.add(query.type());
        }
        query.origin().ifPresent(origin -> {
            where.append(" and f.origin = ?");
            arguments.add(origin);
        });
        query.deviceKey().ifPresent(key -> {
            where.append(" and f.device_id = ?");
            arguments.add(key);
        });
        if (!query.cursor().isEmpty()) {
            where.append(" and f.id < ?");
            arguments.add(Cursor.FILES.place(query.cursor()));
        }
        List<StoredFile> files = sql.list(
                "select f.* from stored_file f where " + where + " order by f.id desc limit " + (query.limit() + 1),
                FileStore::file,
                arguments.toArray());
        boolean more = files.size() > query.limit();
        List<StoredFile> shown = more ? files.subList(0, query.limit()) : files;
        return new Page<>(
                shown,
                more ? Optional.of(Cursor.FILES.of(shown.get(query.limit() - 1).id())) : Optional.empty(),
                -1,
                false);
    }

    /**
     * What a phone of this model gets that asks for a file of this type: the newest that is offered to it.
     *
     * @param version the one it asks for, empty for any
     */
    public Optional<StoredFile> offered(String tenant, String site, String type, String version, String model) {
        return sql
                .list(
                        "select f.* from stored_file f where f.tenant_id = ? and f.offered = true and f.file_type = ?"
                                + " and (f.site = '' or f.site = ?) order by f.created_at desc, f.id desc limit 1000",
                        FileStore::file,
                        tenant,
                        type,
                        site)
                .stream()
                .filter(file -> version.isEmpty() || file.version().equals(version))
                .filter(file -> file.models().isEmpty() || file.models().contains(model))
                .findFirst();
    }

    /** A file that everybody may fetch by this name. */
    public Optional<StoredFile> open(String tenant, String name) {
        return sql.first(
                "select * from stored_file where tenant_id = ? and name = ? and is_public = true and secrets = false"
                        + " and origin = 'OPERATOR'",
                FileStore::file,
                tenant,
                name);
    }

    /** What a phone sent with this Upload. */
    public List<StoredFile> ofRpc(String rpcId) {
        return sql.list(
                "select * from stored_file where rpc_id = ? order by id desc limit " + MOST_OF_AN_RPC,
                FileStore::file,
                rpcId);
    }

    /** Inserts it, or puts it in the place of the one with this name. */
    public void put(StoredFile file) {
        sql.update("delete from stored_file where tenant_id = ? and name = ?", file.tenant(), file.name());
        sql.update(
                "insert into stored_file (id, tenant_id, site, name, file_type, version, models, octets, sha256,"
                        + " origin, secrets, offered, is_public, device_id, rpc_id, created_by, created_at) values (?, ?,"
                        + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                file.id(),
                file.tenant(),
                file.site(),
                file.name(),
                file.type(),
                file.version(),
                String.join("\n", file.models()),
                file.octets(),
                file.sha256(),
                file.origin(),
                file.secrets(),
                file.offered(),
                file.open(),
                file.deviceKey().orElse(null),
                file.rpcId(),
                file.createdBy(),
                file.createdAt());
    }

    /** Removes it; false if it is gone already. */
    public boolean delete(String id) {
        return sql.update("delete from stored_file where id = ?", id) == 1;
    }

    /** Removes what phones sent before this moment; returns how many. */
    public int prune(Instant before, int limit) {
        return sql.update(
                "delete from stored_file where id in (select id from stored_file where origin = 'PHONE' and created_at"
                        + " < ? limit " + limit + ")",
                before);
    }

    /** Whether these bytes are still needed: a file has them, or an RPC that may still be carried out sends them. */
    public boolean isNeeded(String sha256, Instant now) {
        return sql.first("select id from stored_file where sha256 = ? limit 1", row -> row.text("id"), sha256)
                        .isPresent()
                || sql.first(
                                "select t.rpc_id from transfer t join rpc r on r.id = t.rpc_id where t.sha256 = ?"
                                        + " and (r.state = 'QUEUED' or r.state in ('SENT', 'UNCONFIRMED', 'EXPIRED')"
                                        + " and r.sent_at > ?) limit 1",
                                row -> row.text("rpc_id"),
                                sha256,
                                now.minus(TransferStore.LIFE))
                        .isPresent();
    }

    /** A site sees its own files and those of operators that are for all sites; a tag sees what operators brought. */
    private static String within(Scope scope) {
        String site = scope.site().isEmpty() ? "" : " and (f.site = ? or f.site = '' and f.origin = 'OPERATOR')";
        return scope.tag().isEmpty() ? site : site + " and f.origin = 'OPERATOR'";
    }

    private static @Nullable Object[] named(Scope scope, String name) {
        return scope.site().isEmpty()
                ? new @Nullable Object[] {scope.tenant(), name}
                : new @Nullable Object[] {scope.tenant(), name, scope.site()};
    }

    private static StoredFile file(Row row) throws SQLException {
        String models = row.text("models");
        return new StoredFile(
                row.text("id"),
                row.text("tenant_id"),
                row.text("site"),
                row.text("name"),
                row.text("file_type"),
                row.text("version"),
                models.isEmpty() ? List.of() : Arrays.asList(models.split("\n")),
                row.number("octets"),
                row.text("sha256"),
                StoredFile.Origin.valueOf(row.text("origin")),
                row.flag("secrets"),
                row.flag("offered"),
                row.flag("is_public"),
                row.maybeNumber("device_id"),
                row.text("rpc_id"),
                row.text("created_by"),
                row.time("created_at"));
    }
}
