package carillon.db;

import carillon.cwmp.DeviceId;
import carillon.cwmp.Secret;
import carillon.cwmp.message.AcsMethod;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database that is open during a test, and what tests put into it. */
abstract class DatabaseFixture {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    Database database;

    abstract DatabaseConfig config();

    @BeforeEach
    void open() {
        database = Database.open(config());
    }

    @AfterEach
    void close() {
        database.close();
    }

    static Device device(String serial, DeviceState state) {
        return new Device(
                0,
                Scope.DEFAULT_TENANT,
                "",
                new DeviceId("00562B", "CP-8851-3PCC", serial),
                state,
                "reception desk",
                Set.of("floor1"),
                new Device.Reported(
                        "Cisco Systems, Inc.",
                        "00562b0000" + serial.substring(serial.length() - 2),
                        "1.0",
                        "12.0",
                        "192.0.2.17",
                        "http://192.0.2.17:8000/x",
                        "",
                        "Device.",
                        ""),
                Device.Trust.NONE,
                new Device.Presence(NOW, Optional.of(NOW), Optional.empty(), "", Optional.empty(), false, "192.0.2.17"),
                Device.Spoken.NOTHING,
                0);
    }

    Device stored(String serial) {
        return database.write(stores -> stores.devices().insert(device(serial, DeviceState.APPROVED)));
    }

    CommitResult commit(Device device, Effect... effects) {
        return submit(device, effects).join();
    }

    CompletableFuture<CommitResult> submit(Device device, Effect... effects) {
        return database.groupCommit()
                .submit(device.id(), device.key(), List.of(effects))
                .orTimeout(30, TimeUnit.SECONDS);
    }

    QueuedRpc queued(Device device, AcsMethod method) {
        return database.write(stores -> stores.rpcs()
                .enqueue(new NewRpc(
                        device.key(),
                        device.tenant(),
                        device.site(),
                        method,
                        "{\"paths\":[\"Device.\"]}",
                        NOW,
                        Optional.empty(),
                        Optional.of(NOW.plusSeconds(3600)),
                        "user:admin",
                        false)));
    }

    QueuedRpc read(QueuedRpc rpc) {
        return database.read(stores -> stores.rpcs().find(Scope.ALL, rpc.id()).orElseThrow());
    }

    static DatabaseConfig h2(Path directory) {
        return new DatabaseConfig(
                "jdbc:h2:file:" + directory.resolve("carillon"),
                "carillon",
                new Secret("x"),
                directory.resolve("keys"),
                4,
                64,
                100,
                5);
    }
}
