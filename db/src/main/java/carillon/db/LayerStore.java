package carillon.db;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Layers of configuration and their history; contents are sealed. */
public final class LayerStore {
    /** How many layers a tenant may have. */
    public static final int MOST = 1000;

    /** How many versions of a layer are kept. */
    public static final int MOST_VERSIONS = 50;

    private static final String SEALED = "layer";
    private static final String FROM =
            "select l.name, v.* from profile_layer l" + " join profile_layer_version v on v.layer_id = l.id";

    private final Sql sql;
    private final Seal seal;

    LayerStore(Sql sql, Seal seal) {
        this.sql = sql;
        this.seal = seal;
    }

    /** The newest version of each layer of a tenant, by name. */
    public List<StoredLayer> list(String tenant) {
        return sql.list(
                FROM + " where l.tenant_id = ? and v.version = l.version order by l.name limit " + MOST,
                this::layer,
                tenant);
    }

    /** The newest version of a layer. */
    public Optional<StoredLayer> find(String tenant, String name) {
        return sql.first(
                FROM + " where l.tenant_id = ? and l.name = ? and v.version = l.version", this::layer, tenant, name);
    }

    /** A certain version of a layer. */
    public Optional<StoredLayer> find(String tenant, String name, int version) {
        return sql.first(
                FROM + " where l.tenant_id = ? and l.name = ? and v.version = ?", this::layer, tenant, name, version);
    }

    /** The versions that are kept, the newest first. */
    public List<StoredLayer> versions(String tenant, String name) {
        return sql.list(
                FROM + " where l.tenant_id = ? and l.name = ? order by v.version desc limit " + MOST_VERSIONS,
                this::layer,
                tenant,
                name);
    }

    /** How many layers a tenant has. */
    public long count(String tenant) {
        return sql.list("select count(*) as n from profile_layer where tenant_id = ?", row -> row.number("n"), tenant)
                .get(0);
    }

    /** Adds a layer's first version; false where its name is taken. */
    public boolean add(StoredLayer layer) {
        if (find(layer.tenant(), layer.name()).isPresent()) {
            return false;
        }
        sql.update(
                "insert into profile_layer (id, tenant_id, site, name, version) values (?, ?, ?, ?, ?)",
                layer.id(),
                layer.tenant(),
                layer.site(),
                layer.name(),
                layer.version());
        insert(layer);
        return true;
    }

    /** Adds the next version; false where another one was first. */
    public boolean next(StoredLayer layer) {
        int moved = sql.update(
                "update profile_layer set version = ?, site = ? where id = ? and version = ?",
                layer.version(),
                layer.site(),
                layer.id(),
                layer.version() - 1);
        if (moved == 0) {
            return false;
        }
        insert(layer);
        sql.update(
                "delete from profile_layer_version where layer_id = ? and version <= ?",
                layer.id(),
                layer.version() - MOST_VERSIONS);
        return true;
    }

    /** Removes a layer and its history. */
    public boolean delete(String id) {
        sql.update("delete from profile_layer_version where layer_id = ?", id);
        return sql.update("delete from profile_layer where id = ?", id) == 1;
    }

    private void insert(StoredLayer layer) {
        sql.update(
                "insert into profile_layer_version (layer_id, version, tenant_id, site, scope_kind, scope_value,"
                        + " priority, content, note, created_by, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                layer.id(),
                layer.version(),
                layer.tenant(),
                layer.site(),
                layer.scopeKind(),
                layer.scopeValue(),
                layer.priority(),
                seal.seal(SEALED, layer.content().getBytes(StandardCharsets.UTF_8)),
                layer.note(),
                layer.createdBy(),
                layer.createdAt());
    }

    private StoredLayer layer(Row row) throws SQLException {
        return new StoredLayer(
                row.text("layer_id"),
                row.text("tenant_id"),
                row.text("site"),
                row.text("name"),
                row.small("version"),
                row.text("scope_kind"),
                row.text("scope_value"),
                row.small("priority"),
                new String(seal.open(SEALED, row.bytes("content").orElseThrow()), StandardCharsets.UTF_8),
                row.text("note"),
                row.text("created_by"),
                row.time("created_at"));
    }
}
