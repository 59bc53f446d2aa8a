package carillon.db;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsMethod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Long reads: documents that grow in many small reports, progress of RPCs, and what is learned of models. */
abstract class BatchesContract extends DatabaseFixture {
    private static List<ParameterValue> values(int from, int to, String value) {
        return IntStream.range(from, to)
                .mapToObj(i -> ParameterValue.string("Device.X." + (100_000 + i), value + i))
                .toList();
    }

    private Page<ReportedParameter> page(Device device, int limit) {
        return database.read(stores -> stores.parameters().list(device.key(), "", 0, limit, ""));
    }

    @Test
    void what_is_reported_little_by_little_is_there_at_once_and_all_of_it_in_the_end() {
        Device device = stored("FCH00000001");
        for (int i = 0; i < 3000; i += 50) {
            commit(device, new Effect.ValuesReported(values(i, i + 50, "a"), NOW));
            assertThat(page(device, 1).total()).isEqualTo(i + 50);
        }
        commit(
                device,
                new Effect.NamesReported(List.of(new ParameterInfo("Device.X.100007", true)), NOW.plusSeconds(1)),
                new Effect.ValuesReported(values(7, 8, "b"), NOW.plusSeconds(2)),
                new Effect.AttributesReported(
                        List.of(new ParameterAttribute("Device.X.100007", 2, List.of())), NOW.plusSeconds(3)));
        ReportedParameter one = database.read(stores ->
                stores.parameters().find(device.key(), "Device.X.100007").orElseThrow());
        assertThat(one.value()).contains("b7");
        assertThat(one.writable()).contains(true);
        assertThat(one.notification()).contains(2);
        assertThat(one.at()).isEqualTo(NOW.plusSeconds(2));
        assertThat(page(device, 5000).items()).hasSize(3000);
    }

    @Test
    void what_is_forgotten_is_forgotten_beside_the_document_too() {
        Device device = stored("FCH00000002");
        commit(device, new Effect.ValuesReported(values(0, 600, "a"), NOW));
        commit(device, new Effect.ValuesReported(values(600, 610, "b"), NOW));
        commit(device, new Effect.ParametersForgotten("Device.X.10060"));
        assertThat(page(device, 1).total()).isEqualTo(600);
        commit(device, new Effect.ParametersForgotten(""));
        assertThat(page(device, 1).total()).isZero();
    }

    /** The number of times that a document is written rises with the logarithm of its size, and so do its shapes. */
    @Test
    void a_document_of_many_parameters_is_not_written_anew_for_each_report() {
        Device device = stored("FCH00000003");
        for (int i = 0; i < 20_000; i += 200) {
            commit(device, new Effect.ValuesReported(values(i, i + 200, "a"), NOW));
        }
        long shapes = database.transact(transaction -> transaction
                .sql()
                .list("select count(*) as n from parameter_shape", row -> row.number("n"))
                .get(0));
        assertThat(shapes).isLessThan(20);
        assertThat(page(device, 1).total()).isEqualTo(20_000);
    }

    private Optional<Effect.Part> part(int number) {
        return Optional.of(new Effect.Part(number, "{\"part\":" + number + "}"));
    }

    @Test
    void the_progress_of_an_rpc_comes_back_with_its_next_claim_and_goes_with_its_end() {
        Device device = stored("FCH00000004");
        QueuedRpc rpc = queued(device, AcsMethod.GET_PARAMETER_VALUES);
        assertThat(commit(device, new Effect.ClaimNext("s1", NOW)).progress()).isEmpty();
        commit(device, new Effect.ProgressMade(rpc.id(), "{\"head\":1}", part(1), "a third"));
        assertThat(read(rpc).note()).isEqualTo("a third");
        commit(
                device,
                new Effect.ProgressMade(rpc.id(), "{\"head\":2}", part(2), "two thirds"),
                new Effect.RpcMoved(
                        rpc.id(),
                        Set.of(RpcState.SENT),
                        RpcState.QUEUED,
                        Optional.empty(),
                        Optional.empty(),
                        "goes on",
                        NOW));
        assertThat(read(rpc).note()).isEqualTo("goes on");
        assertThat(commit(device, new Effect.ClaimNext("s2", NOW)).progress())
                .containsExactly("{\"head\":2}", "{\"part\":1}", "{\"part\":2}");
        assertThat(read(rpc).attempts()).isEqualTo(2);
        commit(device, new Effect.ProgressEnded(rpc.id()));
        assertThat(database.<List<String>>read(stores -> stores.progress().of(rpc.id())))
                .isEmpty();
    }

