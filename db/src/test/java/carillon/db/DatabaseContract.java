package carillon.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsMethod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the stores promise, on whichever database. */
abstract class DatabaseContract extends DatabaseFixture {
    @Test
    void a_device_comes_back_as_it_was_stored() {
        Device stored = stored("FCH00000001");
        assertThat(database.<Optional<Device>>read(stores -> stores.devices().find(stored.id())))
                .contains(stored);
        assertThat(stored.version()).isEqualTo(1);
        assertThat(stored.stored(0, 0)).isEqualTo(device("FCH00000001", DeviceState.APPROVED));
    }

    @Test
    void that_a_device_came_with_a_certificate_and_what_its_credentials_are_comes_back() {
        Device stored = stored("FCH00000001");
        Device changed = stored.withTrust(stored.trust()
                .with(CredentialState.ROTATING, 7, Optional.of(NOW))
                .withCertificate());
        assertThat(database.<Boolean>write(stores -> stores.devices().update(changed)))
                .isTrue();
        assertThat(database.<Device>read(
                                stores -> stores.devices().find(stored.key()).orElseThrow())
                        .trust())
                .isEqualTo(changed.trust());
    }

    @Test
    void who_holds_an_authority_is_counted_and_the_others_are_listed() {
        Device one = stored("FCH00000001");
        Device two = stored("FCH00000002");
        Device three = stored("FCH00000003");
        database.<Integer>write(stores -> {
            stores.holders().note(one, "aa", AuthorityHolders.How.FETCHED, NOW);
            stores.holders().note(one, "aa", AuthorityHolders.How.CALLED, NOW);
            stores.holders().note(one, "aa", AuthorityHolders.How.FETCHED, NOW);
            stores.holders().note(two, "aa", AuthorityHolders.How.FETCHED, NOW);
            stores.holders().note(three, "bb", AuthorityHolders.How.CALLED, NOW);
            return 0;
        });
        AuthorityHolders.Count count = database.read(stores -> stores.holders().count(Scope.ALL, "aa"));
        assertThat(count).isEqualTo(new AuthorityHolders.Count(3, 1, 1));
        assertThat(count.missing()).isEqualTo(1);
        assertThat(database.<List<Device>>read(stores -> stores.holders().missing(Scope.ALL, "aa", 10)))
                .containsExactly(three);
        Scope elsewhere = new Scope(Scope.DEFAULT_TENANT, "elsewhere", "");
        assertThat(database.<AuthorityHolders.Count>read(
                        stores -> stores.holders().count(elsewhere, "aa")))
                .isEqualTo(new AuthorityHolders.Count(0, 0, 0));
        assertThat(database.<List<Device>>read(stores -> stores.holders().missing(elsewhere, "aa", 10)))
                .isEmpty();
        database.<Integer>write(stores -> {
            stores.holders().forget("aa");
            return 0;
        });
        assertThat(database.<List<Device>>read(stores -> stores.holders().missing(Scope.ALL, "aa", 10)))
                .hasSize(3);
    }

