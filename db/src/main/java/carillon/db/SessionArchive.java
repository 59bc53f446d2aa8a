package carillon.db;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finished sessions with their exchange, packed and sealed. */
public final class SessionArchive {
    private static final String SEALED = "session-exchange";
    private static final byte[] NOTHING = new byte[0];
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sql sql;
    private final Seal seal;

    SessionArchive(Sql sql, Seal seal) {
        this.sql = sql;
        this.seal = seal;
    }

    /** Appends many in one go; those of devices that were deleted meanwhile are left out. */
    public void append(List<SessionRecord> sessions) {
        Set<Long> known = new HashSet<>(sql.list(
                "select id from device where id = any(?)",
                row -> row.number("id"),
                Sql.keys(sessions.stream()
                        .map(SessionRecord::deviceKey)
                        .distinct()
                        .toList())));
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (SessionRecord session : sessions) {
            if (known.contains(session.deviceKey())) {
                rows.add(row(session));
            }
        }
        sql.batch(
                "insert into session_record (id, tenant_id, site, device_id, started_at, ended_at, source_address,"
                        + " events, rpcs, outcome, exchange) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows);
    }

    private @Nullable Object[] row(SessionRecord session) {
        return new @Nullable Object[] {
            session.id(),
            session.tenant(),
            session.site(),
            session.deviceKey(),
            session.startedAt(),
            session.endedAt(),
            session.sourceAddress(),
            joined(session.events()),
            joined(session.rpcs()),
            cut(session.outcome(), 500),
            session.exchange().isEmpty() ? NOTHING : seal.seal(SEALED, packed(session.exchange()))
        };
    }

    /** Newest first, without the exchange. */
    public Page<SessionRecord> list(long deviceKey, int limit, String cursor) {
        List<SessionRecord> sessions = new ArrayList<>();
        List<Long> keys = sql.list(
                "select sequence, id, tenant_id, site, device_id, started_at, ended_at, source_address, events, rpcs,"
                        + " outcome from session_record where device_id = ? and sequence < ?"
                        + " order by sequence desc limit " + (limit + 1),
                row -> {
                    sessions.add(record(row, List.of()));
                    return row.number("sequence");
                },
                deviceKey,
                cursor.isEmpty() ? Long.MAX_VALUE : Cursor.number(cursor));
        boolean more = sessions.size() > limit;
        return new Page<>(
                more ? sessions.subList(0, limit) : sessions,
                more ? Optional.of(Cursor.of(keys.get(limit - 1))) : Optional.empty(),
                -1,
                false);
    }

    /** One with its exchange, if it lies in the scope. */
    public Optional<SessionRecord> find(Scope scope, String id) {
        return sql.first(
                        "select * from session_record where tenant_id = ? and id = ?",
                        row -> record(
                                row,
                                row.bytes("exchange")
                                        .filter(octets -> octets.length > 0)
                                        .map(this::unpacked)
                                        .orElse(List.of())),
                        scope.tenant(),
                        id)
                .filter(found -> sql.first("select * from device where id = ?", DeviceStore::device, found.deviceKey())
                        .filter(device -> DeviceStore.within(scope, device))
                        .isPresent());
    }

    /** Removes what is older. */
    public int prune(Instant before, int limit) {
        return sql.update(
                "delete from session_record where sequence in (select sequence from session_record where ended_at < ?"
                        + " order by sequence limit " + limit + ")",
                before);
    }

    /** A message as it is packed; the time as text. */
    record Packed(String at, boolean fromPhone, String name, String body) {}

    private static byte[] packed(List<SessionRecord.Message> exchange) {
        try {
            return Packing.pack(JSON.writeValueAsBytes(exchange.stream()
                    .map(message ->
                            new Packed(message.at().toString(), message.fromPhone(), message.name(), message.body()))
                    .toList()));
        } catch (IOException impossible) {
            throw new IllegalStateException("an exchange that is no JSON", impossible);
        }
    }

    private List<SessionRecord.Message> unpacked(byte[] sealed) {
        try {
            List<Packed> packed =
                    JSON.readValue(Packing.unpack(seal.open(SEALED, sealed)), new TypeReference<List<Packed>>() {});
            return packed.stream()
                    .map(message -> new SessionRecord.Message(
                            Instant.parse(message.at()), message.fromPhone(), message.name(), message.body()))
                    .toList();
        } catch (IOException unreadable) {
            throw new IllegalStateException("a session's exchange is unreadable", unreadable);
        }
    }

    private static SessionRecord record(Row row, List<SessionRecord.Message> exchange) throws SQLException {
        return new SessionRecord(
                row.text("id"),
                row.number("device_id"),
                row.text("tenant_id"),
                row.text("site"),
                row.time("started_at"),
                row.time("ended_at"),
                row.text("source_address"),
                split(row.text("events")),
                split(row.text("rpcs")),
                row.text("outcome"),
                exchange);
    }

    private static String joined(List<String> words) {
        return cut(String.join("\n", words), 8000);
    }

    private static List<String> split(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("\n"));
    }

    private static String cut(String text, int length) {
        return text.length() > length ? text.substring(0, length) : text;
    }
}