    @Test
    void an_rpc_that_is_not_under_way_makes_no_progress() {
        Device device = stored("FCH00000005");
        QueuedRpc rpc = queued(device, AcsMethod.GET_PARAMETER_VALUES);
        commit(device, new Effect.ProgressMade(rpc.id(), "{}", part(1), "never"));
        assertThat(database.<List<String>>read(stores -> stores.progress().of(rpc.id())))
                .isEmpty();
        assertThat(read(rpc).note()).isEmpty();
    }

    @Test
    void what_is_learned_of_a_model_comes_with_the_next_claim_until_it_is_refuted_forgotten_or_old() {
        Device device = stored("FCH00000006");
        ModelKey model = ModelKey.of(device).orElseThrow();
        ModelKey other = new ModelKey(model.tenant(), model.oui(), model.productClass(), "13.0");
        List<ModelFact> facts = List.of(
                new ModelFact(ModelFact.Kind.UNKNOWN_NAME, "Device.A", 0, NOW),
                new ModelFact(ModelFact.Kind.READ_ONLY, "Device.B", 0, NOW),
                new ModelFact(ModelFact.Kind.BATCH, "", 13, NOW));
        commit(device, new Effect.ModelLearned(model, facts));
        queued(device, AcsMethod.GET_PARAMETER_VALUES);
        ModelFacts known = commit(device, new Effect.ClaimNext("s", NOW, Optional.of(model)))
                .facts();
        assertThat(known.isUnknown("Device.A")).isTrue();
        assertThat(known.isReadOnly("Device.B")).isTrue();
        assertThat(known.batch()).contains(13);
        assertThat(known.walk()).isEmpty();
        assertThat(facts(other).all()).isEmpty();

        commit(
                device,
                new Effect.ModelLearned(
                        model, List.of(new ModelFact(ModelFact.Kind.BATCH, "", 7, NOW.plusSeconds(9)))));
        assertThat(facts(model).batch()).contains(7);
        commit(device, new Effect.ModelUnlearned(model, ModelFact.Kind.UNKNOWN_NAME, List.of("Device.A")));
        assertThat(facts(model).isUnknown("Device.A")).isFalse();
        assertThat(database.<Integer>write(stores -> stores.models().prune(NOW.plus(Duration.ofSeconds(5)))))
                .isEqualTo(1);
        assertThat(facts(model).all()).hasSize(1);
        assertThat(database.<Integer>write(stores -> stores.models().forget(model)))
                .isEqualTo(1);
        assertThat(facts(model).all()).isEmpty();
    }

    private ModelFacts facts(ModelKey model) {
        return database.read(stores -> stores.models().facts(model));
    }

    @Test
    void a_model_is_not_learned_about_without_end() {
        Device device = stored("FCH00000007");
        ModelKey model = ModelKey.of(device).orElseThrow();
        commit(
                device,
                new Effect.ModelLearned(
                        model,
                        IntStream.range(0, Limits.DEFAULT.factsPerModel() + 100)
                                .mapToObj(i -> new ModelFact(ModelFact.Kind.UNKNOWN_NAME, "Device." + i, 0, NOW))
                                .toList()));
        assertThat(facts(model).all()).hasSize(Limits.DEFAULT.factsPerModel());
    }
}
