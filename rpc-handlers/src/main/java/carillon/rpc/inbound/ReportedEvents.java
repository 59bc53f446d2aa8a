package carillon.rpc.inbound;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.CpeRequest.Inform;
import carillon.db.Effect;
import carillon.db.RpcState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of ours an Inform's events report as done. Its answers may be lost, its session dead: the report counts. The events
 * of transfers and of deployment units settle nothing: the call that follows them has the outcome (CWMP-119).
 */
final class ReportedEvents {
    private ReportedEvents() {}

    static List<Effect> effects(Inform inform, Instant now) {
        List<Effect> effects = new ArrayList<>();
        boolean named = named(effects, inform, EventCode.M_REBOOT, now);
        // a factory reset forgets reports that were not delivered
        boolean others = !named || inform.has(EventCode.BOOTSTRAP);
        if (others && (inform.has(EventCode.BOOT) || inform.has(EventCode.M_REBOOT))) {
            effects.add(new Effect.MethodReported(
                    AcsMethod.REBOOT,
                    Set.of(RpcState.SENT),
                    true,
                    RpcState.SUCCEEDED,
                    Optional.of("{}"),
                    Optional.empty(),
                    "the phone restarted, without saying why",
                    now));
        }
        boolean scheduled = named(effects, inform, EventCode.M_SCHEDULE_INFORM, now);
        if (!scheduled && (inform.has(EventCode.SCHEDULED) || inform.has(EventCode.M_SCHEDULE_INFORM))) {
            effects.add(new Effect.OnlyOneReported(
                    Set.of(AcsMethod.SCHEDULE_INFORM),
                    RpcState.SUCCEEDED,
                    Optional.of("{}"),
                    Optional.empty(),
                    "the phone came as scheduled, without saying by which request",
                    now));
        }
        if (inform.has(EventCode.BOOTSTRAP)) {
            effects.add(new Effect.MethodReported(
                    AcsMethod.FACTORY_RESET,
                    Set.of(RpcState.QUEUED, RpcState.SENT, RpcState.UNCONFIRMED),
                    false,
                    RpcState.SUCCEEDED,
                    Optional.of("{}"),
                    Optional.empty(),
                    "the phone came back with 0 BOOTSTRAP",
                    now));
        }
        return effects;
    }

    /** Settles the RPCs whose ids the phone names with this event; false where it names none. */
    private static boolean named(List<Effect> effects, Inform inform, EventCode code, Instant now) {
        boolean named = false;
        for (Event event : inform.events()) {
            if (event.is(code) && CommandKeys.mayBeOurs(event.commandKey())) {
                named = true;
                effects.add(new Effect.RpcMoved(
                        event.commandKey(),
                        CommandKeys.DOABLE,
                        RpcState.SUCCEEDED,
                        Optional.of("{}"),
                        Optional.empty(),
                        "the phone reported " + code.text(),
                        now));
            }
        }
        return named;
    }
}
