package carillon.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.ParameterValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nothing grows without bound, and what is unique is so in its tenant. */
abstract class LimitsContract extends DatabaseFixture {
    static final Limits FEW = new Limits(4, new ClaimLimits(2, 2, 2, 64), 3, 5);

    static DatabaseConfig few(DatabaseConfig usual) {
        return new DatabaseConfig(
                usual.url(),
                usual.user(),
                usual.password(),
                usual.keyFile(),
                usual.poolSize(),
                usual.groupSize(),
                usual.waitingLimit(),
                usual.waitingPerSource(),
                FEW,
                DownloadLimits.NONE);
    }

    private static Device of(String tenant, String serial) {
        Device one = device(serial, DeviceState.APPROVED);
        return new Device(
                0,
                tenant,
                "",
                one.id(),
                one.state(),
                one.label(),
                one.tags(),
                one.reported(),
                one.trust(),
                one.presence(),
                one.spoken(),
                0);
    }

    private long rows(String table) {
        Map<String, Long> rows = database.read(stores -> stores.stock().rows());
        assertThat(rows).containsKey(table);
        return rows.get(table);
    }

    @Test
    void an_identity_is_unique_in_its_tenant_and_an_inform_means_the_default_one() {
        Device ours = stored("FCH00000001");
        Device theirs = database.write(stores -> stores.devices().insert(of("other", "FCH00000001")));
        assertThat(theirs.key()).isNotEqualTo(ours.key());
        assertThat(database.<Optional<Device>>read(stores -> stores.devices().find(ours.id())))
                .contains(ours);
        assertThat(database.<Optional<Device>>read(stores -> stores.devices().find("other", ours.id())))
                .contains(theirs);
        assertThat(database.<List<Device>>read(
                        stores -> stores.devices().named(Scope.ALL, ours.id().encoded())))
                .containsExactly(ours);
        assertThatThrownBy(() -> stored("FCH00000001")).isInstanceOf(RuntimeException.class);

        Device unknown = of("other", "FCH00000002");
        assertThat(commit(unknown, new Effect.DeviceSeen(unknown)).guardLost()).isFalse();
        Device mine = of(Scope.DEFAULT_TENANT, "FCH00000002");
        assertThat(commit(mine, new Effect.DeviceSeen(mine)).guardLost()).isFalse();
        assertThat(commit(mine, new Effect.DeviceSeen(mine)).guardLost()).isTrue();
    }

    @Test
    void an_answer_is_remembered_for_its_tenants_actor_alone() {
        database.write(stores -> {
            stores.settings().putAnswer("default", "user:ann", "k", "ours", NOW);
            stores.settings().putAnswer("other", "user:ann", "k", "theirs", NOW);
            return 0;
        });
        assertThat(database.<Optional<String>>read(stores -> stores.settings().findAnswer("other", "user:ann", "k")))
                .contains("theirs");
        assertThat(database.<Integer>write(stores -> stores.settings().pruneAnswers(NOW.plusSeconds(1))))
                .isEqualTo(2);
    }

    @Test
    void a_document_of_parameters_is_in_the_tenant_and_at_the_site_of_its_device() {
        Device device = database.write(stores -> stores.devices().insert(of("other", "FCH00000001")));
        report(device, "Device.A");
        assertThat(place(device)).isEqualTo("other/");
        assertThat(database.<Boolean>write(stores -> stores.devices()
                        .update(stores.devices()
                                .find(device.key())
                                .orElseThrow()
                                .withLabels("paris", "l", Set.of()))))
                .isTrue();
        assertThat(place(device)).isEqualTo("other/paris");
    }

    private String place(Device device) {
        return database.transact(transaction -> transaction
                .sql()
                .list(
                        "select tenant_id, site from parameter_document where device_id = ?",
                        row -> row.text("tenant_id") + "/" + row.text("site"),
                        device.key())
                .get(0));
    }

