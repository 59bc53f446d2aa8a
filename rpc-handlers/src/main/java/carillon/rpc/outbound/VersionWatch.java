package carillon.rpc.outbound;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.db.Effect;
import carillon.db.QueuedRpc;
import carillon.rpc.arguments.RpcJson;
import carillon.rpc.session.CwmpSession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Firmware has succeeded when its phone runs it: an Inform tells (CWMP-135). One that shows the awaited version although
 * none was reported counts as well, if the phone had another one when it was told to fetch it (CWMP-177).
 */
public final class VersionWatch {
    private static final List<EventCode> REPORT_FOLLOWS =
            List.of(EventCode.TRANSFER_COMPLETE, EventCode.M_DOWNLOAD, EventCode.M_SCHEDULE_DOWNLOAD);

    private final RpcJson json;

    public VersionWatch(RpcJson json) {
        this.json = json;
    }

    /** The version that this session's phone reports. */
    static String reported(CwmpSession session) {
        return session.device()
                .map(device -> device.reported().softwareVersion())
                .orElse("");
    }

    /** What the phone had before, to be kept as evidence when firmware leaves whose version is known. */
    Optional<Effect> before(CwmpSession session, QueuedRpc rpc) {
        return rpc.awaited().version().isEmpty()
                ? Optional.empty()
                : Optional.of(new Effect.EvidenceRecorded(rpc.id(), json.versionSeen(reported(session))));
    }

    /** Whether this Inform shows that the RPC, which is SENT, has done what it should. */
    public boolean isSeen(CwmpSession session, QueuedRpc rpc) {
        String version = rpc.awaited().version();
        if (version.isEmpty() || !version.equals(reported(session))) {
            return false;
        }
        boolean changed = !rpc.evidence().isEmpty() && !rpc.evidence().equals(json.versionSeen(version));
        return rpc.awaited().reportedAt().isPresent() || changed && !isReportToCome(session);
    }

    private static boolean isReportToCome(CwmpSession session) {
        return session.events().stream().map(Event::code).anyMatch(code -> REPORT_FOLLOWS.stream()
                .anyMatch(known -> Event.of(known).code().equals(code)));
    }

    /** The end of one that is seen. */
    public Effect succeeded(QueuedRpc rpc, Instant now) {
        String note = rpc.awaited().reportedAt().isPresent()
                ? "the phone reported its end, and now the SoftwareVersion '"
                : "the phone reported no end, but now the SoftwareVersion '";
        return Moves.succeeded(rpc, "{\"status\":0}", note + rpc.awaited().version() + "'", now);
    }
}
