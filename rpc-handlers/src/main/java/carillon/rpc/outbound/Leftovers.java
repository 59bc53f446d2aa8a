package carillon.rpc.outbound;

import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.db.Effect;
import carillon.db.QueuedRpc;
import carillon.rpc.arguments.RpcJson;
import carillon.rpc.session.Outstanding;
import java.util.List;
import java.util.Optional;

/**
 * RPCs that were sent and never answered: their session died, or the phone said something else instead. What may be
 * repeated goes back to the queue; what may not is looked at first, and where looking does not tell, a person decides
 * (CWMP-098).
 */
final class Leftovers {
    /** A phone that goes silent on the same request so often is not asked it for ever. */
    static final int LOST_ANSWERS = 10;

    private final RpcJson json;

    Leftovers(RpcJson json) {
        this.json = json;
    }

    /** What may be done with an RPC whose answer was lost. */
    private enum Repeat {
        HARMLESS,
        AFTER_A_LOOK,
        NEVER
    }

    /** Settles leftovers until one has to be looked at (then the turn is decided) or none is left. */
    Draft settle(Draft draft) {
        Draft next = draft;
        while (next.turn().isEmpty() && !next.session().leftovers().isEmpty()) {
            List<QueuedRpc> left = next.session().leftovers();
            next = settle(
                    next.with(next.session()
                            .change()
                            .leftovers(left.subList(1, left.size()))
                            .session()),
                    left.get(0));
        }
        return next;
    }

    private Draft settle(Draft draft, QueuedRpc rpc) {
        return switch (repeat(rpc.method())) {
            case HARMLESS -> again(draft, rpc, "the answer was lost with its session; it is sent again");
            case NEVER -> draft.with(Moves.unconfirmed(rpc, lostNote(rpc), draft.now()));
            case AFTER_A_LOOK -> looked(draft, rpc);
        };
    }

    /** The phone said something else in place of the answer: what cannot be looked at now stays as it is, for the next session. */
    Draft unanswered(Draft draft, QueuedRpc rpc, String what) {
        return switch (repeat(rpc.method())) {
            case HARMLESS ->
                draft.with(draft.session().change().deferred(rpc.id()).session())
                        .with(requeueOrGiveUp(draft, rpc, what + "; it is sent again in a later session"));
            case NEVER -> draft.with(Moves.unconfirmed(rpc, what + "; " + lostNote(rpc), draft.now()));
            case AFTER_A_LOOK -> draft;
        };
    }

    private Draft looked(Draft draft, QueuedRpc rpc) {
        Optional<Instances> before = Instances.recorded(rpc.evidence());
        if (before.isEmpty()) {
            return again(draft, rpc, "it was claimed but never left; it is sent again");
        }
        Optional<AcsRequest> request = request(rpc);
        if (before.get().numbers().isEmpty() || request.isEmpty()) {
            return draft.with(Moves.unconfirmed(rpc, lostNote(rpc), draft.now()));
        }
        return draft.send(new Outstanding.Look(rpc, true, look(request.get())));
    }

    /** What the look after a loss showed. */
    Draft seen(
            Draft draft,
            QueuedRpc rpc,
            AcsRequest.GetParameterNames look,
            CpeResponse.GetParameterNamesResponse answer) {
        Draft noted = draft.with(new Effect.NamesReported(answer.parameters(), draft.now()));
        List<Long> before =
                Instances.recorded(rpc.evidence()).flatMap(Instances::numbers).orElse(List.of());
        List<Long> after =
                Instances.below(look.path(), answer.parameters()).numbers().orElse(List.of());
        Optional<AcsRequest> request = request(rpc);
        if (request.isPresent() && request.get() instanceof AcsRequest.DeleteObject delete) {
            return deleteSeen(noted, rpc, delete, before, after);
        }
        List<Long> added =
                after.stream().filter(number -> !before.contains(number)).toList();
        if (after.equals(before)) {
            return again(noted, rpc, "the answer was lost and the table shows that it was not done; it is sent again");
        }
        if (added.size() == 1) {
            String result = json.result(new CpeResponse.AddObjectResponse(added.get(0), 0));
            return noted.with(Moves.succeeded(
                    rpc, result, "the answer was lost; the table shows the one new instance", draft.now()));
        }
        return noted.with(Moves.unconfirmed(
                rpc,
                "the answer was lost; the table had the instances " + before + " and has " + after
                        + " now, which does not tell what this AddObject made. Compare the instances on the phone, then"
                        + " queue it again or remove what is too much",
                draft.now()));
    }