    @Test
    void a_users_name_is_unique_in_its_tenant_and_a_login_means_the_default_one() {
        User ours = new User(0, "ann", "x", Role.VIEWER, Scope.ALL, false, false, NOW);
        User theirs = new User(0, "ann", "y", Role.VIEWER, new Scope("other", "", ""), false, false, NOW);
        database.write(stores -> stores.users().insert(ours));
        database.write(stores -> stores.users().insert(theirs));
        assertThat(database.<Optional<User>>read(stores -> stores.users().find("ann")))
                .map(User::passwordHash)
                .contains("x");
        assertThat(database.<Optional<User>>read(stores -> stores.users().find("other", "ann")))
                .map(User::passwordHash)
                .contains("y");
        assertThatThrownBy(() -> database.write(stores -> stores.users().insert(ours)))
                .hasMessageContaining("exists already");
    }

    @Test
    void a_device_too_many_is_refused_and_those_that_are_known_still_come() {
        List<Boolean> refused = new ArrayList<>();
        Device last = device("FCH00000000", DeviceState.APPROVED);
        for (int i = 0; i < FEW.devices() + 2; i++) {
            Device device = device("FCH0000000" + i, DeviceState.APPROVED);
            CommitResult result = commit(device, new Effect.DeviceSeen(device));
            refused.add(result.refused());
            last = result.device().orElse(last);
        }
        assertThat(refused).containsExactly(false, false, false, false, true, true);
        assertThat(commit(last, new Effect.DeviceSeen(last)).refused()).isFalse();
        assertThat(rows("device")).isEqualTo(FEW.devices());
    }

    @Test
    void devices_that_wait_and_do_not_come_any_more_are_removed_with_all_that_is_theirs() {
        Device waits = database.write(stores -> stores.devices().insert(device("FCH00000001", DeviceState.WAITING)));
        Device ours = stored("FCH00000002");
        commit(waits, new Effect.EventsSeen("s", List.of(Event.of(EventCode.BOOT)), NOW));
        assertThat(database.<Integer>write(stores -> stores.devices().pruneWaiting(Scope.DEFAULT_TENANT, NOW, 10)))
                .isZero();
        assertThat(database.<Integer>write(
                        stores -> stores.devices().pruneWaiting(Scope.DEFAULT_TENANT, NOW.plusSeconds(1), 10)))
                .isEqualTo(1);
        assertThat(database.<Optional<Device>>read(stores -> stores.devices().find(ours.id())))
                .isPresent();
        assertThat(rows("event")).isZero();
        assertThat(rows("device")).isEqualTo(1);
    }

    @Test
    void events_and_sessions_beyond_the_limit_go_the_oldest_first() {
        Device device = stored("FCH00000001");
        for (int i = 0; i < 10; i++) {
            commit(device, new Effect.EventsSeen("s" + i, List.of(Event.of(EventCode.PERIODIC)), NOW.plusSeconds(i)));
            SessionRecord session = new SessionRecord(
                    Ids.next(),
                    device.key(),
                    device.tenant(),
                    device.site(),
                    NOW.plusSeconds(i),
                    NOW.plusSeconds(i),
                    "192.0.2.17",
                    List.of("2 PERIODIC"),
                    List.of(),
                    "ended well",
                    List.of());
            database.write(stores -> {
                stores.sessions().append(List.of(session));
                return 0;
            });
        }
        assertThat(database.<Integer>write(stores -> stores.events().trim(4, 5)))
                .isEqualTo(5);
        assertThat(database.<Integer>write(stores -> stores.events().trim(4, 5)))
                .isEqualTo(1);
        assertThat(database.<Integer>write(stores -> stores.events().trim(4, 5)))
                .isZero();
        assertThat(database.read(stores -> stores.events().list(device.key(), 100, ""))
                        .items())
                .extracting(StoredEvent::session)
                .containsExactly("s9", "s8", "s7", "s6");
        assertThat(database.<Integer>write(stores -> stores.sessions().trim(3, 100)))
                .isEqualTo(7);
        assertThat(database.read(stores -> stores.sessions().list(device.key(), 100, ""))
                        .items())
                .hasSize(3);
    }

