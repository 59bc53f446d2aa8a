package carillon.db;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.message.AcsMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Downloads that leave and end: how many at a time, and what their phones have to show. */
abstract class DownloadsContract extends DatabaseFixture {
    /** Five at a time, two of one site. */
    static DatabaseConfig limited(DatabaseConfig config) {
        return new DatabaseConfig(
                config.url(),
                config.user(),
                config.password(),
                config.keyFile(),
                config.poolSize(),
                config.groupSize(),
                config.waitingLimit(),
                config.waitingPerSource(),
                config.limits(),
                new DownloadLimits(5, 2));
    }

    private final List<Device> devices = new ArrayList<>();

    private QueuedRpc download(String site, String awaited) {
        Device device = stored(String.format("FCH%08d", devices.size() + 1));
        devices.add(device);
        return database.write(stores -> stores.rpcs()
                .enqueue(new NewRpc(
                        device.key(),
                        device.tenant(),
                        site,
                        AcsMethod.DOWNLOAD,
                        "{}",
                        NOW,
                        Optional.empty(),
                        Optional.of(NOW.plus(Duration.ofDays(1))),
                        "user:admin",
                        false,
                        awaited)));
    }

    private Device of(QueuedRpc rpc) {
        return devices.stream()
                .filter(device -> device.key() == rpc.deviceKey())
                .findFirst()
                .orElseThrow();
    }

    private boolean leaves(QueuedRpc rpc) {
        Optional<QueuedRpc> claimed =
                commit(of(rpc), new Effect.ClaimNext("s" + rpc.sequence(), NOW)).claimed();
        if (claimed.isPresent()) {
            assertThat(claimed.get().id()).isEqualTo(rpc.id());
            commit(of(rpc), new Effect.RpcAcknowledged(rpc.id(), NOW));
        }
        return claimed.isPresent();
    }

    private CommitResult reports(QueuedRpc rpc, String version) {
        return commit(
                of(rpc),
                new Effect.TransferDone(
                        rpc.id(),
                        Set.of(RpcState.SENT, RpcState.UNCONFIRMED, RpcState.EXPIRED),
                        version,
                        NOW.plusSeconds(100),
                        "{\"status\":0}",
                        "reported",
                        NOW.plusSeconds(1)));
    }

    @Test
    @Tag("CWMP-178")
    void beyond_the_limit_a_download_waits_until_one_ends_and_nothing_waits_behind_it() {
        List<QueuedRpc> five = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            five.add(download("", ""));
            assertThat(leaves(five.get(i))).isTrue();
        }
        QueuedRpc sixth = download("", "");
        assertThat(leaves(sixth)).isFalse();
        assertThat(read(sixth).state()).isEqualTo(RpcState.QUEUED);
        assertThat(read(sixth).note()).contains("5 downloads are under way");
        QueuedRpc behind = queued(of(sixth), AcsMethod.REBOOT);
        assertThat(commit(of(sixth), new Effect.ClaimNext("t", NOW))
                        .claimed()
                        .orElseThrow()
                        .id())
                .isEqualTo(behind.id());
        reports(five.get(2), "");
        assertThat(read(five.get(2)).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(leaves(sixth)).isTrue();
        QueuedRpc seventh = download("", "");
        assertThat(leaves(seventh)).isFalse();
        // its session died: it is asked again, and has no place meanwhile
        database.write(stores -> stores.rpcs()
                .move(
                        five.get(0).id(),
                        Set.of(RpcState.SENT),
                        RpcState.QUEUED,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        NOW));
        assertThat(leaves(seventh)).isTrue();
        assertThat(commit(of(five.get(0)), new Effect.ClaimNext("again", NOW)).claimed())
                .isEmpty();
    }

    @Test
    @Tag("CWMP-178")
    void a_site_has_its_own_limit_and_an_ended_transfer_has_no_place_while_its_version_is_awaited() {
        QueuedRpc first = download("lyon", "13");
        QueuedRpc second = download("lyon", "");
        QueuedRpc third = download("lyon", "");
        QueuedRpc elsewhere = download("nice", "");
        assertThat(leaves(first)).isTrue();
        assertThat(leaves(second)).isTrue();
        assertThat(leaves(third)).isFalse();
        assertThat(read(third).note()).contains("2 downloads of the site lyon");
        assertThat(leaves(elsewhere)).isTrue();
        assertThat(reports(first, "12").awaiting()).containsExactly(first.id());
        assertThat(leaves(third)).isTrue();
    }

    @Test
    @Tag("CWMP-178")
    void places_are_as_they_were_when_the_server_comes_back() {
        for (int i = 0; i < 5; i++) {
            assertThat(leaves(download("", ""))).isTrue();
        }
        QueuedRpc sixth = download("", "");
        database.close();
        database = Database.open(config());
        assertThat(leaves(sixth)).isFalse();
    }

    @Test
    @Tag("CWMP-135")
    void firmware_that_was_reported_is_sent_until_its_version_is_seen_or_its_time_is_over() {
        QueuedRpc rpc = download("", "13.0");
        assertThat(leaves(rpc)).isTrue();
        assertThat(reports(rpc, "12.0").awaiting()).containsExactly(rpc.id());
        QueuedRpc waiting = read(rpc);
        assertThat(waiting.state()).isEqualTo(RpcState.SENT);
        assertThat(waiting.awaited()).isEqualTo(new AwaitedVersion("13.0", Optional.of(NOW.plusSeconds(1))));
        assertThat(waiting.expiresAt()).contains(NOW.plusSeconds(100));
        assertThat(waiting.note()).contains("'13.0'").contains("'12.0'");
        // told twice, awaited no longer
        assertThat(reports(rpc, "12.0").awaiting()).containsExactly(rpc.id());
        assertThat(read(rpc).awaited()).isEqualTo(waiting.awaited());

        assertThat(expired(NOW.plusSeconds(99))).isEmpty();
        assertThat(expired(NOW.plusSeconds(101))).containsExactly(rpc.id());
        assertThat(read(rpc).state()).isEqualTo(RpcState.FAILED);
        assertThat(read(rpc).fault().orElseThrow().text()).contains("'13.0'").contains("'12.0'");
    }

    @Test
    @Tag("CWMP-135")
    void what_expired_is_awaited_again_when_it_was_reported_after_all_and_the_version_settles_it() {
        QueuedRpc rpc = download("", "13.0");
        assertThat(leaves(rpc)).isTrue();
        assertThat(expired(NOW.plus(Duration.ofDays(2)))).containsExactly(rpc.id());
        assertThat(read(rpc).endedAt()).isPresent();
        reports(rpc, "12.0");
        assertThat(read(rpc).state()).isEqualTo(RpcState.SENT);
        assertThat(read(rpc).endedAt()).isEmpty();
        reports(rpc, "13.0");
        assertThat(read(rpc).state()).isEqualTo(RpcState.SUCCEEDED);
    }

    private List<String> expired(Instant at) {
        return database.write(stores -> stores.rpcs().expire(at, 10));
    }
}
