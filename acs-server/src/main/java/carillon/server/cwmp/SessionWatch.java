package carillon.server.cwmp;

import carillon.db.SessionRecord;
import java.util.List;

/** Who wants to know that sessions have ended and are in the archive; called on the archive's own thread. */
@FunctionalInterface
public interface SessionWatch {
    void archived(List<SessionRecord> sessions);
}