    @Test
    void names_that_no_document_has_go_after_a_day_and_come_again() {
        Device device = stored("FCH00000001");
        report(device, "Device.A");
        commit(device, new Effect.ParametersForgotten(""));
        report(device, "Device.B");
        long all = rows("parameter_shape");
        assertThat(all).isGreaterThan(1);
        assertThat(pruned(0)).isZero();
        assertThat(pruned(23)).isZero();
        assertThat(pruned(24)).isEqualTo((int) all - 1);
        assertThat(database.read(stores -> stores.parameters().list(device.key(), "", 0, 10, ""))
                        .items())
                .extracting(ReportedParameter::path)
                .containsExactly("Device.B");
        commit(device, new Effect.ParametersForgotten(""));
        report(device, "Device.A");
        assertThat(database.read(stores -> stores.parameters().list(device.key(), "", 0, 10, ""))
                        .items())
                .extracting(ReportedParameter::path)
                .containsExactly("Device.A");
    }

    private void report(Device device, String path) {
        commit(device, new Effect.ValuesReported(List.of(ParameterValue.string(path, "v")), NOW));
    }

    private int pruned(int hours) {
        return database.write(
                stores -> stores.parameters().pruneShapes(NOW.plus(Duration.ofHours(hours)), Duration.ofDays(1)));
    }

    @Test
    void what_is_learned_is_bounded_by_model_and_in_all() {
        Device device = stored("FCH00000001");
        for (String version : List.of("1", "2")) {
            ModelKey model = new ModelKey(Scope.DEFAULT_TENANT, "00562B", "CP-8851-3PCC", version);
            List<ModelFact> facts = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                facts.add(new ModelFact(ModelFact.Kind.UNKNOWN_NAME, "Device." + i, 0, NOW));
            }
            commit(device, new Effect.ModelLearned(model, facts));
        }
        assertThat(rows("model_fact")).isEqualTo(FEW.facts());
        assertThat(database.<Integer>write(stores -> stores.models().prune(NOW.plusSeconds(1))))
                .isEqualTo(FEW.facts());
    }

    @Test
    void claims_of_all_devices_are_bounded() {
        List<Boolean> refused = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Device device = stored("FCH0000000" + i);
            Claim claim = new Claim(
                    Ids.next(),
                    device.key(),
                    device.tenant(),
                    device.site(),
                    Claim.State.PENDING,
                    false,
                    "192.0.2." + i,
                    "1 BOOT",
                    1,
                    NOW,
                    NOW,
                    "");
            refused.add(commit(device, new Effect.ClaimSeen(claim)).refused());
        }
        assertThat(refused).containsExactly(false, false, true);
    }

    @Test
    void the_audit_log_tokens_and_logins_are_shortened_at_their_old_end() {
        User ann = database.write(
                stores -> stores.users().insert(new User(0, "ann", "x", Role.VIEWER, Scope.ALL, false, false, NOW)));
        database.write(stores -> {
            for (int i = 0; i < 5; i++) {
                stores.audit().append(new AuditEntry(0, NOW.plusSeconds(i), "default", "", "a", "b", "c", "{}", "{}"));
                stores.users().insertLogin("login" + i, ann.key(), NOW.plusSeconds(i));
                stores.users()
                        .insertToken(new ApiToken(
                                "token" + i,
                                "hash" + i,
                                "",
                                ann.key(),
                                Role.VIEWER,
                                Scope.ALL,
                                NOW,
                                NOW.plusSeconds(i),
                                false));
            }
            return 0;
        });
        assertThat(database.<Integer>write(stores -> stores.audit().prune(NOW.plusSeconds(3), 2)))
                .isEqualTo(2);
        assertThat(database.<Integer>write(stores -> stores.audit().prune(NOW.plusSeconds(3), 2)))
                .isEqualTo(1);
        assertThat(database.<Integer>write(stores -> stores.users().pruneTokens(NOW.plusSeconds(2), 10)))
                .isEqualTo(2);
        assertThat(database.<Integer>write(stores -> stores.users().trimLogins(ann.key(), 2)))
                .isEqualTo(3);
        assertThat(database.<Optional<User>>read(stores -> stores.users().findLogin("login4", NOW)))
                .isPresent();
        assertThat(rows("audit")).isEqualTo(2);
        assertThat(rows("login")).isEqualTo(2);
        assertThat(rows("api_token")).isEqualTo(3);
    }
}
