package carillon.db;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Event;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** What is kept of each device's past, on whichever database. */
abstract class HistoryContract extends DatabaseFixture {
    private static EventStore.NewEvent event(Device device, String key, Instant at) {
        return new EventStore.NewEvent(
                device.tenant(), device.site(), device.key(), at, "SESSION", new Event("2 PERIODIC", key), "");
    }

    private void happened(Device device, int from, int to) {
        database.write(stores -> {
            stores.events()
                    .append(IntStream.range(from, to)
                            .mapToObj(n -> event(device, "e" + n, NOW.plusSeconds(n)))
                            .toList());
            return 0;
        });
    }

    private List<String> events(Device device, int limit) {
        List<String> keys = new ArrayList<>();
        String cursor = "";
        do {
            String from = cursor;
            Page<StoredEvent> page = database.read(stores -> stores.events().list(device.key(), limit, from));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            page.items().forEach(event -> keys.add(event.event().commandKey()));
            cursor = page.next().orElse("");
        } while (!cursor.isEmpty());
        return keys;
    }

    private static List<String> newestFirst(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(n -> "e" + (to - 1 - n + from))
                .toList();
    }

    @Test
    void each_device_has_its_own_events_page_by_page_newest_first() {
        Device one = stored("FCH00000001");
        Device other = stored("FCH00000002");
        for (int n = 0; n < 120; n += 3) {
            int from = n;
            happened(one, from, from + 3);
            happened(other, from, from + 1);
        }
        assertThat(events(one, 50)).isEqualTo(newestFirst(0, 120));
        assertThat(events(one, 7)).isEqualTo(newestFirst(0, 120));
        assertThat(events(other, 1)).hasSize(40).startsWith("e117", "e114").endsWith("e0");
        assertThat(events(stored("FCH00000003"), 10)).isEmpty();
    }

    @Test
    void events_that_are_written_together_keep_their_order_and_those_of_nobody_are_left_out() {
        Device one = stored("FCH00000001");
        Device other = stored("FCH00000002");
        database.write(stores -> {
            stores.devices().delete(other.key());
            stores.events()
                    .append(List.of(event(one, "first", NOW), event(other, "lost", NOW), event(one, "second", NOW)));
            return 0;
        });
        assertThat(events(one, 10)).containsExactly("second", "first");
        assertThat(database.<Long>read(stores -> stores.events().count())).isEqualTo(2);
    }

