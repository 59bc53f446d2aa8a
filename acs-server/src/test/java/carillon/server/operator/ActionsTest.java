package carillon.server.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.Secret;
import carillon.db.Claim;
import carillon.db.CredentialState;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.Effect;
import carillon.db.QueuedRpc;
import carillon.db.Role;
import carillon.db.RpcState;
import carillon.db.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionsTest {
    private static final Actor OPERATOR = TestHouse.actor(Role.OPERATOR);
    private static final Actor VIEWER = TestHouse.actor(Role.VIEWER);
    private static final Actor ADMINISTRATOR = TestHouse.actor(Role.ADMINISTRATOR);

    @TempDir
    Path directory;

    private TestHouse house;
    private Device phone;

    @BeforeEach
    void open() {
        house = new TestHouse(directory);
        phone = house.device("CP-8851-3PCC", "FCH1", DeviceState.APPROVED);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private QueuedRpc queued(String method, String arguments) {
        return house.rpcs
                .queue(OPERATOR, phone.id().encoded(), RpcActions.Request.now(method, arguments, true))
                .rpc();
    }

    private void moved(QueuedRpc rpc, RpcState... states) {
        for (RpcState state : states) {
            if (state == RpcState.SENT) {
                house.commits(phone, new Effect.ClaimNext("session", house.now()));
            } else {
                house.commits(
                        phone,
                        new Effect.RpcMoved(
                                rpc.id(),
                                Set.of(RpcState.SENT),
                                state,
                                Optional.empty(),
                                Optional.empty(),
                                "the answer was lost",
                                house.now()));
            }
        }
    }

    private static void refused(Class<? extends ActionRefused.Reason> reason, String part, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ActionRefused.class, refused -> {
            assertThat(refused.reason()).isInstanceOf(reason);
            assertThat(refused.sentence()).contains(part);
        });
    }

    @Test
    void a_queued_rpc_is_kept_for_a_week_audited_and_rung() {
        QueuedRpc rpc = queued("Reboot", "{}");

        assertThat(house.fresh(rpc).state()).isEqualTo(RpcState.QUEUED);
        assertThat(rpc.expiresAt()).contains(house.now().plus(Duration.ofDays(7)));
        assertThat(house.rung).containsExactly("Reboot!");
        assertThat(house.audit().get(0).action()).isEqualTo("rpc.queue");
        assertThat(house.audit().get(0).subject()).isEqualTo(phone.id().encoded());
        assertThat(house.audit().get(0).after()).contains(rpc.id());
    }

    @Test
    @Tag("CWMP-195")
    @Tag("CWMP-253")
    void the_audit_log_holds_no_secret_of_an_rpc() {
        queued("SetParameterValues", "{\"values\":[{\"path\":\"Device.X.Password\",\"value\":\"hunter22\"}]}");

        assertThat(house.audit().get(0).after()).contains("***").doesNotContain("hunter22");
    }

    @Test
    void a_type_that_was_left_out_is_the_one_the_phone_reported() {
        house.commits(
                phone,
                new Effect.ValuesReported(
                        List.of(new ParameterValue("Device.X.Enable", "1", ParameterType.BOOLEAN)), house.now()));

        QueuedRpc rpc = queued("SetParameterValues", "{\"values\":[{\"path\":\"Device.X.Enable\",\"value\":\"0\"}]}");

        assertThat(rpc.arguments()).contains("xsd:boolean");
    }

    @Test
    void a_viewer_changes_nothing() {
        String id = phone.id().encoded();
        refused(
                ActionRefused.NotPermitted.class,
                "operator",
                () -> house.rpcs.queue(VIEWER, id, RpcActions.Request.now("Reboot", "{}", false)));
        refused(
                ActionRefused.NotPermitted.class,
                "operator",
                () -> house.devices.patch(VIEWER, id, DeviceActions.Patch.toState("refused")));
        refused(ActionRefused.NotPermitted.class, "operator", () -> house.devices.delete(VIEWER, id));
        refused(ActionRefused.NotPermitted.class, "administrator", () -> house.users.list(OPERATOR));
        assertThat(house.audit()).isEmpty();
    }

    @Test
    void wrong_arguments_and_methods_are_named() {
        refused(ActionRefused.Invalid.class, "paths", () -> queued("GetParameterValues", "{}"));
        refused(ActionRefused.Invalid.class, "Ring", () -> queued("Ring", "{}"));
        refused(
                ActionRefused.NotFound.class,
                "FCH9",
                () -> house.rpcs.queue(
                        OPERATOR, "00562B-CP%2D8851%2D3PCC-FCH9", RpcActions.Request.now("Reboot", "{}", false)));
    }

    @Test
    void only_a_queued_rpc_is_cancelled() {
        QueuedRpc first = queued("Reboot", "{}");
        assertThat(house.rpcs.cancel(OPERATOR, first.id()).rpc().state()).isEqualTo(RpcState.CANCELLED);
        refused(ActionRefused.Conflict.class, "cancelled", () -> house.rpcs.cancel(OPERATOR, first.id()));

        QueuedRpc second = queued("Reboot", "{}");
        moved(second, RpcState.SENT);
        refused(ActionRefused.Conflict.class, "sent", () -> house.rpcs.cancel(OPERATOR, second.id()));
    }

    @Test
    void an_unconfirmed_rpc_is_queued_again_once() {
        QueuedRpc rpc = queued("Reboot", "{}");
        refused(
                ActionRefused.Conflict.class,
                "queued",
                () -> house.rpcs.decide(OPERATOR, rpc.id(), RpcActions.Decision.QUEUE_AGAIN));
        moved(rpc, RpcState.SENT, RpcState.UNCONFIRMED);

        List<RpcActions.Found> found = house.rpcs.decide(OPERATOR, rpc.id(), RpcActions.Decision.QUEUE_AGAIN);

        assertThat(found.get(0).rpc().state()).isEqualTo(RpcState.FAILED);
        assertThat(found.get(0).rpc().note()).contains(found.get(1).rpc().id());
        assertThat(found.get(1).rpc().state()).isEqualTo(RpcState.QUEUED);
        refused(
                ActionRefused.Conflict.class,
                "failed",
                () -> house.rpcs.decide(OPERATOR, rpc.id(), RpcActions.Decision.QUEUE_AGAIN));
    }

    @Test
    void the_same_idempotency_key_queues_one_rpc() {
        Actor once = OPERATOR.once(new Actor.Once("key-1", "abc"));
        RpcActions.Request reboot = RpcActions.Request.now("Reboot", "{}", false);

        String first =
                house.rpcs.queue(once, phone.id().encoded(), reboot).rpc().id();
        String second =
                house.rpcs.queue(once, phone.id().encoded(), reboot).rpc().id();

        assertThat(second).isEqualTo(first);
        assertThat(house.rung).hasSize(1);
        Actor other = OPERATOR.once(new Actor.Once("key-1", "another"));
        refused(
                ActionRefused.Invalid.class,
                "Idempotency-Key",
                () -> house.rpcs.queue(other, phone.id().encoded(), reboot));
    }

    @Test
    void an_approval_lets_the_phone_in_without_credentials_once() {
        Device waiting = house.device("CP-7832-3PCC", "FCH2", DeviceState.WAITING);

        Device approved =
                house.devices.patch(OPERATOR, waiting.id().encoded(), DeviceActions.Patch.toState("approved"));

        assertThat(approved.state()).isEqualTo(DeviceState.APPROVED);
        assertThat(approved.trust().readmit()).isTrue();
        assertThat(approved.trust().credentials()).isEqualTo(CredentialState.NONE);
        assertThat(house.watched).containsExactly(waiting.id());
        assertThat(house.audit().get(0).before()).contains("waiting");
        assertThat(house.audit().get(0).after()).contains("approved");
    }

    @Test
    void an_announced_device_is_announced_once_and_not_approved_unseen() {
        var announcement = new DeviceActions.Announcement(
                new DeviceId("00562B", "CP-8851-3PCC", "NEW"), "lobby", "paris", Set.of("a"));
        Device device = house.devices.announce(OPERATOR, List.of(announcement)).get(0);

        assertThat(device.state()).isEqualTo(DeviceState.ANNOUNCED);
        refused(ActionRefused.Conflict.class, "exists", () -> house.devices.announce(OPERATOR, List.of(announcement)));
        refused(
                ActionRefused.Conflict.class,
                "never called",
                () -> house.devices.patch(OPERATOR, device.id().encoded(), DeviceActions.Patch.toState("approved")));
    }

    @Test
    void labels_lie_within_the_scope_of_who_changes_them() {
        Device parisian = house.device("CP-8851-3PCC", "PARIS", DeviceState.APPROVED, "paris");
        Actor paris = new Actor(
                "user:paris", 1, Role.OPERATOR, new Scope(Scope.DEFAULT_TENANT, "paris", ""), Optional.empty());
        var away = new DeviceActions.Patch(
                Optional.empty(), Optional.empty(), Optional.of("lyon"), Optional.empty(), Optional.empty());

        refused(
                ActionRefused.NotPermitted.class,
                "outside",
                () -> house.devices.patch(paris, parisian.id().encoded(), away));
        refused(
                ActionRefused.NotFound.class,
                "FCH1",
                () -> house.devices.find(paris, phone.id().encoded()));
        assertThat(house.devices.find(paris, parisian.id().encoded()).key()).isEqualTo(parisian.key());
    }

    @Test
    void a_confirmed_claim_readmits_the_device_and_ends_the_factory_reset() {
        QueuedRpc reset = queued("FactoryReset", "{}");
        moved(reset, RpcState.SENT);
        Claim claim = house.claim(phone, true);

        Claim confirmed = house.claims.confirm(OPERATOR, phone.id().encoded(), claim.id());

        assertThat(confirmed.state()).isEqualTo(Claim.State.CONFIRMED);
        Device.Trust trust = house.fresh(phone).trust();
        assertThat(trust.readmit()).isTrue();
        assertThat(trust.credentials()).isEqualTo(CredentialState.NONE);
        assertThat(trust.generation()).isEqualTo(3);
        assertThat(house.fresh(reset).state()).isEqualTo(RpcState.SUCCEEDED);
        refused(
                ActionRefused.Conflict.class,
                "confirmed",
                () -> house.claims.refuse(OPERATOR, phone.id().encoded(), claim.id()));
    }

    @Test
    void what_a_confirmed_claim_told_joins_the_devices_events_and_ends_the_rpcs_that_it_names() {
        QueuedRpc reboot = queued("Reboot", "{}");
        moved(reboot, RpcState.SENT);
        QueuedRpc good =
                queued("Download", "{\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"http://192.0.2.1/f\"}");
        moved(good, RpcState.SENT);
        QueuedRpc bad =
                queued("Download", "{\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"http://192.0.2.1/f\"}");
        moved(bad, RpcState.SENT);
        Claim claim = house.claim(phone, false, new Event("1 BOOT", ""), new Event("M Reboot", reboot.id()));
        house.commits(
                phone, new Effect.ClaimTold(claim, "C", new Event("TransferComplete", good.id()), "{\"start\":\"x\"}"));
        house.commits(
                phone,
                new Effect.ClaimTold(
                        claim,
                        "C",
                        new Event("TransferComplete", bad.id()),
                        "{\"fault\":{\"code\":9010,\"text\":\"Download failure\"}}"));
        assertThat(house.events(phone)).isEmpty();

        house.claims.confirm(OPERATOR, phone.id().encoded(), claim.id());

        assertThat(house.events(phone))
                .extracting(event -> event.event().code())
                .containsExactly("TransferComplete", "TransferComplete", "M Reboot", "1 BOOT");
        assertThat(house.fresh(reboot).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(house.fresh(reboot).note()).contains("confirmed by");
        assertThat(house.fresh(good).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(house.fresh(bad).fault().orElseThrow().code()).isEqualTo(9010);
    }

    @Test
    void a_claim_ends_no_rpc_of_another_device() {
        Device other = house.device("CP-8851", "FCHOTHER", DeviceState.APPROVED);
        QueuedRpc reboot = queued("Reboot", "{}");
        moved(reboot, RpcState.SENT);
        Claim claim = house.claim(other, false, new Event("M Reboot", reboot.id()));
        house.claims.confirm(OPERATOR, other.id().encoded(), claim.id());
        assertThat(house.fresh(reboot).state()).isEqualTo(RpcState.SENT);
    }

    @Test
    void a_refused_claim_changes_nothing_and_keeps_what_it_told() {
        Claim claim = house.claim(phone, false, new Event("1 BOOT", ""));

        house.claims.refuse(OPERATOR, phone.id().encoded(), claim.id());

        assertThat(house.fresh(phone).trust()).isEqualTo(phone.trust());
        assertThat(house.events(phone)).isEmpty();
        assertThat(house.claims.list(OPERATOR, phone).get(0).told()).hasSize(1);
    }

    @Test
    void a_deleted_device_is_gone_and_the_deed_is_kept() {
        house.devices.delete(OPERATOR, phone.id().encoded());

        refused(
                ActionRefused.NotFound.class,
                "FCH1",
                () -> house.devices.find(OPERATOR, phone.id().encoded()));
        assertThat(house.audit().get(0).action()).isEqualTo("device.delete");
    }

    @Test
    void the_first_administrator_is_made_once() {
        Secret made = house.users.ensureAdministrator(Optional.empty()).orElseThrow();

        assertThat(made.reveal()).hasSizeGreaterThanOrEqualTo(14);
        assertThat(house.users.ensureAdministrator(Optional.empty())).isEmpty();
        assertThat(house.users.list(ADMINISTRATOR).get(0).mustChangePassword()).isTrue();
        assertThat(house.audit().toString()).doesNotContain(made.reveal());
    }

    @Test
    void the_last_administrator_stays() {
        house.user("root", Role.ADMINISTRATOR);
        var disabled = new UserActions.Patch(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(true));

        refused(
                ActionRefused.Conflict.class,
                "last administrator",
                () -> house.users.patch(ADMINISTRATOR, "root", disabled));
    }

    @Test
    void a_token_can_do_no_more_than_who_made_it() {
        refused(
                ActionRefused.NotPermitted.class,
                "at most",
                () -> house.tokens.create(
                        OPERATOR,
                        new TokenActions.Request(
                                "ci", Optional.of(Role.ADMINISTRATOR), Optional.empty(), Optional.empty())));
    }
}
