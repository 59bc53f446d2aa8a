package carillon.rpc.bench;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.WireStyle;
import carillon.db.CommitResult;
import carillon.db.Device;
import carillon.db.Proof;
import carillon.rpc.arguments.RpcJson;
import carillon.rpc.engine.SessionEngine;
import carillon.rpc.play.Play;
import carillon.rpc.play.TestStore;
import carillon.rpc.session.Caller;
import carillon.rpc.session.CwmpSession;
import carillon.rpc.session.EnginePolicy;
import carillon.rpc.session.SessionPhase;
import carillon.rpc.session.TrustMode;
import carillon.rpc.session.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the decisions of an idle session of a known phone cost, with a store that has answered already. */
@State(Scope.Thread)
public class EngineSpeed {
    private final SessionEngine engine =
            new SessionEngine(EnginePolicy.defaults(TrustMode.ENROLL), Play.CREDENTIALS, new RpcJson());
    private final Caller caller = new Caller("192.0.2.10", false, Proof.APPROVAL);
    private final Instant now = Play.START.plusSeconds(60);
    private final Envelope inform = Envelope.of(
            Optional.of("7"), WireStyle.DEFAULT, Play.inform(Play.ID, List.of(Event.of(EventCode.PERIODIC))));
    private final Envelope nothing = Envelope.of(Optional.empty(), WireStyle.DEFAULT, new Empty());
    private final Optional<Device> device;
    private final CommitResult committed;

    public EngineSpeed() {
        TestStore store = new Play().knownPhone().store;
        device = store.find(Play.ID);
        committed = store.commit(informed().effects(), device.orElseThrow().key());
    }

    /** Inform and its answer, the phone's empty POST and the end. */
    @Benchmark
    public CwmpSession idleSession() {
        Turn turn = informed();
        if (turn instanceof Turn.Ask) {
            turn = engine.resume(turn.session(), committed, now);
        }
        turn = engine.take(turn.session(), device, false, nothing, now);
        if (turn.session().phase() != SessionPhase.CLOSED || turn instanceof Turn.Ask) {
            throw new IllegalStateException("the session is not idle: " + turn);
        }
        return turn.session();
    }

    private Turn informed() {
        return engine.take(engine.begin("S1", caller, now), device, false, inform, now);
    }
}
