package carillon.server.cwmp;

import carillon.cwmp.DeviceId;
import carillon.cwmp.message.CwmpMessage;

/**
 * Every message of a phone passes here on its way from one moment to the next. Whoever puts a server together can see
 * where it is, and can hold it there; a server that runs for people is put together with {@link #OPEN}.
 */
@FunctionalInterface
public interface TurnGate {
    /** Holds nothing. */
    TurnGate OPEN = (moment, device, message, onward) -> onward.run();

    /** Where a message can be. */
    enum Moment {
        /** The phone's message was read, or is taken once more on what is true now; nothing of what it says is written. */
        HEARD,
        /** What the phone's message says is durable; the phone was told nothing. */
        STORED,
        /** What the server is about to say, and that it says it, is durable; no octet of it has left. */
        DECIDED,
        /** The last octet of what the server says was given to the operating system. */
        SENT
    }

    /**
     * Lets a message go on by running {@code onward}, on this thread and at once; where it is not run, the message stays.
     *
     * @param message the phone's, or from {@link Moment#DECIDED} on the server's
     */
    void pass(Moment moment, DeviceId device, CwmpMessage message, Runnable onward);
}
