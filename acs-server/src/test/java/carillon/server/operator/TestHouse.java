package carillon.server.operator;

import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.Secret;
import carillon.db.AuditEntry;
import carillon.db.Claim;
import carillon.db.CredentialState;
import carillon.db.Database;
import carillon.db.DatabaseConfig;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.Effect;
import carillon.db.Ids;
import carillon.db.QueuedRpc;
import carillon.db.Role;
import carillon.db.Scope;
import carillon.db.StoredEvent;
import carillon.db.User;
import carillon.rpc.arguments.RpcJson;
import carillon.rpc.arguments.TransferHabits;
import carillon.rpc.enrol.TransferTokens;
import carillon.server.access.PasswordHash;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A server's people and phones on a fresh database in memory, with a clock that is set by hand. */
public final class TestHouse implements AutoCloseable {
    public static final String PASSWORD = "correct horse";
    public static final PasswordHash HASHES = new PasswordHash();

    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    public final InstantSource clock = () -> now;
    public final Database database;
    public final Guard guard;
    public final List<String> rung = new ArrayList<>();
    public final List<DeviceId> watched = new ArrayList<>();
    public final RpcActions rpcs;
    public final DeviceActions devices;
    public final ClaimActions claims;
    public final UserActions users;
    public final TokenActions tokens;

    public TestHouse(Path directory) {
        database = Database.open(new DatabaseConfig(
                "jdbc:h2:mem:" + Ids.next(), "sa", new Secret(""), directory.resolve("keys"), 4, 100, 100, 100));
        guard = new Guard(database, clock);
        rpcs = new RpcActions(
                guard,
                new RpcJson(),
                new TransferPlans(new TransferTokens(new byte[32]), new RpcJson(), TransferHabits.USUAL),
                (device, rpc, call) -> rung.add(rpc.method().rpcName() + (call ? "!" : "")));
        devices = new DeviceActions(guard, watched::add);
        claims = new ClaimActions(guard, watched::add);
        users = new UserActions(guard, HASHES);
        tokens = new TokenActions(guard);
    }

    public void later(Duration duration) {
        now = now.plus(duration);
    }

    public Instant now() {
        return now;
    }

    public static Actor actor(Role role) {
        return new Actor("user:" + role, 0, role, Scope.ALL, Optional.empty());
    }

    public User user(String name, Role role) {
        return user(name, role, Scope.ALL);
    }

    public User user(String name, Role role, Scope scope) {
        return database.write(stores ->
                stores.users().insert(new User(0, name, HASHES.hash(PASSWORD), role, scope, false, false, now)));
    }

    public Device device(String productClass, String serial, DeviceState state) {
        return device(productClass, serial, state, "");
    }

    public Device device(String productClass, String serial, DeviceState state, String site) {
        Device device = new Device(
                0,
                Scope.DEFAULT_TENANT,
                site,
                new DeviceId("00562B", productClass, serial),
                state,
                "",
                Set.of(),
                new Device.Reported(
                        "Cisco Systems, Inc.", "00562b123456", "1.0", "12.0.1", "192.0.2.17", "", "", "Device.", ""),
                new Device.Trust(CredentialState.SEEN, 3, Optional.of(now), false),
                new Device.Presence(now, Optional.of(now), Optional.empty(), "", Optional.of(now), false, "192.0.2.17"),
                Device.Spoken.NOTHING,
                0);
        return database.write(stores -> stores.devices().insert(device));
    }

    /** What a phone's turn would have written. */
    public void commits(Device device, Effect... effects) {
        database.groupCommit()
                .submit(device.id(), device.key(), List.of(effects))
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    public Claim claim(Device device, boolean expected, Event... told) {
        Claim claim = new Claim(
                Ids.next(),
                device.key(),
                device.tenant(),
                device.site(),
                Claim.State.PENDING,
                expected,
                "192.0.2.99",
                "0 BOOTSTRAP",
                1,
                now,
                now,
                "");
        commits(device, new Effect.ClaimSeen(claim, "C", List.of(told)));
        return claim;
    }

    public Device fresh(Device device) {
        return database.read(stores -> stores.devices().find(device.key())).orElseThrow();
    }

    public QueuedRpc fresh(QueuedRpc rpc) {
        return database.read(stores -> stores.rpcs().find(Scope.ALL, rpc.id())).orElseThrow();
    }

    /** Newest first. */
    public List<StoredEvent> events(Device device) {
        return database.read(stores -> stores.events().list(device.key(), 100, ""))
                .items();
    }

    /** Newest first. */
    public List<AuditEntry> audit() {
        return database.read(stores -> stores.audit().list(Scope.ALL, "", 100, ""))
                .items();
    }

    @Override
    public void close() {
        database.close();
    }
}
