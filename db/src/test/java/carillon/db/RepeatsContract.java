package carillon.db;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RPCs that phones refused for a reason that may pass. */
abstract class RepeatsContract extends DatabaseFixture {
    private static final Fault FAILED = Fault.of(FaultCode.UNABLE_TO_CONTACT_FILE_SERVER);
    private static final Set<RpcState> REPORTABLE = Set.of(RpcState.SENT, RpcState.UNCONFIRMED, RpcState.EXPIRED);
    private static final Set<AcsMethod> TRANSFERS = Set.of(AcsMethod.DOWNLOAD, AcsMethod.UPLOAD);

    private Optional<QueuedRpc> claimed(Device device, String session, Instant now) {
        return commit(device, new Effect.ClaimNext(session, now)).claimed();
    }

    private static Effect failure(String id, Instant at, Duration... delays) {
        return new Effect.FailureReported(
                id,
                TRANSFERS,
                REPORTABLE,
                FAILED,
                "told",
                List.of(delays).stream().map(at::plus).toList(),
                at);
    }

    @Test
    @Tag("CWMP-184")
    void what_is_put_off_is_queued_with_its_fault_and_leaves_when_its_time_has_come() {
        Device device = stored("FCH00000001");
        QueuedRpc rpc = queued(device, AcsMethod.ADD_OBJECT);
        claimed(device, "s1", NOW);
        commit(device, new Effect.EvidenceRecorded(rpc.id(), "{}"));
        commit(device, new Effect.RpcPutOff(rpc.id(), FAILED, NOW.plusSeconds(60), "later"));
        QueuedRpc now = read(rpc);
        assertThat(now.state()).isEqualTo(RpcState.QUEUED);
        assertThat(now.fault()).contains(FAILED);
        assertThat(now.note()).isEqualTo("later");
        assertThat(now.notBefore()).contains(NOW.plusSeconds(60));
        assertThat(now.evidence()).isEmpty();
        assertThat(claimed(device, "s2", NOW.plusSeconds(59))).isEmpty();
        QueuedRpc again = claimed(device, "s2", NOW.plusSeconds(60)).orElseThrow();
        assertThat(again.attempts()).isEqualTo(2);
        commit(
                device,
                new Effect.RpcMoved(
                        rpc.id(),
                        Set.of(RpcState.SENT),
                        RpcState.SUCCEEDED,
                        Optional.of("{}"),
                        Optional.empty(),
                        "",
                        NOW.plusSeconds(61)));
        assertThat(read(rpc).fault()).isEmpty();
    }

    @Test
    @Tag("CWMP-184")
    void a_failed_transfer_is_put_off_as_often_as_there_are_delays_and_lives_as_long_as_it_was_given() {
        Device device = stored("FCH00000002");
        QueuedRpc rpc = queued(device, AcsMethod.DOWNLOAD);
        Instant lives = rpc.expiresAt().orElseThrow();
        for (int attempt = 1; attempt <= 2; attempt++) {
            Instant now = NOW.plusSeconds(600L * attempt);
            claimed(device, "s" + attempt, now);
            commit(device, new Effect.RpcAcknowledged(rpc.id(), now, Optional.of(now.plusSeconds(30))));
            CommitResult result = commit(device, failure(rpc.id(), now, Duration.ofSeconds(60)));
            assertThat(result.putOff()).hasSize(attempt == 1 ? 1 : 0);
            assertThat(read(rpc).state()).isEqualTo(attempt == 1 ? RpcState.QUEUED : RpcState.FAILED);
            if (attempt == 1) {
                assertThat(read(rpc).expiresAt()).contains(lives);
                assertThat(read(rpc).acknowledgedAt()).isEmpty();
                assertThat(read(rpc).note()).contains("attempt 1 of 2", "9015");
                commit(device, failure(rpc.id(), now, Duration.ofSeconds(60)));
                assertThat(read(rpc).state()).as("the report comes twice").isEqualTo(RpcState.QUEUED);
            }
        }
    }

    @Test
    void a_failed_transfer_that_would_be_given_up_before_its_next_attempt_fails_at_once() {
        Device device = stored("FCH00000003");
        QueuedRpc rpc = queued(device, AcsMethod.DOWNLOAD);
        claimed(device, "s", NOW);
        assertThat(commit(device, failure(rpc.id(), NOW, Duration.ofHours(2))).putOff())
                .isEmpty();
        assertThat(read(rpc).state()).isEqualTo(RpcState.FAILED);
        assertThat(read(rpc).fault()).contains(FAILED);
    }

    @Test
    void a_failure_without_a_name_is_that_of_the_only_transfer_and_of_none_of_two() {
        Device device = stored("FCH00000004");
        QueuedRpc first = queued(device, AcsMethod.DOWNLOAD);
        claimed(device, "s", NOW);
        commit(device, new Effect.RpcAcknowledged(first.id(), NOW));
        assertThat(commit(device, failure("", NOW, Duration.ofSeconds(60))).putOff())
                .containsExactly(first.id());
        QueuedRpc second = queued(device, AcsMethod.UPLOAD);
        commit(device, failure("", NOW, Duration.ofSeconds(60)));
        assertThat(read(second).state()).isEqualTo(RpcState.QUEUED);
        assertThat(read(second).fault()).isEmpty();
    }

    @Test
    void what_expires_while_it_is_put_off_keeps_its_fault() {
        Device device = stored("FCH00000005");
        QueuedRpc rpc = queued(device, AcsMethod.REBOOT);
        claimed(device, "s", NOW);
        commit(device, new Effect.RpcPutOff(rpc.id(), FAILED, NOW.plusSeconds(60), "later"));
        database.write(stores -> stores.rpcs().expire(NOW.plusSeconds(7200), 10));
        assertThat(read(rpc).state()).isEqualTo(RpcState.EXPIRED);
        assertThat(read(rpc).fault()).contains(FAILED);
    }
}
