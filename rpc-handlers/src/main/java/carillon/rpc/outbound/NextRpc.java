package carillon.rpc.outbound;

import carillon.cwmp.Secret;
import carillon.cwmp.SecretPaths;
import carillon.cwmp.SecretUrls;
import carillon.cwmp.message.AcsRequest;
import carillon.db.CommitResult;
import carillon.db.Effect;
import carillon.db.ModelFacts;
import carillon.db.ModelKey;
import carillon.db.QueuedRpc;
import carillon.rpc.arguments.OwnFile;
import carillon.rpc.arguments.RpcJson;
import carillon.rpc.batch.Work;
import carillon.rpc.enrol.Credentials;
import carillon.rpc.enrol.Disclosure;
import carillon.rpc.session.Admission;
import carillon.rpc.session.CwmpSession;
import carillon.rpc.session.EnginePolicy;
import carillon.rpc.session.Outstanding;
import carillon.rpc.session.Pending;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What to ask a phone now: a list of steps, the first that has something to ask decides the turn. */
public final class NextRpc {
    /** One step: adds what it wants written, and may decide the turn. */
    private interface Step {
        Draft take(Draft draft);
    }

    private final EnginePolicy policy;
    private final RpcJson json;
    private final ManyRequests many;
    private final VersionWatch versions;
    private final TransferAddresses addresses;
    private final List<Step> steps;

    public NextRpc(EnginePolicy policy, Credentials credentials, RpcJson json, TransferAddresses addresses) {
        this.addresses = addresses;
        this.policy = policy;
        this.json = json;
        this.many = new ManyRequests(policy, json);
        this.versions = new VersionWatch(json);
        OwnSteps own = new OwnSteps(policy.informInterval(), credentials);
        Leftovers leftovers = new Leftovers(json);
        this.steps = List.of(
                this::endWhereEnough,
                this::endWhereNothingIsDue,
                own::endReadmission,
                draft -> isManaged(draft) ? leftovers.settle(draft) : draft,
                own::informPlan,
                own::ownCredentials,
                own::firstLook,
                own::diagnostics,
                draft -> isManaged(draft) ? Vanished.look(draft) : draft,
                this::claim,
                Draft::end);
    }

    /** Decides what is asked now, or that the session ends. */
    public Draft next(Draft draft) {
        Draft next = draft;
        for (Step step : steps) {
            if (next.turn().isPresent()) {
                return next;
            }
            next = step.take(next);
        }
        return next;
    }

    /** Goes on with what the store said to the question for the next RPC of the queue. */
    public Draft claimed(Draft draft, CommitResult result) {
        // where there was one there may be another; a question that brings nothing ends the asking
        boolean more = result.claimed().isPresent() || result.hasQueued();
        Draft next = draft.with(draft.session().change().workKnown(more).session());
        return result.claimed().isPresent()
                ? leave(next, result.claimed().get(), result.progress(), result.facts())
                : next.end();
    }

    /** A bound for loops that never settle, and for sessions that never end (CWMP-102). */
    private Draft endWhereEnough(Draft draft) {
        CwmpSession session = draft.session();
        boolean tooMany = session.rpcs().size() >= policy.maxRpcsPerSession();
        boolean tooLong = draft.now().isAfter(session.startedAt().plus(policy.maxSessionLength()));
        if (!tooMany && !tooLong) {
            return draft;
        }
        String remark = tooMany
                ? "ended after " + session.rpcs().size() + " requests; what is left waits for the next session"
                : "ended after " + policy.maxSessionLength() + "; what is left waits for the next session";
        return draft.with(session.change().remark(remark).session()).end();
    }

    private Draft endWhereNothingIsDue(Draft draft) {
        return switch (draft.session().admission()) {
            case MANAGED, WAITING -> draft;
            case CLAIM, REFUSED -> draft.end();
        };
    }

    private Draft claim(Draft draft) {
        return isManaged(draft) && draft.session().workKnown()
                ? draft.ask(
                        new Pending.NextOfQueue(),
                        new Effect.ClaimNext(
                                draft.session().id(),
                                draft.now(),
                                draft.session().device().flatMap(ModelKey::of)))
                : draft;
    }

