package carillon.db;

import java.time.Instant;
import java.util.Optional;

/** Small values that belong to the installation. */
public final class SettingStore {
    private final Sql sql;

    SettingStore(Sql sql) {
        this.sql = sql;
    }

    /** The value, if set. */
    public Optional<String> find(String name) {
        return sql.first("select content from setting where name = ?", row -> row.text("content"), name);
    }

    /** Sets it. */
    public void put(String name, String value) {
        if (sql.update("update setting set content = ? where name = ?", value, name) == 0) {
            sql.update("insert into setting (name, content) values (?, ?)", name, value);
        }
    }

    /** The remembered answer of a write with this idempotency key of this tenant's actor, if there is one. */
    public Optional<String> findAnswer(String tenant, String actor, String key) {
        return sql.first(
                "select answer from idempotency where tenant_id = ? and actor = ? and idempotency_key = ?",
                row -> row.text("answer"),
                tenant,
                actor,
                key);
    }

    /** Remembers an answer. */
    public void putAnswer(String tenant, String actor, String key, String answer, Instant at) {
        sql.update(
                "insert into idempotency (tenant_id, actor, idempotency_key, answer, at) values (?, ?, ?, ?, ?)",
                tenant,
                actor,
                key,
                answer,
                at);
    }

    /** Forgets answers older than this. */
    public int pruneAnswers(Instant before) {
        return sql.update("delete from idempotency where at < ?", before);
    }
}
