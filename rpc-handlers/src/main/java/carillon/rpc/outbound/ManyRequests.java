package carillon.rpc.outbound;

import carillon.cwmp.Fault;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.db.Device;
import carillon.db.Effect;
import carillon.db.ModelFact;
import carillon.db.ModelFacts;
import carillon.db.ModelKey;
import carillon.db.QueuedRpc;
import carillon.rpc.arguments.RpcJson;
import carillon.rpc.batch.AttributeWork;
import carillon.rpc.batch.Batching;
import carillon.rpc.batch.CheckedSet;
import carillon.rpc.batch.Options;
import carillon.rpc.batch.ReadWork;
import carillon.rpc.batch.SetWork;
import carillon.rpc.batch.WalkWork;
import carillon.rpc.batch.Work;
import carillon.rpc.session.CwmpSession;
import carillon.rpc.session.EnginePolicy;
import carillon.rpc.session.Outstanding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * RPCs of the queue that take many requests. What came is saved now and then, together with how far the RPC has come; an
 * RPC that has held the session for long enough goes back to the queue, and the next session goes on with it.
 */
final class ManyRequests {
    /** So much is saved at once: each saving costs a forced write. */
    private static final int SAVED_PARAMETERS = 1_000;

    private static final int SAVED_ANSWERS = 100;
    private static final Duration SAVED_EVERY = Duration.ofSeconds(5);

    private final EnginePolicy policy;
    private final Batching batching;
    private final RpcJson json;
    private final FaultPolicy faults;

    ManyRequests(EnginePolicy policy, RpcJson json) {
        this.policy = policy;
        this.batching = policy.batching();
        this.json = json;
        this.faults = new FaultPolicy(policy.repeats());
    }

    /** The RPC as work of many requests, if it is such; goes on where it was. */
    Optional<Work> work(
            QueuedRpc rpc, AcsRequest request, CwmpSession session, List<String> progress, ModelFacts facts) {
        Options options = json.options(rpc.method(), rpc.arguments());
        if (request instanceof AcsRequest.GetParameterValues read) {
            return Optional.of(
                    progress.isEmpty()
                            ? ReadWork.begin(read.paths(), options, batching, facts)
                            : ReadWork.resume(progress, facts));
        }
        if (request instanceof AcsRequest.SetParameterValues set && options.partial()) {
            return Optional.of(
                    progress.isEmpty()
                            ? SetWork.begin(set, options, batching, facts)
                            : SetWork.resume(set, progress, facts));
        }
        if (request instanceof AcsRequest.SetParameterValues set && options.verify()) {
            return Optional.of(
                    progress.isEmpty()
                            ? CheckedSet.begin(set, batching, facts)
                            : CheckedSet.resume(set, progress, facts));
        }
        if (request instanceof AcsRequest.SetParameterAttributes set) {
            return Optional.of(
                    progress.isEmpty()
                            ? AttributeWork.begin(set, options, facts)
                            : AttributeWork.resume(set, progress, facts));
        }
        if (request instanceof AcsRequest.GetParameterNames names && options.discover()) {
            String root = session.device().map(Device::reported).orElseThrow().rootObject();
            String start = names.path().isEmpty() ? root : names.path();
            boolean isRoot = start.isEmpty() || start.equals(root);
            return Optional.of(
                    progress.isEmpty()
                            ? WalkWork.begin(start, isRoot, options, batching, facts)
                            : WalkWork.resume(start, isRoot, options, progress, facts));
        }
        return Optional.empty();
    }

    /** Begins, or goes on with it in a new session. */
    Draft begin(Draft draft, QueuedRpc rpc, Work work) {
        return goOn(draft, Outstanding.Step.Pace.begin(draft.now()), rpc, work);
    }

    /** The phone answered one request of it. */
    Draft answered(Draft draft, Outstanding.Step step, CpeResponse answer) {
        return goOn(draft, step.pace().oneMore(), step.rpc(), step.work().answered(answer, batching));
    }

    /** The phone refused one request of it. */
    Draft refused(Draft draft, Outstanding.Step step, Fault fault) {
        return goOn(draft, step.pace().oneMore(), step.rpc(), step.work().refused(fault));
    }

