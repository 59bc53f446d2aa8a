package carillon.phones;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.codec.MalformedEnvelopeException;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeRequest.Inform;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.FaultMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** What phones do within a session that is not usual. */
final class CourseSteps {
    private CourseSteps() {}

    static void vanish(PhoneSession session) throws IOException {
        session.hangUp();
        throw new Gone();
    }

    /** Calls the server, which answers or refuses by a fault. */
    static Manner.Act calls(CpeRequest call) {
        return session -> {
            CwmpMessage said = session.calls(call);
            if (!(said instanceof AcsResponse) && !(said instanceof FaultMessage)) {
                throw new IOException("a " + call.name() + " was answered with " + said.name());
            }
        };
    }

    /** Every request is answered with this. */
    static Manner answerInPlace(CwmpMessage other) {
        return new Manner() {
            @Override
            public CwmpMessage answer(AcsRequest request, CwmpMessage right) {
                return other;
            }
        };
    }

    /** Every answer bears this ID. */
    static Manner answerId(String id) {
        return once(Step.ANSWER, xml -> xml.replaceFirst("(<cwmp:ID [^>]*>)[^<]*", "$1" + id));
    }

    /** Another text of what is sent at this step. */
    static Manner once(Step which, UnaryOperator<String> change) {
        return new Manner() {
            @Override
            public String text(Step step, String xml) {
                return step == which ? change.apply(xml) : xml;
            }
        };
    }

    /** Another phone has its whole session within this one's, over the same connection. */
    static void neighbour(PhoneSession session) throws IOException, MalformedEnvelopeException {
        String own = session.cookie();
        session.cookie("");
        DeviceId id = session.phone().id();
        session.informs(inform(new DeviceId(id.oui(), id.productClass(), "N" + id.serial()), "00:56:2B:FF:FF:FF"));
        session.says(new Empty());
        session.cookie(own);
    }

    /** The same identity with another MAC address, from another connection. */
    static void twin(PhoneSession session) throws IOException, MalformedEnvelopeException {
        session.hangUp();
        session.cookie("");
        session.informs(inform(session.phone().id(), "00:56:2B:EE:EE:EE"));
        session.says(new Empty());
    }

    /** An Inform of somebody else in this session. */
    static void somebodyElse(PhoneSession session) throws IOException, MalformedEnvelopeException {
        DeviceId id = session.phone().id();
        session.informs(inform(new DeviceId(id.oui(), id.productClass(), "S" + id.serial()), "00:56:2B:DD:DD:DD"));
    }

    /** Short, and without a root object: nothing is asked of who sends it. */
    private static Inform inform(DeviceId id, String mac) {
        return new Inform(
                id,
                "Cisco Systems, Inc.",
                List.of(Event.of(EventCode.PERIODIC)),
                1,
                CwmpTime.of(Instant.now()),
                0,
                List.of(ParameterValue.string("LAN.MACAddress", mac)));
    }
}
