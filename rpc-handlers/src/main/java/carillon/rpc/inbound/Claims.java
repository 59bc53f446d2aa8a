package carillon.rpc.inbound;

import carillon.cwmp.Event;
import carillon.db.Claim;
import carillon.db.Device;
import carillon.rpc.enrol.ClaimIds;
import carillon.rpc.session.CwmpSession;
import java.time.Instant;
import java.util.stream.Collectors;

/** The claim that a session is which came in a managed device's name without its proof. */
final class Claims {
    private static final int LONGEST_EVENTS = 200;

    private Claims() {}

    /** As it is where nobody has seen it before. */
    static Claim of(CwmpSession session, Instant now) {
        Device device = session.device().orElseThrow();
        String source = session.caller().sourceAddress();
        String events = session.events().stream().map(Event::code).collect(Collectors.joining(", "));
        return new Claim(
                ClaimIds.of(device.key(), source, now),
                device.key(),
                device.tenant(),
                device.site(),
                Claim.State.PENDING,
                false,
                source,
                events.length() <= LONGEST_EVENTS ? events : events.substring(0, LONGEST_EVENTS),
                1,
                now,
                now,
                "");
    }
}
