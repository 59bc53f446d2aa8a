package carillon.db;

import java.time.Instant;

/**
 * One thing that a phone of a model taught us.
 *
 * @param name of the parameter or object it is about; empty where it is about the phone as a whole
 * @param number what the kind says
 * @param at when it was last learned
 */
public record ModelFact(Kind kind, String name, int number, Instant at) {
    /** What a fact says. */
    public enum Kind {
        /** This name does not exist on this firmware (9005). */
        UNKNOWN_NAME,
        /** This parameter cannot be set (9008), whatever its listing says. */
        READ_ONLY,
        /** Notifications of this level are refused for this parameter (9009). */
        NO_NOTIFICATION,
        /** How many names one request may hold. */
        BATCH,
        /** How the tree can be walked: the number of the way. */
        WALK
    }
}
