package carillon.rpc.session;

import carillon.cwmp.message.Envelope;
import carillon.db.Effect;
import java.util.List;
import java.util.Optional;

/** What one message leads to: the next session value, what must be durable first, and the answer, or the need to hear from
 * the store before there is one.
 */
public sealed interface Turn {
    CwmpSession session();

    /** To be written before anything is sent; may be empty, then nothing is waited for. */
    List<Effect> effects();

    /**
     * The answer is known.
     *
     * @param answer an envelope to send with 200, or nothing: 204 and, where the session's phase is CLOSED, the end
     */
    record Reply(CwmpSession session, List<Effect> effects, Optional<Envelope> answer) implements Turn {
        public Reply {
            effects = List.copyOf(effects);
        }
    }

    /** The store has to say something first: commit, then {@code SessionEngine.resume}. */
    record Ask(CwmpSession session, List<Effect> effects) implements Turn {
        public Ask {
            effects = List.copyOf(effects);
        }
    }

    /**
     * The message is out of order: HTTP 400, the session closes with this reason.
     *
     * @param reason one line for the log and the device's page
     */
    record Refuse(CwmpSession session, List<Effect> effects, String reason) implements Turn {
        public Refuse {
            effects = List.copyOf(effects);
        }
    }
}
