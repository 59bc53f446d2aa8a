package carillon.db;

import java.util.Locale;

/** The life of an RPC; {@link #mayBecome} is the only description of its moves. */
public enum RpcState {
    QUEUED,
    SENT,
    SUCCEEDED,
    FAILED,
    /** The answer was lost, and looking does not tell whether it was done: a person decides. */
    UNCONFIRMED,
    EXPIRED,
    CANCELLED;

    /**
     * Whether the RPC may go from this state to the next one; a queued one can be reported as done only where it was sent
     * before.
     */
    public boolean mayBecome(RpcState next) {
        return switch (this) {
            // to UNCONFIRMED when a backup is restored: nobody knows what was done since
            case QUEUED ->
                next == SENT || next == EXPIRED || next == CANCELLED || next == UNCONFIRMED || next == SUCCEEDED;
            case SENT -> next != SENT;
            // back to SENT: the phone reported the transfer as done after all, and its new version is awaited
            case UNCONFIRMED -> next == SUCCEEDED || next == FAILED || next == CANCELLED || next == SENT;
            case EXPIRED -> next == SUCCEEDED || next == FAILED || next == SENT;
            case SUCCEEDED, FAILED, CANCELLED -> false;
        };
    }

    /** Whether nothing more will be done for it. */
    public boolean isEnd() {
        return this != QUEUED && this != SENT;
    }

    /** As the API and the database write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