    @Test
    void an_identity_is_inserted_once() {
        stored("FCH00000001");
        assertThatThrownBy(() -> stored("FCH00000001"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("FCH00000001");
    }

    @Test
    void an_update_on_an_old_version_changes_nothing() {
        Device stored = stored("FCH00000001");
        assertThat(database.<Boolean>write(
                        stores -> stores.devices().update(stored.withLabels("site", "label", Set.of()))))
                .isTrue();
        assertThat(database.<Boolean>write(
                        stores -> stores.devices().update(stored.withLabels("other", "other", Set.of()))))
                .isFalse();
        Device now = database.read(stores -> stores.devices().find(stored.key()).orElseThrow());
        assertThat(now.site()).isEqualTo("site");
        assertThat(now.version()).isEqualTo(2);
    }

    @Test
    void a_device_is_named_by_its_id_encoded_decoded_and_encoded_once_more() {
        Device stored = stored("FCH00000001");
        for (String form : List.of(
                "00562B-CP%2D8851%2D3PCC-FCH00000001",
                "00562b-CP-8851-3PCC-FCH00000001", "00562B-CP%252D8851%252D3PCC-FCH00000001")) {
            assertThat(database.<List<Device>>read(stores -> stores.devices().named(Scope.ALL, form)))
                    .as(form)
                    .containsExactly(stored);
        }
        assertThat(database.<List<Device>>read(stores ->
                        stores.devices().named(new Scope("other", "", ""), "00562B-CP-8851-3PCC-FCH00000001")))
                .isEmpty();
    }

    @Test
    void a_decoded_id_that_fits_two_devices_finds_both() {
        Device one = database.write(stores -> stores.devices()
                .insert(withId(device("X01", DeviceState.APPROVED), new DeviceId("ACDE48", "A-B", "C"))));
        Device two = database.write(stores -> stores.devices()
                .insert(withId(device("X02", DeviceState.APPROVED), new DeviceId("ACDE48", "A", "B-C"))));
        assertThat(database.<List<Device>>read(stores -> stores.devices().named(Scope.ALL, "ACDE48-A-B-C")))
                .containsExactlyInAnyOrder(one, two);
    }

    private static Device withId(Device device, DeviceId id) {
        return new Device(
                0,
                device.tenant(),
                device.site(),
                id,
                device.state(),
                device.label(),
                device.tags(),
                device.reported(),
                device.trust(),
                device.presence(),
                device.spoken(),
                0);
    }

    private Page<DeviceRow> search(Scope scope, String text, int limit, String cursor) {
        return database.read(stores -> stores.devices()
                .search(
                        scope,
                        new DeviceQuery(text, Optional.empty(), Optional.empty(), "", "", "", "", limit, cursor)));
    }

    @Test
    void a_device_is_found_by_its_mac_in_any_writing_and_by_prefixes_of_words() {
        Device stored = stored("FCH00000042");
        stored("FCH00000043");
        for (String text : List.of(
                "00:56:2B:00:00:42",
                "0056.2b00.0042",
                "00-56-2b-00-00-42",
                "00562B000042",
                "fch00000042",
                "recep 00562b000042")) {
            assertThat(search(Scope.ALL, text, 10, "").items())
                    .as(text)
                    .extracting(row -> row.device().key())
                    .containsExactly(stored.key());
        }
        assertThat(search(Scope.ALL, "nothing", 10, "").items()).isEmpty();
        assertThat(search(Scope.ALL, "fch", 10, "").total()).isEqualTo(2);
    }

    @Test
    void lists_page_by_cursor_and_stay_within_the_scope() {
        for (int i = 10; i < 35; i++) {
            stored("FCH000000" + i);
        }
        List<Long> seen = new ArrayList<>();
        String cursor = "";
        do {
            Page<DeviceRow> page = search(Scope.ALL, "", 10, cursor);
            page.items().forEach(row -> seen.add(row.device().key()));
            cursor = page.next().orElse("");
        } while (!cursor.isEmpty());
        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
        assertThat(search(new Scope("default", "", "floor2"), "", 10, "").items())
                .isEmpty();
        assertThat(search(new Scope("default", "", "floor1"), "", 10, "").items())
                .hasSize(10);
        assertThat(search(new Scope("other", "", ""), "", 10, "").items()).isEmpty();
    }

    @Test
    void an_rpc_is_claimed_once_and_in_the_order_of_the_queue() {
        Device device = stored("FCH00000001");
        QueuedRpc first = queued(device, AcsMethod.GET_PARAMETER_VALUES);
        QueuedRpc second = queued(device, AcsMethod.REBOOT);
        List<CompletableFuture<CommitResult>> claims = IntStream.range(0, 20)
                .mapToObj(i -> submit(device, new Effect.ClaimNext("s" + i, NOW)))
                .toList();
        List<String> claimed = claims.stream()
                .map(CompletableFuture::join)
                .flatMap(result -> result.claimed().stream())
                .map(QueuedRpc::id)
                .toList();
        assertThat(claimed).containsExactly(first.id(), second.id());
        QueuedRpc now = read(first);
        assertThat(now.state()).isEqualTo(RpcState.SENT);
        assertThat(now.attempts()).isEqualTo(1);
        assertThat(now.arguments()).isEqualTo("{\"paths\":[\"Device.\"]}");
    }

    @Test
    void an_rpc_that_is_not_due_or_too_late_is_not_claimed() {
        Device device = stored("FCH00000001");
        queued(device, AcsMethod.REBOOT);
        assertThat(commit(device, new Effect.ClaimNext("s", NOW.plusSeconds(7200)))
                        .claimed())
                .isEmpty();
        database.write(stores -> stores.rpcs().expire(NOW.plusSeconds(7200), 10));
        assertThat(commit(device, new Effect.ClaimNext("s", NOW)).claimed()).isEmpty();
    }

    @Test
    @Tag("CWMP-179")
    void a_second_download_waits_for_the_end_of_the_first() {
        Device device = stored("FCH00000001");
        QueuedRpc first = queued(device, AcsMethod.DOWNLOAD);
        QueuedRpc second = queued(device, AcsMethod.DOWNLOAD);
        assertThat(commit(device, new Effect.ClaimNext("s", NOW))
                        .claimed()
                        .orElseThrow()
                        .id())
                .isEqualTo(first.id());
        commit(device, new Effect.RpcAcknowledged(first.id(), NOW));
        assertThat(commit(device, new Effect.ClaimNext("s", NOW)).claimed()).isEmpty();
        commit(device, moved(first, Set.of(RpcState.SENT), RpcState.SUCCEEDED));
        assertThat(commit(device, new Effect.ClaimNext("s", NOW))
                        .claimed()
                        .orElseThrow()
                        .id())
                .isEqualTo(second.id());
    }

    private static Effect moved(QueuedRpc rpc, Set<RpcState> from, RpcState to) {
        Optional<Fault> fault = to == RpcState.FAILED
                ? Optional.of(new Fault(9003, "Invalid", List.of(new Fault.ParameterFault("Device.X", 9005, "no"))))
                : Optional.empty();
        return new Effect.RpcMoved(rpc.id(), from, to, Optional.of("{\"status\":0}"), fault, "note", NOW);
    }

    @Test
    void a_move_happens_only_from_the_states_it_names_and_only_as_the_life_of_an_rpc_allows() {
        Device device = stored("FCH00000001");
        QueuedRpc rpc = queued(device, AcsMethod.REBOOT);
        commit(device, moved(rpc, Set.of(RpcState.values()), RpcState.SUCCEEDED));
        assertThat(read(rpc).state()).isEqualTo(RpcState.QUEUED);
        commit(device, new Effect.ClaimNext("s", NOW));
        commit(device, moved(rpc, Set.of(RpcState.UNCONFIRMED), RpcState.FAILED));
        assertThat(read(rpc).state()).isEqualTo(RpcState.SENT);
        commit(device, moved(rpc, Set.of(RpcState.SENT), RpcState.FAILED));
        QueuedRpc failed = read(rpc);
        assertThat(failed.state()).isEqualTo(RpcState.FAILED);
        assertThat(failed.fault().orElseThrow().parameters().get(0).path()).isEqualTo("Device.X");
        assertThat(failed.result()).contains("{\"status\":0}");
        commit(device, moved(rpc, Set.of(RpcState.FAILED), RpcState.QUEUED));
        assertThat(read(rpc).state()).isEqualTo(RpcState.FAILED);
    }

    @Test
    void another_device_cannot_move_an_rpc() {
        Device mine = stored("FCH00000001");
        Device other = stored("FCH00000002");
        QueuedRpc rpc = queued(mine, AcsMethod.REBOOT);
        commit(mine, new Effect.ClaimNext("s", NOW));
        commit(other, moved(rpc, Set.of(RpcState.SENT), RpcState.SUCCEEDED));
        assertThat(read(rpc).state()).isEqualTo(RpcState.SENT);
    }

    @Test
    void one_that_never_left_was_not_attempted_and_was_not_sent() {
        Device device = stored("FCH00000001");
        QueuedRpc rpc = queued(device, AcsMethod.DOWNLOAD);
        commit(device, new Effect.ClaimNext("s", NOW));
        assertThat(read(rpc).attempts()).isEqualTo(1);
        commit(device, new Effect.NeverLeft(rpc.id()), moved(rpc, Set.of(RpcState.SENT), RpcState.FAILED));
        assertThat(read(rpc).state()).isEqualTo(RpcState.FAILED);
        assertThat(read(rpc).attempts()).isZero();
        assertThat(read(rpc).sentAt()).isEmpty();
    }

    @Test
    void what_a_fault_repeats_of_an_address_is_kept_without_its_secrets() {
        Device device = stored("FCH00000001");
        QueuedRpc rpc = queued(device, AcsMethod.DOWNLOAD);
        commit(device, new Effect.ClaimNext("s", NOW));
        String text = "no answer of https://tower:bell@files.test/a?token=bell";
        commit(
                device,
                new Effect.RpcMoved(
                        rpc.id(),
                        Set.of(RpcState.SENT),
                        RpcState.FAILED,
                        Optional.empty(),
                        Optional.of(new Fault(9010, text, List.of())),
                        text,
                        NOW));
        String kept = "no answer of https://***@files.test/a?token=***";
        assertThat(read(rpc).fault().orElseThrow().text()).isEqualTo(kept);
        assertThat(read(rpc).note()).isEqualTo(kept);
    }

    @Test
    void what_a_phone_reports_of_a_method_ends_the_rpcs_of_that_method() {
        Device device = stored("FCH00000001");
        QueuedRpc rpc = queued(device, AcsMethod.FACTORY_RESET);
        Effect reported = new Effect.MethodReported(
                AcsMethod.FACTORY_RESET,
                Set.of(RpcState.SENT),
                true,
                RpcState.SUCCEEDED,
                Optional.of("{}"),
                Optional.empty(),
                "",
                NOW);
        commit(device, new Effect.ClaimNext("s", NOW));
        commit(device, reported);
        assertThat(read(rpc).state()).isEqualTo(RpcState.SENT);
        commit(device, new Effect.RpcAcknowledged(rpc.id(), NOW));
        commit(device, reported);
        assertThat(read(rpc).state()).isEqualTo(RpcState.SUCCEEDED);
    }

    @Test
    void what_a_phone_reports_without_a_name_ends_the_only_rpc_that_it_can_be() {
        Device device = stored("FCH00000001");
        Effect reported = new Effect.OnlyOneReported(
                Set.of(AcsMethod.UPLOAD, AcsMethod.SCHEDULE_DOWNLOAD),
                RpcState.SUCCEEDED,
                Optional.of("{}"),
                Optional.empty(),
                "the only one",
                NOW);
        QueuedRpc first = queued(device, AcsMethod.UPLOAD);
        commit(device, new Effect.ClaimNext("s", NOW));
        commit(device, reported);
        assertThat(read(first).state()).as("it was not acknowledged").isEqualTo(RpcState.SENT);
        commit(device, new Effect.RpcAcknowledged(first.id(), NOW));
        QueuedRpc second = queued(device, AcsMethod.SCHEDULE_DOWNLOAD);
        commit(device, new Effect.ClaimNext("t", NOW));
        commit(device, reported);
        assertThat(read(first).state()).as("there are two").isEqualTo(RpcState.SENT);
        commit(device, moved(second, Set.of(RpcState.SENT), RpcState.CANCELLED));
        commit(device, reported);
        assertThat(read(first).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(read(first).note()).isEqualTo("the only one");
        assertThat(read(second).state()).isEqualTo(RpcState.CANCELLED);
    }

    @Test
    void an_upload_waits_for_the_download_that_is_under_way_and_a_scheduled_one_does_not() {
        Device device = stored("FCH00000001");
        QueuedRpc download = queued(device, AcsMethod.DOWNLOAD);
        QueuedRpc upload = queued(device, AcsMethod.UPLOAD);
        QueuedRpc night = queued(device, AcsMethod.SCHEDULE_DOWNLOAD);
        commit(device, new Effect.ClaimNext("s", NOW));
        commit(device, new Effect.RpcAcknowledged(download.id(), NOW));
        assertThat(commit(device, new Effect.ClaimNext("s", NOW))
                        .claimed()
                        .orElseThrow()
                        .id())
                .isEqualTo(night.id());
        assertThat(commit(device, new Effect.ClaimNext("s", NOW)).claimed()).isEmpty();
        commit(device, moved(download, Set.of(RpcState.SENT), RpcState.SUCCEEDED));
        assertThat(commit(device, new Effect.ClaimNext("s", NOW))
                        .claimed()
                        .orElseThrow()
                        .id())
                .isEqualTo(upload.id());
    }

    @Test
    void a_report_is_awaited_until_its_time_and_a_late_one_still_counts() {
        Device device = stored("FCH00000001");
        QueuedRpc upload = queued(device, AcsMethod.UPLOAD);
        commit(device, new Effect.ClaimNext("s", NOW));
        commit(device, new Effect.RpcAcknowledged(upload.id(), NOW, Optional.of(NOW.plusSeconds(90_000))));
        assertThat(read(upload).expiresAt()).as("not later than before").contains(NOW.plusSeconds(3600));
        commit(device, new Effect.RpcAcknowledged(upload.id(), NOW, Optional.of(NOW.plusSeconds(60))));
        assertThat(read(upload).expiresAt()).contains(NOW.plusSeconds(60));
        assertThat(database.<List<String>>write(stores -> stores.rpcs().expire(NOW.plusSeconds(61), 10)))
                .containsExactly(upload.id());
        assertThat(read(upload).state()).isEqualTo(RpcState.EXPIRED);
        assertThat(read(upload).note()).contains("did not report its end");
        commit(device, moved(upload, Set.of(RpcState.SENT, RpcState.EXPIRED), RpcState.SUCCEEDED));
        assertThat(read(upload).state()).isEqualTo(RpcState.SUCCEEDED);
    }

    @Test
    void what_changed_is_among_the_events_by_name() {
        Device device = stored("FCH00000001");
        commit(
                device,
                new Effect.EventsSeen(
                        "s",
                        List.of(Event.of(EventCode.BOOT), Event.of(EventCode.VALUE_CHANGE)),
                        List.of("Device.A", "Device.B"),
                        NOW));
        assertThat(database.<Page<StoredEvent>>read(stores -> stores.events().list(device.key(), 10, ""))
                        .items())
                .extracting(StoredEvent::details)
                .containsExactly("{\"parameters\":[\"Device.A\",\"Device.B\"]}", "");
    }

    @Test
    void what_a_phone_speaks_and_says_that_it_has_is_kept() {
        Device device = stored("FCH00000001");
        assertThat(device.spoken()).isEqualTo(Device.Spoken.NOTHING);
        Device.Spoken spoken = new Device.Spoken(Optional.of(CwmpVersion.V1_3), Set.of("Reboot", "X_00562B_Ring"));
        commit(device, new Effect.DeviceSeen(device.withSpoken(spoken)));
        assertThat(database.<Optional<Device>>read(stores -> stores.devices().find(device.key()))
                        .orElseThrow()
                        .spoken())
                .isEqualTo(spoken);
    }

    @Test
    void what_a_phone_told_by_a_call_of_its_own_is_among_its_events() {
        Device device = stored("FCH00000001");
        commit(
                device,
                new Effect.EventsSeen("s", List.of(Event.of(EventCode.TRANSFER_COMPLETE)), NOW),
                new Effect.CallSeen("s", new Event("TransferComplete", "k"), "{\"fault\":{\"code\":9010}}", NOW),
                new Effect.CallSeen("s", new Event("Kicked", ""), "x".repeat(EventStore.LONGEST_DETAILS + 1), NOW));
        List<StoredEvent> events = database.<Page<StoredEvent>>read(
                        stores -> stores.events().list(device.key(), 10, ""))
                .items();
        assertThat(events)
                .extracting(event -> event.event().code(), StoredEvent::details)
                .containsExactly(
                        tuple("Kicked", ""),
                        tuple("TransferComplete", "{\"fault\":{\"code\":9010}}"),
                        tuple("7 TRANSFER COMPLETE", ""));
    }

    @Test
    void a_turn_that_lost_its_guard_keeps_none_of_its_effects_and_the_others_are_written() {
        Device device = stored("FCH00000001");
        Device other = stored("FCH00000002");
        Effect events = new Effect.EventsSeen("s", List.of(Event.of(EventCode.BOOT)), NOW);
        CompletableFuture<CommitResult> lost =
                submit(device, new Effect.Guard(device.key(), 99), events, new Effect.DeviceSeen(device));
        CompletableFuture<CommitResult> kept =
                submit(other, new Effect.Guard(other.key(), other.version()), events, new Effect.DeviceSeen(other));
        assertThat(lost.join().guardLost()).isTrue();
        assertThat(kept.join().guardLost()).isFalse();
        assertThat(kept.join().device().orElseThrow().version()).isEqualTo(2);
        assertThat(database.read(stores -> stores.events().list(device.key(), 10, ""))
                        .items())
                .isEmpty();
        assertThat(database.read(stores -> stores.events().list(other.key(), 10, ""))
                        .items())
                .hasSize(1);
    }

    @Test
    void a_turn_brings_back_what_the_device_has_in_hand() {
        Device device = stored("FCH00000001");
        QueuedRpc sent = queued(device, AcsMethod.REBOOT);
        commit(device, new Effect.ClaimNext("s", NOW));
        CommitResult idle = commit(device, new Effect.DeviceSeen(device));
        assertThat(idle.hasQueued()).isFalse();
        assertThat(idle.open()).extracting(QueuedRpc::id).containsExactly(sent.id());
        queued(device, AcsMethod.GET_RPC_METHODS);
        assertThat(commit(device, new Effect.DeviceSeen(idle.device().orElseThrow()))
                        .hasQueued())
                .isTrue();
    }

    @Test
    void a_new_device_is_inserted_once_whoever_comes_second() {
        Device device = device("FCH00000001", DeviceState.WAITING);
        CommitResult first = commit(device, new Effect.DeviceSeen(device));
        assertThat(first.device().orElseThrow().key()).isPositive();
        assertThat(commit(device, new Effect.DeviceSeen(device)).guardLost()).isTrue();
    }

    @Test
    void the_waiting_list_is_capped_per_source() {
        int refused = 0;
        for (int i = 10; i < 20; i++) {
            Device device = device("FCH000000" + i, DeviceState.WAITING);
            refused += commit(device, new Effect.DeviceSeen(device)).refused() ? 1 : 0;
        }
        assertThat(refused).isEqualTo(5);
    }

    @Test
    void a_turn_that_cannot_be_written_fails_alone() {
        Device device = stored("FCH00000001");
        Device broken = device("FCH00000002", DeviceState.APPROVED).withLabels("x".repeat(500), "", Set.of());
        CompletableFuture<CommitResult> poison = submit(broken, new Effect.DeviceSeen(broken));
        List<CompletableFuture<CommitResult>> good = IntStream.range(0, 10)
                .mapToObj(i -> submit(device, new Effect.EventsSeen("s" + i, List.of(Event.of(EventCode.BOOT)), NOW)))
                .toList();
        assertThatThrownBy(poison::join).hasCauseInstanceOf(RuntimeException.class);
        good.forEach(CompletableFuture::join);
        assertThat(database.read(stores -> stores.events().list(device.key(), 100, ""))
                        .items())
                .hasSize(10);
    }

    @Test
    void parameters_merge_into_one_document_and_list_by_path_and_depth() {
        Device device = stored("FCH00000001");
        commit(
                device,
                new Effect.NamesReported(
                        List.of(new ParameterInfo("Device.A.", false), new ParameterInfo("Device.A.B", true)), NOW),
                new Effect.ValuesReported(
                        List.of(
                                new ParameterValue("Device.A.B", " v ", ParameterType.STRING),
                                new ParameterValue("Device.C.1.D", "5", ParameterType.UNSIGNED_INT)),
                        NOW),
                new Effect.AttributesReported(List.of(new ParameterAttribute("Device.A.B", 2, List.of())), NOW));
        ReportedParameter b = database.read(
                stores -> stores.parameters().find(device.key(), "Device.A.B").orElseThrow());
        assertThat(b)
                .isEqualTo(new ReportedParameter(
                        "Device.A.B",
                        Optional.of(" v "),
                        Optional.of(ParameterType.STRING),
                        Optional.of(true),
                        Optional.of(2),
                        NOW));
        assertThat(database.read(stores -> stores.parameters().list(device.key(), "Device.", 1, 10, ""))
                        .items())
                .extracting(ReportedParameter::path)
                .containsExactly("Device.A.", "Device.C.");
        String next = database.read(stores -> stores.parameters().list(device.key(), "Device.", 0, 2, ""))
                .next()
                .orElseThrow();
        assertThat(database.read(stores -> stores.parameters().list(device.key(), "Device.", 0, 2, next))
                        .items()
                        .get(0)
                        .path())
                .as("the page goes on behind the last one")
                .isGreaterThan("Device.A.B");
        assertThatThrownBy(() ->
                        database.read(stores -> stores.parameters().list(device.key(), "Device.", 0, 2, "Device.A.B")))
                .isInstanceOf(ForeignCursorException.class)
                .hasMessageContaining("'Device.A.B'");
        commit(device, new Effect.ParametersForgotten("Device.A."));
        assertThat(database.read(stores -> stores.parameters().list(device.key(), "", 0, 10, ""))
                        .items())
                .extracting(ReportedParameter::path)
                .containsExactly("Device.C.1.D");
    }

    @Test
    void claims_are_counted_up_per_source_and_decided_once() {
        Device device = stored("FCH00000001");
        for (int i = 0; i < 3; i++) {
            commit(device, new Effect.ClaimSeen(claim(device, "192.0.2.1")));
        }
        commit(device, new Effect.ClaimSeen(claim(device, "192.0.2.2")));
        List<Claim> claims = database.read(stores -> stores.claims().list(device.key()));
        assertThat(claims).hasSize(2).extracting(Claim::count).containsExactlyInAnyOrder(3, 1);
        String id = claims.get(0).id();
        assertThat(database.<Boolean>write(stores -> stores.claims().decide(id, Claim.State.CONFIRMED, "user:a", NOW)))
                .isTrue();
        assertThat(database.<Boolean>write(stores -> stores.claims().decide(id, Claim.State.REFUSED, "user:a", NOW)))
                .isFalse();
    }

    @Test
    void what_a_claim_tells_is_kept_with_it_and_becomes_the_devices_own_when_it_is_handed_over() {
        Device device = stored("FCH00000001");
        Event boot = Event.of(EventCode.BOOT);
        Event reboot = new Event("M Reboot", "K".repeat(80));
        commit(device, new Effect.ClaimSeen(claim(device, "192.0.2.1"), "S1", List.of(boot, reboot)));
        commit(
                device,
                new Effect.ClaimTold(
                        claim(device, "192.0.2.1"), "S1", new Event("TransferComplete", "T"), "{\"start\":\"x\"}"));
        commit(device, new Effect.ClaimSeen(claim(device, "192.0.2.2"), "S2", List.of(boot)));
        List<Claim> claims = database.read(stores -> stores.claims().list(device.key()));
        Claim mine = claims.stream()
                .filter(claim -> claim.sourceAddress().equals("192.0.2.1"))
                .findFirst()
                .orElseThrow();
        assertThat(mine.count()).isEqualTo(1);
        assertThat(mine.told())
                .extracting(told -> told.event().code(), told -> told.event().commandKey(), ClaimEvent::session)
                .containsExactly(
                        tuple("1 BOOT", "", "S1"),
                        tuple("M Reboot", "K".repeat(64), "S1"),
                        tuple("TransferComplete", "T", "S1"));
        assertThat(database.read(stores -> stores.claims().find(mine.id())).orElseThrow())
                .isEqualTo(mine);
        assertThat(database.read(stores -> stores.events().list(device.key(), 10, ""))
                        .items())
                .isEmpty();

        database.<List<ClaimEvent>>write(stores -> stores.claims().handOver(mine, device));
        assertThat(database.read(stores -> stores.events().list(device.key(), 10, ""))
                        .items())
                .extracting(event -> event.event().code(), StoredEvent::at, StoredEvent::details)
                .containsExactly(
                        tuple("TransferComplete", NOW, "{\"start\":\"x\"}"),
                        tuple("M Reboot", NOW, ""),
                        tuple("1 BOOT", NOW, ""));
        assertThat(database.read(stores -> stores.claims().find(mine.id()))
                        .orElseThrow()
                        .told())
                .isEmpty();
    }

    @Test
    void a_claim_that_has_no_room_counts_what_it_has_and_refuses_what_is_new() {
        Device device = stored("FCH00000001");
        Event periodic = Event.of(EventCode.PERIODIC);
        for (int i = 0; i < ClaimLimits.DEFAULT.events() + 3; i++) {
            Effect seen = new Effect.ClaimSeen(claim(device, "192.0.2.1"), "S" + i, List.of(periodic));
            assertThat(commit(device, seen).refused()).isFalse();
        }
        Effect other =
                new Effect.ClaimSeen(claim(device, "192.0.2.1"), "S", List.of(periodic, Event.of(EventCode.BOOTSTRAP)));
        assertThat(commit(device, other).refused()).isTrue();
        Effect told = new Effect.ClaimTold(claim(device, "192.0.2.1"), "S", new Event("Kicked", ""), "");
        assertThat(commit(device, told).refused()).isTrue();
        Claim claim =
                database.read(stores -> stores.claims().list(device.key())).get(0);
        assertThat(claim.count()).isEqualTo(ClaimLimits.DEFAULT.events() + 3);
        assertThat(claim.told()).hasSize(ClaimLimits.DEFAULT.events());
        assertThat(claim.told().get(claim.told().size() - 1).count()).isEqualTo(4);

        database.<List<ClaimEvent>>write(stores -> stores.claims().handOver(claim, device));
        assertThat(database.read(stores -> stores.events().list(device.key(), 1, ""))
                        .items())
                .singleElement()
                .satisfies(event -> assertThat(event.details()).isEqualTo("{\"times\":4}"));
    }

    @Test
    void claims_are_bounded_per_device_and_source_and_pending_ones_are_never_pushed_out() {
        Device device = stored("FCH00000001");
        for (int i = 0; i < ClaimLimits.DEFAULT.perDevice(); i++) {
            assertThat(commit(device, new Effect.ClaimSeen(claim(device, "192.0.2." + i)))
                            .refused())
                    .isFalse();
        }
        assertThat(commit(device, new Effect.ClaimSeen(claim(device, "192.0.2.99")))
                        .refused())
                .isTrue();
        assertThat(commit(device, new Effect.ClaimSeen(claim(device, "192.0.2.7")))
                        .refused())
                .isFalse();
        List<Claim> all = database.read(stores -> stores.claims().list(device.key()));
        assertThat(all).hasSize(ClaimLimits.DEFAULT.perDevice());
        String first = all.get(0).id();
        database.<Boolean>write(stores -> stores.claims().decide(first, Claim.State.REFUSED, "user:a", NOW));
        assertThat(commit(device, new Effect.ClaimSeen(claim(device, "192.0.2.99")))
                        .refused())
                .isFalse();
        assertThat(database.<List<Claim>>read(stores -> stores.claims().list(device.key())))
                .hasSize(ClaimLimits.DEFAULT.perDevice())
                .extracting(Claim::id)
                .doesNotContain(first);
        assertThat(database.<Long>read(stores -> stores.claims().pending())).isEqualTo(ClaimLimits.DEFAULT.perDevice());

        boolean refused = false;
        int devices = 0;
        while (!refused && devices <= ClaimLimits.DEFAULT.perSource()) {
            devices++;
            Device next = stored("FCH1" + (1_000_000 + devices));
            refused = commit(next, new Effect.ClaimSeen(claim(next, "192.0.2.200")))
                    .refused();
        }
        assertThat(devices).isEqualTo(ClaimLimits.DEFAULT.perSource() + 1);
        assertThat(database.<Integer>write(stores -> stores.claims().prune(NOW.plusSeconds(1), 10)))
                .isEqualTo(10);
    }

    private static Claim claim(Device device, String source) {
        return new Claim(
                Ids.next(),
                device.key(),
                device.tenant(),
                device.site(),
                Claim.State.PENDING,
                false,
                source,
                "0 BOOTSTRAP",
                1,
                NOW,
                NOW,
                "");
    }

    @Test
    void sessions_come_back_with_their_exchange_and_are_pruned() {
        Device device = stored("FCH00000001");
        SessionRecord session = new SessionRecord(
                Ids.next(),
                device.key(),
                device.tenant(),
                device.site(),
                NOW,
                NOW.plusSeconds(1),
                "192.0.2.17",
                List.of("1 BOOT"),
                List.of("Reboot"),
                "ended well",
                List.of(new SessionRecord.Message(NOW, true, "Inform", "<x/>")));
        database.write(stores -> {
            stores.sessions().append(List.of(session));
            return 0;
        });
        assertThat(database.<Optional<SessionRecord>>read(
                        stores -> stores.sessions().find(Scope.ALL, session.id())))
                .contains(session);
        assertThat(database.read(stores -> stores.sessions().list(device.key(), 10, ""))
                        .items())
                .hasSize(1);
        assertThat(database.<Integer>write(stores -> stores.sessions().prune(NOW.plusSeconds(10), 10)))
                .isEqualTo(1);
    }

    @Test
    void late_devices_are_marked_once() {
        Device device = stored("FCH00000001");
        database.write(stores -> stores.devices()
                .update(device.withPresence(new Device.Presence(
                        NOW, Optional.of(NOW), Optional.empty(), "", Optional.of(NOW.plusSeconds(60)), false, ""))));
        assertThat(late(NOW.plusSeconds(59))).isEmpty();
        assertThat(late(NOW.plusSeconds(61))).containsExactly(device.key());
        assertThat(late(NOW.plusSeconds(61))).isEmpty();
        assertThat(database.read(stores -> stores.devices().counts(Scope.ALL)).late())
                .isEqualTo(1);
    }

    @Test
    void a_device_that_came_is_late_only_when_it_does_not_come_again() {
        Device device = stored("FCH00000001");
        Device.Presence presence = new Device.Presence(
                NOW, Optional.of(NOW), Optional.empty(), "", Optional.of(NOW.plusSeconds(60)), false, "10.0.0.1");
        CommitResult first = commit(device, new Effect.DeviceSeen(device.withPresence(presence)));
        Device.Presence later = new Device.Presence(
                NOW,
                Optional.of(NOW.plusSeconds(50)),
                Optional.empty(),
                "",
                Optional.of(NOW.plusSeconds(110)),
                false,
                "10.0.0.2");
        Device second = first.device().orElseThrow().withPresence(later);
        assertThat(commit(device, new Effect.DeviceCame(second)).device())
                .contains(second.stored(second.key(), second.version() + 1));
        assertThat(database.<Optional<Device>>read(stores -> stores.devices().find(device.id())))
                .contains(second.stored(second.key(), second.version() + 1));
        assertThat(commit(device, new Effect.DeviceCame(second)).guardLost()).isTrue();

        assertThat(late(NOW.plusSeconds(61))).isEmpty();
        assertThat(late(NOW.plusSeconds(109))).isEmpty();
        assertThat(late(NOW.plusSeconds(111))).containsExactly(device.key());
    }

    private List<Long> late(Instant now) {
        return database.<DeviceStore.Marked>write(stores -> stores.devices().markLate(now, 10)).late().stream()
                .map(Device::key)
                .toList();
    }

    @Test
    void users_tokens_and_logins_are_kept() {
        User user = database.write(stores ->
                stores.users().insert(new User(0, "admin", "hash", Role.ADMINISTRATOR, Scope.ALL, true, false, NOW)));
        database.write(stores -> {
            stores.users().insertLogin("abc", user.key(), NOW.plusSeconds(60));
            stores.users()
                    .insertToken(new ApiToken(
                            Ids.next(),
                            "def",
                            "ci",
                            user.key(),
                            Role.OPERATOR,
                            Scope.ALL,
                            NOW,
                            NOW.plusSeconds(60),
                            false));
            return 0;
        });
        assertThat(database.<Optional<User>>read(stores -> stores.users().findLogin("abc", NOW)))
                .contains(user);
        assertThat(database.<Optional<User>>read(stores -> stores.users().findLogin("abc", NOW.plusSeconds(61))))
                .isEmpty();
        assertThat(database.<String>read(
                        stores -> stores.users().findToken("def").orElseThrow().label()))
                .isEqualTo("ci");
    }

    @Test
    @Tag("CWMP-210")
    void stamps_of_a_device_grow_whatever_the_clock_does_and_bindings_are_remembered() {
        Device stored = stored("FCH00000001");
        for (long[] nowAndStamp : new long[][] {{100, 100}, {100, 101}, {50, 102}, {200, 200}}) {
            assertThat(database.<Long>write(stores -> stores.reach().nextStamp(stored.key(), nowAndStamp[0])))
                    .isEqualTo(nowAndStamp[1]);
        }
        assertThat(database.<Reach>read(stores -> stores.reach().find(stored.key() + 1)))
                .isEqualTo(Reach.NOTHING);
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        database.<Boolean>write(stores -> {
            stores.reach().bind(stored.key(), "192.0.2.9", 7999, at);
            stores.reach().planned(stored.key(), "plan");
            return true;
        });
        assertThat(database.<Reach>read(stores -> stores.reach().find(stored.key())))
                .isEqualTo(new Reach("192.0.2.9", 7999, Optional.of(at), "plan"));
        assertThat(database.<Boolean>write(stores -> stores.devices().delete(stored.key())))
                .isTrue();
    }

    private static StoredFile file(String name, String site, long second) {
        return new StoredFile(
                Ids.next(),
                Scope.DEFAULT_TENANT,
                site,
                name,
                "1 Firmware Upgrade Image",
                "12.0",
                List.of("CP-8851-3PCC"),
                7,
                "ab".repeat(32),
                StoredFile.Origin.OPERATOR,
                false,
                true,
                false,
                Optional.empty(),
                "",
                "user:admin",
                NOW.plusSeconds(second));
    }

    private static FirstContact.Said contact(int number, String source) {
        return new FirstContact.Said(
                "00562b%06x".formatted(number), "S" + number, "CP-8841-3PCC", "12.0", source, "http", "/x.xml", "");
    }

    private boolean visit(FirstContact.Said said, long second, int all, int perSource) {
        return database.write(stores -> stores.contacts()
                .visited(Scope.DEFAULT_TENANT, said, NOW.plusSeconds(second), new FirstContact.Limits(all, perSource)));
    }

    @Test
    void first_contacts_are_counted_once_for_a_phone_and_limited_in_all_and_for_an_address() {
        assertThat(visit(contact(1, "10.0.0.1"), 0, 3, 2)).isTrue();
        assertThat(visit(contact(2, "10.0.0.1"), 1, 3, 2)).isTrue();
        assertThat(visit(contact(3, "10.0.0.1"), 2, 3, 2))
                .as("the third of one address")
                .isFalse();
        assertThat(visit(contact(3, "10.0.0.2"), 3, 3, 2)).isTrue();
        assertThat(visit(contact(4, "10.0.0.3"), 4, 3, 2))
                .as("the fourth of all")
                .isFalse();
        assertThat(visit(contact(1, "10.0.0.9"), 5, 3, 2)).as("a known one").isTrue();
        Page<FirstContact> page = database.read(stores -> stores.contacts().list(Scope.DEFAULT_TENANT, 2, ""));
        assertThat(page.items()).hasSize(2);
        Page<FirstContact> rest = database.read(stores ->
                stores.contacts().list(Scope.DEFAULT_TENANT, 2, page.next().orElseThrow()));
        assertThat(rest.items()).hasSize(1);
        assertThat(rest.next()).isEmpty();
        // those of one millisecond stand in any order
        assertThat(Stream.concat(page.items().stream(), rest.items().stream()))
                .extracting(contact -> contact.said().serial(), FirstContact::visits, contact -> contact.said()
                        .source())
                .containsExactlyInAnyOrder(
                        tuple("S1", 2L, "10.0.0.9"), tuple("S2", 1L, "10.0.0.1"), tuple("S3", 1L, "10.0.0.2"));
        assertThat(database.<Integer>write(stores -> stores.contacts().prune(NOW.plusSeconds(4), 100)))
                .isEqualTo(2);
    }

    @Test
    void a_public_file_is_found_by_name_unless_it_may_hold_secrets() {
        StoredFile open = file("open.loads", "", 1).given(false, false, true);
        database.write(stores -> {
            stores.files().put(open);
            stores.files().put(file("closed.loads", "", 2));
            stores.files().put(file("secret.cfg", "", 3).given(true, false, true));
            return open;
        });
        assertThat(openFile("open.loads")).contains(open);
        assertThat(openFile("closed.loads")).isEmpty();
        assertThat(openFile("secret.cfg")).isEmpty();
        assertThat(openFile("OPEN.loads")).isEmpty();
    }

    private Optional<StoredFile> openFile(String name) {
        return database.read(stores -> stores.files().open(Scope.DEFAULT_TENANT, name));
    }

    private Optional<StoredFile> offeredTo(String site, String model) {
        return database.read(
                stores -> stores.files().offered(Scope.DEFAULT_TENANT, site, "1 Firmware Upgrade Image", "", model));
    }

    @Test
    void a_file_is_found_by_its_name_in_its_scope_and_one_of_the_same_name_takes_its_place() {
        StoredFile first = file("a.loads", "north", 0);
        StoredFile second = file("a.loads", "north", 1);
        database.write(stores -> {
            stores.files().put(first);
            stores.files().put(second);
            return true;
        });
        assertThat(database.<Optional<StoredFile>>read(stores -> stores.files().find(Scope.ALL, "a.loads")))
                .contains(second);
        assertThat(database.<Optional<StoredFile>>read(
                        stores -> stores.files().find(new Scope(Scope.DEFAULT_TENANT, "south", ""), "a.loads")))
                .isEmpty();
        assertThat(database.<List<StoredFile>>read(stores -> stores.files()
                        .list(new FileQuery(Scope.ALL, "A.", "", Optional.empty(), Optional.empty(), 10, ""))
                        .items()))
                .containsExactly(second);
    }

    @Test
    void the_newest_file_that_is_offered_to_a_model_and_site_is_what_its_phones_get() {
        StoredFile old = file("old", "", 0);
        StoredFile newer = file("new", "", 1);
        StoredFile elsewhere = file("other", "south", 2);
        StoredFile withheld =
                file("withheld", "", 3).described(old.type(), "13", List.of()).given(false, false, false);
        database.write(stores -> {
            List.of(old, newer, elsewhere, withheld).forEach(stores.files()::put);
            return true;
        });
        assertThat(offeredTo("north", "CP-8851-3PCC")).contains(newer);
        assertThat(offeredTo("south", "CP-8851-3PCC")).contains(elsewhere);
        assertThat(offeredTo("north", "CP-8841-3PCC")).isEmpty();
    }

    @Test
    void a_transfer_is_open_from_the_sending_of_its_rpc_to_its_end_and_for_a_day_at_most() {
        Device device = stored("FCH00000001");
        String hash = "cd".repeat(32);
        QueuedRpc rpc = database.write(stores -> {
            QueuedRpc queued = stores.rpcs()
                    .enqueue(new NewRpc(
                            device.key(),
                            device.tenant(),
                            device.site(),
                            AcsMethod.DOWNLOAD,
                            "{}",
                            NOW,
                            Optional.empty(),
                            Optional.empty(),
                            "user:admin",
                            false));
            stores.transfers()
                    .insert(new Transfer(
                            hash,
                            queued.id(),
                            Transfer.Direction.TO_PHONE,
                            "a.loads",
                            "1 Firmware Upgrade Image",
                            "ab".repeat(32),
                            7,
                            false));
            return queued;
        });
        assertThat(openAt(hash, NOW)).as("before it left").isEmpty();
        assertThat(needed(NOW)).isTrue();
        CommitResult claimed = commit(device, new Effect.ClaimNext("session", NOW));
        assertThat(claimed.claimed()).isPresent();
        assertThat(openAt(hash, NOW.plusSeconds(1)).orElseThrow().deviceKey()).isEqualTo(device.key());
        assertThat(openAt(hash, NOW.plus(TransferStore.LIFE))).isEmpty();
        assertThat(needed(NOW.plus(TransferStore.LIFE))).isFalse();
        database.write(stores -> stores.rpcs()
                .move(
                        rpc.id(),
                        Set.of(RpcState.SENT),
                        RpcState.SUCCEEDED,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        NOW.plusSeconds(2)));
        assertThat(openAt(hash, NOW.plusSeconds(3))).as("after its end").isEmpty();
    }

    private Optional<Transfer.Open> openAt(String hash, Instant at) {
        return database.read(stores -> stores.transfers().open(hash, at));
    }

    private boolean needed(Instant at) {
        return database.read(stores -> stores.files().isNeeded("ab".repeat(32), at));
    }

    @Test
    void an_operators_own_mappings_are_kept_for_their_tenant_the_newest_first() {
        OwnMapping first = new OwnMapping("01A", "default", "Device.X.{n}", "A_{n}_", "line 1", "user:admin", NOW);
        OwnMapping second = new OwnMapping("01B", "default", "Device.Y", "", "line 2", "user:admin", NOW);
        OwnMapping other = new OwnMapping("01C", "other", "Device.Y", "", "line 3", "user:admin", NOW);
        database.write(stores -> {
            stores.mappings().add(first);
            stores.mappings().add(second);
            stores.mappings().add(other);
            return 0;
        });
        assertThat(database.<List<OwnMapping>>read(stores -> stores.mappings().list("default")))
                .containsExactly(second, first);
        assertThat(database.<Optional<OwnMapping>>read(
                        stores -> stores.mappings().find("other", "01B")))
                .isEmpty();
        assertThat(database.<Optional<OwnMapping>>read(
                        stores -> stores.mappings().find("default", "Device.Y", "")))
                .contains(second);
        assertThat(database.<Boolean>write(stores -> stores.mappings().delete("01B")))
                .isTrue();
        assertThat(database.<Boolean>write(stores -> stores.mappings().delete("01B")))
                .isFalse();
    }

    @Test
    void layers_keep_their_last_versions_sealed_and_the_second_of_two_writers_is_told() {
        database.write(stores -> stores.layers().add(layer(1, "canary-layer")));
        assertThat(database.<Boolean>write(stores -> stores.layers().add(layer(1, "again"))))
                .isFalse();
        assertThat(database.<Boolean>write(stores -> stores.layers().next(layer(2, "second"))))
                .isTrue();
        assertThat(database.<Boolean>write(stores -> stores.layers().next(layer(2, "late"))))
                .isFalse();
        for (int version = 3; version <= LayerStore.MOST_VERSIONS + 3; version++) {
            int next = version;
            database.write(stores -> stores.layers().next(layer(next, "v" + next)));
        }
        assertThat(database.<Optional<StoredLayer>>read(
                        stores -> stores.layers().find("default", "base")))
                .contains(layer(LayerStore.MOST_VERSIONS + 3, "v" + (LayerStore.MOST_VERSIONS + 3)));
        assertThat(database.<List<StoredLayer>>read(stores -> stores.layers().versions("default", "base")))
                .hasSize(LayerStore.MOST_VERSIONS);
        assertThat(database.<Optional<StoredLayer>>read(
                        stores -> stores.layers().find("default", "base", 3)))
                .isEmpty();
        assertThat(database.<List<StoredLayer>>read(stores -> stores.layers().list("default")))
                .hasSize(1);
        assertThat(database.<List<StoredLayer>>read(stores -> stores.layers().list("other")))
                .isEmpty();
        assertThat(database.<Boolean>write(stores -> stores.layers().delete("01L")))
                .isTrue();
        assertThat(database.<Long>read(stores -> stores.layers().count("default")))
                .isZero();
    }

    private static StoredLayer layer(int version, String content) {
        return new StoredLayer(
                "01L", "default", "", "base", version, "model", "CP-88*", 3, content, "why", "user:admin", NOW);
    }
}
