package carillon.db;

import carillon.cwmp.Secret;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who is told what happens, and what each of them has not been told yet; addresses and secrets are sealed. */
public final class WebhookStore {
    private static final String SEALED = "webhook";

    private final Sql sql;
    private final Seal seal;

    WebhookStore(Sql sql, Seal seal) {
        this.sql = sql;
        this.seal = seal;
    }

    /**
     * A message that waits.
     *
     * @param key its place in the queue
     */
    public record Waiting(long key, Instant at, String body) {}

    /** A message to be written. */
    public record NewMessage(Webhook webhook, String site, Instant at, String body) {}

    /** All of a tenant, by name. */
    public List<Webhook> list(String tenant) {
        return sql.list("select * from webhook where tenant_id = ? order by name", this::webhook, tenant);
    }

    /** Those of all tenants that are told anything. */
    public List<Webhook> enabled() {
        return sql.list("select * from webhook where enabled = true order by id", this::webhook);
    }

    /** By its id. */
    public Optional<Webhook> find(String id) {
        return sql.first("select * from webhook where id = ?", this::webhook, id);
    }

    /** Inserts; throws {@link IllegalStateException} if the name is taken. */
    public void insert(Webhook webhook) {
        try {
            sql.update(
                    "insert into webhook (id, tenant_id, site, tag, name, url, secret, kinds, enabled, created_by,"
                            + " created_at, failures, not_before, last_at, last_outcome, dropped)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    webhook.id(),
                    webhook.scope().tenant(),
                    webhook.scope().site(),
                    webhook.scope().tag(),
                    webhook.name(),
                    sealed(webhook.url()),
                    sealed(webhook.secret()),
                    joined(webhook.kinds()),
                    webhook.enabled(),
                    webhook.createdBy(),
                    webhook.createdAt(),
                    webhook.delivery().failures(),
                    webhook.delivery().notBefore(),
                    webhook.delivery().lastAt().orElse(null),
                    webhook.delivery().lastOutcome(),
                    webhook.delivery().dropped());
        } catch (Sql.Failure failed) {
            if (failed.isDuplicate()) {
                throw new IllegalStateException("the webhook " + webhook.name() + " exists already", failed);
            }
            throw failed;
        }
    }

    /** Writes where, of what and whether it is told; and makes it be tried at once. */
    public void update(Webhook webhook, Instant now) {
        sql.update(
                "update webhook set url = ?, kinds = ?, enabled = ?, failures = 0, not_before = ? where id = ?",
                sealed(webhook.url()),
                joined(webhook.kinds()),
                webhook.enabled(),
                now,
                webhook.id());
    }

    /** Deletes it with what it was not told. */
    public boolean delete(String id) {
        return sql.update("delete from webhook where id = ?", id) == 1;
    }

    /** Queues messages. */
    public void append(List<NewMessage> messages) {
        sql.batch(
                "insert into outbox (webhook_id, tenant_id, site, at, body) values (?, ?, ?, ?, ?)",
                messages.stream()
                        .map(message -> new @Nullable Object[] {
                            message.webhook().id(),
                            message.webhook().scope().tenant(),
                            message.site(),
                            message.at(),
                            message.body()
                        })
                        .toList());
    }

    /**
     * Takes the oldest messages of a webhook, so that no other node tells it too: until then, when it is tried again.
     * Nothing where another node has it, or it may not be tried yet.
     */
    public List<Waiting> take(Webhook webhook, Instant now, Instant until, int limit) {
        int taken = sql.update(
                "update webhook set not_before = ? where id = ? and enabled = true and not_before <= ?",
                until,
                webhook.id(),
                now);
        return taken == 0
                ? List.of()
                : sql.list(
                        "select * from outbox where webhook_id = ? order by id limit " + limit,
                        row -> new Waiting(row.number("id"), row.time("at"), row.text("body")),
                        webhook.id());
    }

    /** They were told: they are gone, and it may be told more at once. */
    public void delivered(String id, List<Waiting> messages, long dropped, String outcome, Instant now) {
        sql.update(
                "delete from outbox where id = any(?)",
                Sql.keys(messages.stream().map(Waiting::key).toList()));
        sql.update(
                "update webhook set failures = 0, not_before = ?, last_at = ?, last_outcome = ?, dropped = dropped - ?"
                        + " where id = ?",
                now,
                now,
                outcome,
                dropped,
                id);
    }

    /** It was not to be told: it is tried again later, or never again. */
    public void failed(String id, String outcome, Instant now, Instant again, boolean forever) {
        sql.update(
                "update webhook set failures = failures + 1, not_before = ?, last_at = ?, last_outcome = ?"
                        + (forever ? ", enabled = false" : "")
                        + " where id = ?",
                again,
                now,
                outcome,
                id);
    }

    /** Nothing was there to be told. */
    public void release(String id, Instant now) {
        sql.update("update webhook set not_before = ? where id = ?", now, id);
    }

    /** How many messages wait. */
    public long waiting(String id) {
        return sql.list("select count(*) as n from outbox where webhook_id = ?", row -> row.number("n"), id)
                .get(0);
    }

    /** Removes what is older, and what is more than this many; returns how many, which are counted as dropped. */
    public int trim(String id, Instant before, long most) {
        int old = sql.update("delete from outbox where webhook_id = ? and at < ?", id, before);
        long many = waiting(id) - most;
        if (many > 0) {
            old += sql.update(
                    "delete from outbox where id in (select id from outbox where webhook_id = ? order by id limit "
                            + many + ")",
                    id);
        }
        if (old > 0) {
            sql.update("update webhook set dropped = dropped + ? where id = ?", old, id);
        }
        return old;
    }

    private byte[] sealed(Secret secret) {
        return seal.seal(SEALED, secret.reveal().getBytes(StandardCharsets.UTF_8));
    }

    private Webhook webhook(Row row) throws SQLException {
        return new Webhook(
                row.text("id"),
                new Scope(row.text("tenant_id"), row.text("site"), row.text("tag")),
                row.text("name"),
                opened(row, "url"),
                opened(row, "secret"),
                split(row.text("kinds")),
                row.flag("enabled"),
                row.text("created_by"),
                row.time("created_at"),
                new Webhook.Delivery(
                        row.small("failures"),
                        row.time("not_before"),
                        row.maybeTime("last_at"),
                        row.text("last_outcome"),
                        row.number("dropped")));
    }

    private Secret opened(Row row, String column) throws SQLException {
        return new Secret(new String(seal.open(SEALED, row.bytes(column).orElseThrow()), StandardCharsets.UTF_8));
    }

    private static String joined(Set<String> kinds) {
        return String.join(",", new TreeSet<>(kinds));
    }

    private static Set<String> split(String kinds) {
        return Arrays.stream(kinds.split(",")).filter(kind -> !kind.isEmpty()).collect(Collectors.toSet());
    }
}