    @Test
    void writers_of_one_history_at_the_same_time_lose_nothing() {
        Device device = stored("FCH00000001");
        List<CompletableFuture<Void>> writers = IntStream.range(0, 4)
                .mapToObj(writer -> CompletableFuture.runAsync(() ->
                        IntStream.range(0, 25).forEach(n -> happened(device, writer * 25 + n, writer * 25 + n + 1))))
                .toList();
        writers.forEach(CompletableFuture::join);
        assertThat(events(device, 10)).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void a_deleted_device_leaves_nothing_of_its_past() {
        Device one = stored("FCH00000001");
        Device other = stored("FCH00000002");
        happened(one, 0, 1203);
        happened(other, 0, 2);
        database.write(stores -> {
            stores.sessions().append(List.of(session(one, "one"), session(other, "other")));
            return 0;
        });
        assertThat(database.<Boolean>write(stores -> stores.devices().delete(one.key())))
                .isTrue();
        assertThat(database.<Long>read(stores -> stores.events().count())).isEqualTo(2);
        assertThat(events(other, 10)).containsExactly("e1", "e0");
        assertThat(sessions(one, 10)).isEmpty();
        assertThat(sessions(other, 10)).containsExactly("other");
    }

    @Test
    void what_is_too_old_goes_from_the_end_and_the_history_ends_there() {
        Device device = stored("FCH00000001");
        happened(device, 0, 30);
        assertThat(database.<Integer>write(stores -> stores.events().prune(NOW.plusSeconds(20), 15)))
                .isEqualTo(15);
        assertThat(database.<Integer>write(stores -> stores.events().prune(NOW.plusSeconds(20), 15)))
                .isEqualTo(5);
        assertThat(database.<Integer>write(stores -> stores.events().prune(NOW.plusSeconds(20), 15)))
                .isZero();
        assertThat(events(device, 4)).isEqualTo(newestFirst(20, 30));
        happened(device, 30, 31);
        assertThat(events(device, 100)).isEqualTo(newestFirst(20, 31));
    }

    @Test
    void sessions_are_listed_page_by_page_too() {
        Device device = stored("FCH00000001");
        Device other = stored("FCH00000002");
        database.write(stores -> {
            stores.sessions().append(List.of(session(device, "1"), session(other, "x"), session(device, "2")));
            stores.sessions().append(List.of(session(device, "3"), session(device, "4"), session(device, "5")));
            return 0;
        });
        assertThat(sessions(device, 2)).containsExactly("5", "4", "3", "2", "1");
        assertThat(sessions(other, 2)).containsExactly("x");
    }

    private List<String> sessions(Device device, int limit) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            String from = cursor;
            Page<SessionRecord> page = database.read(stores -> stores.sessions().list(device.key(), limit, from));
            page.items().forEach(session -> ids.add(session.id()));
            cursor = page.next().orElse("");
        } while (!cursor.isEmpty());
        return ids;
    }

    private static SessionRecord session(Device device, String id) {
        return new SessionRecord(
                id,
                device.key(),
                "default",
                "",
                NOW,
                NOW,
                "192.0.2.1",
                List.of("1 BOOT"),
                List.of(),
                "ended",
                List.of());
    }

    @Test
    void histories_from_before_they_were_chains_are_kept() throws SQLException {
        database.close();
        DatabaseConfig config = elsewhere();
        migrateTo(config, "7");
        try (Connection connection = connect(config);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute(
                    "insert into device (id, tenant_id, site, oui, product_class, serial, id_text, state, label, tags,"
                            + " manufacturer, mac, hardware_version, software_version, ip_address, connection_request_url,"
                            + " parameter_key, root_object, digest, credentials, generation, readmit, created_at,"
                            + " inform_plan, late, source_address, version) values (1000, 'default', '', '00562B',"
                            + " 'CP-8851-3PCC', 'FCH1', 'x', 'APPROVED', '', '', '', '', '', '', '', '', '', '', '',"
                            + " 'NONE', 0, false, '2026-01-01T00:00:00Z', '', false, '', 1)");
            try (PreparedStatement event = connection.prepareStatement(
                    "insert into event (tenant_id, site, device_id, at, session, code, command_key)"
                            + " values ('default', '', 1000, ?, 's', '1 BOOT', ?)")) {
                for (String key : List.of("old", "older", "oldest")) {
                    event.setTimestamp(1, Timestamp.from(NOW));
                    event.setString(2, key);
                    event.executeUpdate();
                }
            }
            statement.execute("insert into session_record (id, tenant_id, site, device_id, started_at, ended_at,"
                    + " source_address, events, rpcs, outcome, exchange) values ('OLD', 'default', '', 1000,"
                    + " '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '', '1 BOOT', '', 'ended', "
                    + emptyBytes() + ")");
        }
        database = Database.open(config);
        Device device = database.read(stores -> stores.devices().find(1000)).orElseThrow();
        happened(device, 0, 2);
        assertThat(events(device, 2)).containsExactly("e1", "e0", "oldest", "older", "old");
        assertThat(sessions(device, 2)).containsExactly("OLD");
    }

    /** A database that nobody has opened yet. */
    abstract DatabaseConfig elsewhere();

    abstract String emptyBytes();

    private static Connection connect(DatabaseConfig config) throws SQLException {
        return DriverManager.getConnection(
                config.url(), config.user(), config.password().reveal());
    }

    private static void migrateTo(DatabaseConfig config, String version) {
        Flyway.configure()
                .dataSource(config.url(), config.user(), config.password().reveal())
                .locations("classpath:carillon/db/migration")
                .target(version)
                .load()
                .migrate();
    }
}
