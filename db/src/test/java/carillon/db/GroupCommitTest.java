package carillon.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.Secret;
import carillon.cwmp.message.AcsMethod;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest extends DatabaseFixture {
    @TempDir
    Path directory;

    @Override
    DatabaseConfig config() {
        return new DatabaseConfig(
                "jdbc:h2:file:" + directory.resolve("carillon"),
                "carillon",
                new Secret("x"),
                directory.resolve("keys"),
                4,
                64,
                8,
                3);
    }

    @Test
    void who_lost_the_guard_keeps_no_effect_of_any_kind() {
        Device device = stored("FCH00000001");
        QueuedRpc sent = queued(device, AcsMethod.REBOOT);
        commit(device, new Effect.ClaimNext("s", NOW));
        QueuedRpc waiting = queued(device, AcsMethod.GET_RPC_METHODS);
        CommitResult lost = commit(
                device,
                new Effect.Guard(device.key(), device.version() + 7),
                new Effect.DeviceSeen(device.withLabels("elsewhere", "", Set.of())),
                new Effect.EventsSeen("s", List.of(new Event("1 BOOT", "")), NOW),
                new Effect.ValuesReported(List.of(new ParameterValue("Device.A", "1", ParameterType.STRING)), NOW),
                new Effect.RpcMoved(
                        sent.id(),
                        Set.of(RpcState.SENT),
                        RpcState.SUCCEEDED,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        NOW),
                new Effect.RpcAcknowledged(sent.id(), NOW),
                new Effect.EvidenceRecorded(sent.id(), "{}"),
                new Effect.ClaimSeen(new Claim(
                        Ids.next(),
                        device.key(),
                        device.tenant(),
                        "",
                        Claim.State.PENDING,
                        false,
                        "192.0.2.9",
                        "",
                        1,
                        NOW,
                        NOW,
                        "")),
                new Effect.ClaimNext("s2", NOW));
        assertThat(lost.guardLost()).isTrue();
        assertThat(lost.claimed()).isEmpty();
        assertThat(read(sent).state()).isEqualTo(RpcState.SENT);
        assertThat(read(sent).acknowledgedAt()).isEmpty();
        assertThat(read(sent).evidence()).isEmpty();
        assertThat(read(waiting).state()).isEqualTo(RpcState.QUEUED);
        assertThat(database.<Device>read(
                                stores -> stores.devices().find(device.key()).orElseThrow())
                        .site())
                .isEmpty();
        assertThat(database.<Integer>read(stores ->
                        stores.events().list(device.key(), 9, "").items().size()
                                + stores.claims().list(device.key()).size()
                                + stores.parameters()
                                        .list(device.key(), "", 0, 9, "")
                                        .items()
                                        .size()))
                .isZero();
    }

    @Test
    void of_many_turns_on_one_version_exactly_one_wins() {
        Device device = stored("FCH00000001");
        List<CompletableFuture<CommitResult>> turns = IntStream.range(0, 50)
                .mapToObj(i -> submit(
                        device,
                        new Effect.Guard(device.key(), device.version()),
                        new Effect.DeviceSeen(device),
                        new Effect.EventsSeen("s" + i, List.of(new Event("2 PERIODIC", "")), NOW)))
                .toList();
        assertThat(turns.stream().map(CompletableFuture::join).filter(result -> !result.guardLost()))
                .hasSize(1);
        assertThat(database.<Page<StoredEvent>>read(stores -> stores.events().list(device.key(), 100, ""))
                        .items())
                .hasSize(1);
    }

    private static Device waiting(int number, String source, Instant at) {
        Device device = device("W0000000" + number, DeviceState.WAITING);
        return device.withPresence(
                new Device.Presence(at, Optional.of(at), Optional.empty(), "", Optional.empty(), false, source));
    }

    private boolean refused(Device device) {
        return commit(device, new Effect.DeviceSeen(device)).refused();
    }

    @Test
    void one_source_adds_only_so_many_waiting_devices_within_an_hour() {
        for (int i = 0; i < 3; i++) {
            assertThat(refused(waiting(i, "192.0.2.1", NOW))).isFalse();
        }
        assertThat(refused(waiting(3, "192.0.2.1", NOW.plusSeconds(3599)))).isTrue();
        assertThat(refused(waiting(3, "192.0.2.2", NOW.plusSeconds(3599)))).isFalse();
        assertThat(refused(waiting(4, "192.0.2.1", NOW.plusSeconds(3601)))).isFalse();
    }

    @Test
    void the_waiting_list_as_a_whole_is_limited_and_what_is_refused_is_not_kept() {
        List<Boolean> refused = new ArrayList<>();
        for (int i = 10; i < 22; i++) {
            refused.add(refused(waiting(i, "192.0.2." + i, NOW)));
        }
        assertThat(refused.stream().filter(Boolean::booleanValue)).hasSize(4);
        assertThat(database.<Long>read(
                        stores -> stores.devices().counts(Scope.ALL).total()))
                .isEqualTo(8);
        assertThat(refused(device("A00000001", DeviceState.APPROVED))).isFalse();
    }

    @Test
    void a_closed_database_takes_no_turn_and_says_so() {
        Device device = stored("FCH00000001");
        GroupCommit commits = database.groupCommit();
        database.close();
        assertThatThrownBy(commits.submit(device.id(), device.key(), List.of())::join)
                .hasCauseInstanceOf(DatabaseException.class);
        database = Database.open(config());
        assertThat(database.<Optional<Device>>read(stores -> stores.devices()
                        .find(new DeviceId(
                                device.id().oui(),
                                device.id().productClass(),
                                device.id().serial()))))
                .isPresent();
    }
}
