package carillon.db;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The operators' own lines of the table of parameters and keys; they count for the whole tenant. */
public final class MappingStore {
    /** How many lines a tenant may have. */
    public static final int MOST = 500;

    private final Sql sql;

    MappingStore(Sql sql) {
        this.sql = sql;
    }

    /** All of a tenant, the newest first: of two that speak of one key the newest is preferred. */
    public List<OwnMapping> list(String tenant) {
        return sql.list(
                "select * from mapping_line where tenant_id = ? order by id desc limit " + MOST,
                MappingStore::mapping,
                tenant);
    }

    /** One by its id. */
    public Optional<OwnMapping> find(String tenant, String id) {
        return sql.first(
                "select * from mapping_line where tenant_id = ? and id = ?", MappingStore::mapping, tenant, id);
    }

    /** The one for this pair. */
    public Optional<OwnMapping> find(String tenant, String path, String keyBase) {
        return sql.first(
                "select * from mapping_line where tenant_id = ? and path = ? and key_base = ?",
                MappingStore::mapping,
                tenant,
                path,
                keyBase);
    }

    /** Adds one. */
    public void add(OwnMapping mapping) {
        sql.update(
                "insert into mapping_line (id, tenant_id, site, path, key_base, line, created_by, created_at)"
                        + " values (?, ?, '', ?, ?, ?, ?, ?)",
                mapping.id(),
                mapping.tenant(),
                mapping.path(),
                mapping.keyBase(),
                mapping.line(),
                mapping.createdBy(),
                mapping.createdAt());
    }

    /** Removes it; false if it is gone already. */
    public boolean delete(String id) {
        return sql.update("delete from mapping_line where id = ?", id) == 1;
    }

    private static OwnMapping mapping(Row row) throws SQLException {
        return new OwnMapping(
                row.text("id"),
                row.text("tenant_id"),
                row.text("path"),
                row.text("key_base"),
                row.text("line"),
                row.text("created_by"),
                row.time("created_at"));
    }
}