    private Draft deleteSeen(
            Draft draft, QueuedRpc rpc, AcsRequest.DeleteObject delete, List<Long> before, List<Long> after) {
        long number = instance(delete.objectName());
        if (before.contains(number) && !after.contains(number)) {
            return draft.with(Moves.succeeded(
                            rpc,
                            json.result(new CpeResponse.DeleteObjectResponse(0)),
                            "the answer was lost; the table shows that the instance is gone",
                            draft.now()))
                    .with(new Effect.ParametersForgotten(delete.objectName()));
        }
        return again(draft, rpc, "the answer was lost and the table shows that it was not done; it is sent again");
    }

    /** The phone refused the look: nobody can know. */
    Draft blind(Draft draft, QueuedRpc rpc, String why) {
        return draft.with(Moves.unconfirmed(rpc, lostNote(rpc) + " (" + why + ")", draft.now()));
    }

    private Draft again(Draft draft, QueuedRpc rpc, String note) {
        return draft.with(draft.session().change().workKnown(true).session()).with(requeueOrGiveUp(draft, rpc, note));
    }

    private static List<Effect> requeueOrGiveUp(Draft draft, QueuedRpc rpc, String note) {
        return rpc.attempts() < LOST_ANSWERS
                ? Moves.requeued(rpc, note, draft.now())
                : List.of(Moves.unconfirmed(
                        rpc,
                        "it was sent " + rpc.attempts() + " times and never answered; look at the phone's sessions"
                                + " before queueing it again",
                        draft.now()));
    }

    private Optional<AcsRequest> request(QueuedRpc rpc) {
        try {
            return Optional.of(json.request(rpc.method(), rpc.arguments(), rpc.id()));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** The look at the table that an AddObject or DeleteObject is about. */
    static AcsRequest.GetParameterNames look(AcsRequest request) {
        if (request instanceof AcsRequest.AddObject add) {
            return new AcsRequest.GetParameterNames(Addressing.table(add), true);
        }
        if (request instanceof AcsRequest.DeleteObject delete) {
            return new AcsRequest.GetParameterNames(table(delete.objectName()), true);
        }
        throw new IllegalArgumentException(request.name() + " needs no look");
    }

    static boolean needsLook(AcsMethod method) {
        return repeat(method) == Repeat.AFTER_A_LOOK;
    }

    private static String table(String instance) {
        return instance.substring(0, instance.lastIndexOf('.', instance.length() - 2) + 1);
    }

    private static long instance(String path) {
        String number = path.substring(table(path).length(), path.length() - 1);
        return number.isEmpty() || number.length() > 10 || !number.chars().allMatch(c -> c >= '0' && c <= '9')
                ? -1
                : Long.parseLong(number);
    }

    private static String lostNote(QueuedRpc rpc) {
        return "the answer to " + rpc.method().rpcName()
                + " was lost, so nobody can know whether the phone did it; it is not sent again by itself. Look at the"
                + " phone (its events, its state), then queue it again if it was not done";
    }

    private static Repeat repeat(AcsMethod method) {
        return switch (method) {
            case GET_RPC_METHODS,
                    GET_PARAMETER_NAMES,
                    GET_PARAMETER_VALUES,
                    GET_PARAMETER_ATTRIBUTES,
                    SET_PARAMETER_VALUES,
                    SET_PARAMETER_ATTRIBUTES,
                    GET_QUEUED_TRANSFERS,
                    GET_ALL_QUEUED_TRANSFERS,
                    GET_OPTIONS -> Repeat.HARMLESS;
            case ADD_OBJECT, DELETE_OBJECT -> Repeat.AFTER_A_LOOK;
            case REBOOT,
                    FACTORY_RESET,
                    DOWNLOAD,
                    SCHEDULE_INFORM,
                    SET_VOUCHERS,
                    UPLOAD,
                    SCHEDULE_DOWNLOAD,
                    CANCEL_TRANSFER,
                    CHANGE_DU_STATE -> Repeat.NEVER;
        };
    }
}