    /** The phone does not have the method, whatever it is asked by it. */
    Draft misanswered(Draft draft, Outstanding.Step step, Fault fault) {
        Draft failed = draft.with(step.work().fresh(draft.now()))
                .with(Moves.failed(step.rpc(), fault, fault.text(), draft.now()));
        return step.work().wasSaved()
                ? failed.with(new Effect.ProgressEnded(step.rpc().id()))
                : failed;
    }

    /** The session cannot go on with it: what came is kept. */
    Draft interrupted(Draft draft, Outstanding.Step step) {
        return draft.with(saving(step.rpc(), step.work(), draft.now()));
    }

    private Draft goOn(Draft draft, Outstanding.Step.Pace pace, QueuedRpc rpc, Work work) {
        Optional<AcsRequest> request = work.request();
        if (work.failure().isPresent() || request.isEmpty()) {
            return ended(draft, rpc, work);
        }
        Instant now = draft.now();
        boolean longEnough = !now.isBefore(pace.since().plus(batching.slice()))
                || now.isAfter(draft.session().startedAt().plus(policy.maxSessionLength()));
        if (longEnough && pace.answers() + pace.unsaved() > 0) {
            String note = work.told() + "; it goes on in the next session";
            return draft.with(saving(rpc, work, now))
                    .with(Moves.requeued(rpc, note, now))
                    .with(draft.session().change().deferred(rpc.id()).session());
        }
        boolean save = pace.unsaved() > 0
                && (work.unsaved() >= SAVED_PARAMETERS
                        || pace.unsaved() >= SAVED_ANSWERS
                        || !now.isBefore(pace.savedAt().plus(SAVED_EVERY)));
        return save
                ? draft.with(saving(rpc, work, now))
                        .send(new Outstanding.Step(rpc, work.saved(), request.get(), pace.saved(now)))
                : draft.send(new Outstanding.Step(rpc, work, request.get(), pace));
    }

    private static List<Effect> saving(QueuedRpc rpc, Work work, Instant now) {
        List<Effect> effects = new ArrayList<>(work.fresh(now));
        effects.add(new Effect.ProgressMade(rpc.id(), work.head(), work.part(), work.told()));
        return effects;
    }

    private Draft ended(Draft before, QueuedRpc rpc, Work work) {
        Draft draft = Vanished.noted(before, work.unknown());
        Instant now = draft.now();
        // one that had come on counts as sent once each time, so it would be repeated without end
        if (work.failure().isPresent() && !work.wasSaved()) {
            return learned(faults.faulted(draft, rpc, work.failure().get()), work);
        }
        List<Effect> effects = new ArrayList<>(work.fresh(now));
        effects.add(
                work.failure().isPresent()
                        ? Moves.failed(rpc, work.failure().get(), "", now)
                        : Moves.succeeded(rpc, work.result(), "", now));
        if (work.wasSaved()) {
            effects.add(new Effect.ProgressEnded(rpc.id()));
        }
        return learned(draft.with(effects), work);
    }

    private static Draft learned(Draft draft, Work work) {
        return draft.session()
                .device()
                .flatMap(ModelKey::of)
                .map(model -> draft.with(lessons(model, work, draft.now())))
                .orElse(draft);
    }

    /** What the fault of one SetParameterValues says about the phones of the model. */
    static Draft taught(Draft draft, AcsRequest request, Fault fault) {
        Optional<ModelKey> model = draft.session().device().flatMap(ModelKey::of);
        if (model.isEmpty() || !(request instanceof AcsRequest.SetParameterValues)) {
            return draft;
        }
        List<ModelFact> learned = SetWork.lessons(fault.parameters(), draft.now());
        return learned.isEmpty() ? draft : draft.with(new Effect.ModelLearned(model.get(), learned));
    }

    private static List<Effect> lessons(ModelKey model, Work work, Instant now) {
        List<Effect> lessons = new ArrayList<>();
        List<ModelFact> learned = work.learned(now);
        if (!learned.isEmpty()) {
            lessons.add(new Effect.ModelLearned(model, learned));
        }
        Map<ModelFact.Kind, List<String>> refuted = new EnumMap<>(ModelFact.Kind.class);
        work.refuted().forEach(fact -> refuted.computeIfAbsent(fact.kind(), any -> new ArrayList<>())
                .add(fact.name()));
        refuted.forEach((kind, names) -> lessons.add(new Effect.ModelUnlearned(model, kind, names)));
        return lessons;
    }
}
