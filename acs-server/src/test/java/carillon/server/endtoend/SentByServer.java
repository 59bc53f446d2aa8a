package carillon.server.endtoend;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.codec.OfficialSchemas;
import carillon.phones.WireWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The one place where all that a server sends to any phone of a test passes: it must be valid by the official schema of
 * the session's version, or the test that is running fails when it ends.
 */
public final class SentByServer {
    private static final List<String> COMPLAINTS = new ArrayList<>();
    private static final AtomicLong HEARD = new AtomicLong();

    private SentByServer() {}

    /** One body that a server sent within a session of this version. */
    static void heard(CwmpVersion version, byte[] body) {
        HEARD.incrementAndGet();
        OfficialSchemas.complaint(version, body).ifPresent(complaint -> {
            synchronized (COMPLAINTS) {
                COMPLAINTS.add(complaint);
            }
        });
    }

    /** How many were heard so far. */
    static long count() {
        return HEARD.get();
    }

    /** What was wrong since this was last asked. */
    static List<String> takeComplaints() {
        synchronized (COMPLAINTS) {
            List<String> taken = List.copyOf(COMPLAINTS);
            COMPLAINTS.clear();
            return taken;
        }
    }

    /** What the simulator's phones hear. */
    public static final class FromPhones implements WireWatch {
        @Override
        public void heard(CwmpVersion version, byte[] body) {
            SentByServer.heard(version, body);
        }
    }

    /** Stands behind every test of this module. */
    public static final class Verdict implements AfterEachCallback {
        @Override
        public void afterEach(ExtensionContext context) {
            List<String> complaints = takeComplaints();
            if (!complaints.isEmpty()) {
                throw new AssertionError(
                        complaints.size() + " envelopes of the server are not valid, the first: " + complaints.get(0));
            }
        }
    }
}
