package carillon.rpc.session;

import carillon.cwmp.message.AcsRequest;
import carillon.db.QueuedRpc;
import carillon.rpc.batch.Work;
import java.time.Instant;
import java.util.List;

/** The one request that the phone has still to answer. */
public sealed interface Outstanding {
    /** The request as it was sent. */
    AcsRequest request();

    /** An RPC from the queue. */
    record Queued(QueuedRpc rpc, AcsRequest request) implements Outstanding {}

    /** One request of an RPC from the queue that takes many. */
    record Step(QueuedRpc rpc, Work work, AcsRequest request, Pace pace) implements Outstanding {
        /**
         * How long and how far.
         *
         * @param since when it began to hold this session
         * @param savedAt when what came was last saved
         * @param answers that came in this session and were saved
         * @param unsaved answers that came since
         * @param first nothing of it was asked in this session before
         */
        public record Pace(Instant since, Instant savedAt, int answers, int unsaved, boolean first) {
            /** It begins. */
            public static Pace begin(Instant now) {
                return new Pace(now, now, 0, 0, true);
            }

            /** One more answer came. */
            public Pace oneMore() {
                return new Pace(since, savedAt, answers, unsaved + 1, false);
            }

            /** All that came is saved now. */
            public Pace saved(Instant now) {
                return new Pace(since, now, answers + unsaved, 0, first);
            }
        }
    }

    /** A look at the instances of a table, before an AddObject or DeleteObject is sent (again). */
    record Look(QueuedRpc rpc, boolean afterLoss, AcsRequest request) implements Outstanding {}

    /** The inform plan: when the phone shall come. */
    record InformPlan(String plan, AcsRequest request) implements Outstanding {}

    /** The device's own credentials of this generation. */
    record OwnCredentials(int generation, AcsRequest request) implements Outstanding {}

    /** The first look at a device that is new to us: what people search by. */
    record FirstLook(AcsRequest request) implements Outstanding {}

    /** A listing of what holds names that the phone said it does not have. */
    record Rediscovery(List<String> names, AcsRequest request) implements Outstanding {
        public Rediscovery {
            names = List.copyOf(names);
        }
    }

    /** The results of a diagnostic that the phone says has ended. */
    record Diagnostics(AcsRequest request) implements Outstanding {}
}