    private Draft leave(Draft draft, QueuedRpc rpc, List<String> progress, ModelFacts facts) {
        if (draft.session().memory().deferred().contains(rpc.id())) {
            String note = "it is asked again in a later session";
            return draft.with(Moves.requeued(rpc, note, draft.now())).end();
        }
        AcsRequest request;
        try {
            request = json.request(rpc.method(), rpc.arguments(), rpc.id());
        } catch (IllegalArgumentException impossible) {
            return refused(draft, rpc, String.valueOf(impossible.getMessage()));
        }
        Optional<String> obstacle = obstacle(draft.session(), request, rpc.forced());
        if (obstacle.isPresent()) {
            return refused(draft, rpc, obstacle.get());
        }
        if (TransferAddresses.areNeeded(request)) {
            return leaveWithFile(draft, rpc, request);
        }
        Optional<Work> work = many.work(rpc, request, draft.session(), progress, facts);
        if (work.isPresent()) {
            Draft begun = many.begin(draft, rpc, work.get());
            return begun.turn().isPresent() ? begun : next(begun);
        }
        return Leftovers.needsLook(rpc.method())
                ? draft.send(new Outstanding.Look(rpc, false, Leftovers.look(request)))
                : noted(draft, rpc).send(new Outstanding.Queued(rpc, request));
    }

    private Draft noted(Draft draft, QueuedRpc rpc) {
        return versions.before(draft.session(), rpc).map(draft::with).orElse(draft);
    }

    /** A file of ours goes out, or comes in: by which road is known now. */
    private Draft leaveWithFile(Draft draft, QueuedRpc rpc, AcsRequest request) {
        TransferAddresses.Addressed addressed =
                addresses.addressed(request, rpc.id(), draft.session().caller().tls(), json.login(rpc.arguments()));
        if (addressed.request().isEmpty()) {
            return refused(draft, rpc, addressed.obstacle());
        }
        boolean secret = request instanceof AcsRequest.Upload upload
                ? upload.fileType().contains("Configuration")
                : json.ownFile(rpc.method(), rpc.arguments())
                        .map(OwnFile::secrets)
                        .orElse(true);
        if (secret && !addressed.tls() && !policy.cleartextSecrets()) {
            return refused(
                    draft,
                    rpc,
                    "the file may hold secrets, and would travel without TLS: let the phone use the HTTPS address and"
                            + " keep files.https.port open, set \"secrets\":false on a file that holds none, or set"
                            + " cpe.cleartext-secrets=true");
        }
        return noted(draft, rpc)
                .send(new Outstanding.Queued(rpc, addressed.request().get()));
    }

    /** Why this request may not go to this phone by this road, if it may not. */
    private Optional<String> obstacle(CwmpSession session, AcsRequest request, boolean forced) {
        Set<String> methods =
                session.device().map(device -> device.spoken().methods()).orElse(Set.of());
        Optional<String> unknown = Capabilities.unknownTo(session.version(), methods, request)
                .or(() -> forced ? Optional.empty() : Capabilities.unlisted(methods, request.method()));
        if (unknown.isPresent()) {
            return unknown;
        }
        boolean secret = holdsSecrets(request);
        Disclosure.Road road = session.caller().tls() ? Disclosure.Road.TLS : Disclosure.Road.PLAIN_CWMP;
        Disclosure.Content content = secret ? Disclosure.Content.SECRETS : Disclosure.Content.CONFIGURATION;
        boolean allowed = Disclosure.allowed(road, content, session.caller().proof(), false, policy.cleartextSecrets());
        if (allowed || !secret) {
            return Optional.empty();
        }
        return Optional.of("it holds a secret, and the phone came without TLS: let the phone use the HTTPS address, or"
                + " set cpe.cleartext-secrets=true");
    }

    private static boolean holdsSecrets(AcsRequest request) {
        if (request instanceof AcsRequest.SetParameterValues set) {
            return set.values().stream()
                    .anyMatch(value ->
                            SecretPaths.isSecret(value.path()) && !value.value().isEmpty());
        }
        if (request instanceof AcsRequest.ChangeDuState change) {
            return change.operations().stream().anyMatch(NextRpc::holdsSecret);
        }
        return request instanceof AcsRequest.Download download && holdsSecret(download.url(), download.password())
                || request instanceof AcsRequest.ScheduleDownload scheduled
                        && holdsSecret(scheduled.url(), scheduled.password())
                || request instanceof AcsRequest.Upload upload && holdsSecret(upload.url(), upload.password());
    }

    private static boolean holdsSecret(AcsRequest.DuOperation operation) {
        return operation instanceof AcsRequest.DuOperation.Install install
                        && holdsSecret(install.url(), install.password())
                || operation instanceof AcsRequest.DuOperation.Update update
                        && holdsSecret(update.url(), update.password());
    }

    private static boolean holdsSecret(String url, Secret password) {
        return !password.isEmpty() || SecretUrls.holdsSecret(url);
    }

    /** It never left: it fails with the reason, and the next one of the queue has its turn. */
    private Draft refused(Draft draft, QueuedRpc rpc, String reason) {
        return next(draft.with(Moves.refused(rpc, reason, draft.now())));
    }

    private static boolean isManaged(Draft draft) {
        return draft.session().admission() == Admission.MANAGED;
    }
}
