package carillon.rpc.engine;

import carillon.cwmp.message.Envelope;
import carillon.db.CommitResult;
import carillon.db.Device;
import carillon.rpc.session.Caller;
import carillon.rpc.session.CwmpSession;
import carillon.rpc.session.Turn;
import java.time.Instant;
import java.util.Optional;

/** The CWMP session: what one message leads to. Keeps nothing, reads no clock, touches no store. */
public final class SessionEngine {
    /** A session that waits for its Inform; the id is unguessable and becomes the cookie. */
    public CwmpSession begin(String sessionId, Caller caller, Instant now) {
        throw new UnsupportedOperationException("contract");
    }

    /**
     * One message of the phone.
     *
     * @param device the device its Inform names, as it is known now; empty where it is not known
     * @param workRung something was queued for the device since its Inform
     */
    public Turn take(CwmpSession session, Optional<Device> device, boolean workRung, Envelope envelope, Instant now) {
        throw new UnsupportedOperationException("contract");
    }

    /** Goes on after the commit that an {@link Turn.Ask} waited for. */
    public Turn resume(CwmpSession session, CommitResult result, Instant now) {
        throw new UnsupportedOperationException("contract");
    }
}
