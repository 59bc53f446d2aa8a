package carillon.db;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finished sessions with their exchange, packed and sealed. */
public final class SessionArchive {
    private static final String SEALED = "session-exchange";
    private static final byte[] NOTHING = new byte[0];
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sql sql;
    private final Seal seal;
    private final Chain chain;

    SessionArchive(Sql sql, Seal seal, Chain.Numbers numbers) {
        this.sql = sql;
        this.chain = new Chain(sql, Chain.Table.SESSIONS, numbers);
        this.seal = seal;
    }

    /** Appends many in one go; those of devices that were deleted meanwhile are left out. */
    public void append(List<SessionRecord> sessions) {
        List<Chain.@Nullable Link> links =
                chain.append(sessions.stream().map(SessionRecord::deviceKey).toList());
        List<@Nullable Object[]> rows = new ArrayList<>(sessions.size());
        for (int i = 0; i < sessions.size(); i++) {
            Chain.Link link = links.get(i);
            if (link != null) {
                rows.add(row(link, sessions.get(i)));
            }
        }
        sql.batch(
                "insert into session_record (sequence, previous, id, tenant_id, site, device_id, started_at, ended_at,"
                        + " source_address, events, rpcs, outcome, exchange) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?)",
                rows);
    }

    private @Nullable Object[] row(Chain.Link link, SessionRecord session) {
        return new @Nullable Object[] {
            link.key(),
            link.previous(),
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
        List<Long> keys = chain.walk(deviceKey, cursor.isEmpty() ? 0 : Cursor.SESSIONS.number(cursor), limit + 1);
        List<Long> shown = keys.size() > limit ? keys.subList(0, limit) : keys;
        Map<Long, SessionRecord> sessions = new HashMap<>();
        sql.list(
                "select sequence, id, tenant_id, site, device_id, started_at, ended_at, source_address, events, rpcs,"
                        + " outcome from session_record where sequence = any(?)",
                row -> sessions.put(row.number("sequence"), record(row, List.of())),
                Sql.keys(shown));
        return new Page<>(
                shown.stream()
                        .flatMap(key -> Stream.ofNullable(sessions.get(key)))
                        .toList(),
                keys.size() > limit ? Optional.of(Cursor.SESSIONS.of(shown.get(limit - 1))) : Optional.empty(),
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
                .filter(found -> sql.first("select * from device where id = ?", DeviceRows::device, found.deviceKey())
                        .filter(device -> DeviceSearch.within(scope, device))
                        .isPresent());
    }

    /** Removes the oldest beyond so many, at most so many of them; returns how many. */
    public int trim(long most, int limit) {
        return chain.trim(most, limit);
    }

    /** Removes what is older. */
    public int prune(Instant before, int limit) {
        return chain.prune("ended_at", before, limit);
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
