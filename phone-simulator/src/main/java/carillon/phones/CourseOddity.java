package carillon.phones;

import static carillon.phones.Bends.at;
import static carillon.phones.Bends.both;
import static carillon.phones.Bends.withoutHeader;
import static carillon.phones.CourseSteps.answerInPlace;
import static carillon.phones.CourseSteps.calls;
import static carillon.phones.CourseSteps.once;
import static carillon.phones.Prediction.ABANDONED;
import static carillon.phones.Prediction.BEGUN_ANEW;
import static carillon.phones.Prediction.UNANSWERED;
import static carillon.phones.Prediction.UNDERSTOOD;
import static carillon.phones.Prediction.refused;
import static carillon.phones.Prediction.told;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.Fault;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.Empty;
import java.util.List;

/** What phones do to the course of a session. */
@SuppressWarnings("ImmutableEnumChecker") // a manner keeps nothing
public enum CourseOddity implements Misbehaviour {
    DROP_AFTER_INFORM("vanishes after the InformResponse", ABANDONED, at(Moment.ACKNOWLEDGED, CourseSteps::vanish)),
    RESET_AFTER_INFORM("resets its connection after the InformResponse", ABANDONED, at(Moment.ACKNOWLEDGED, session -> {
        session.wire().reset();
        throw new Gone();
    })),
    DROP_ON_REQUEST(
            "vanishes when it is asked something, without doing it", ABANDONED, at(Moment.ASKED, CourseSteps::vanish)),
    DROP_BEFORE_ANSWER(
            "does what it is asked and vanishes before it answers", ABANDONED, at(Moment.DONE, CourseSteps::vanish)),
    INFORM_AGAIN_AT_ONCE(
            "Q-33: loses its connection after the InformResponse and informs anew at once",
            BEGUN_ANEW,
            at(Moment.ACKNOWLEDGED, PhoneSession::losesItsConnection)),
    INFORM_TWICE("two Informs in one session", BEGUN_ANEW, at(Moment.ACKNOWLEDGED, PhoneSession::beginsAnew)),
    INFORM_FOR_ANSWER("a new Inform in place of an answer", BEGUN_ANEW, at(Moment.DONE, PhoneSession::beginsAnew)),
    NO_COOKIE_NO_CONNECTION(
            "Q-08: no cookie, and a new connection for each POST: its empty POST belongs to nobody",
            BEGUN_ANEW,
            both(withoutHeader("Cookie"), at(Moment.POSTED, PhoneSession::hangUp))),
    EMPTY_POST_FIRST(
            "an empty POST before the Inform", UNDERSTOOD, at(Moment.START, session -> session.says(new Empty()))),
    EMPTY_POST_AFTER_END(
            "Q-09: one more empty POST after the end",
            UNDERSTOOD,
            at(Moment.END, session -> session.says(new Empty()))),
    SHARED_CONNECTION(
            "one connection with the sessions of two phones in turn",
            UNDERSTOOD,
            at(Moment.ACKNOWLEDGED, CourseSteps::neighbour)),
    TWO_OF_ONE_NAME(
            "Q-40: another phone of the same identity comes too", UNDERSTOOD, at(Moment.END, CourseSteps::twin)),
    IDENTITY_CHANGED(
            "another identity with the session's cookie",
            refused(400),
            at(Moment.ACKNOWLEDGED, CourseSteps::somebodyElse)),
    LATE_TRANSFER_COMPLETE(
            "Q-34: a TransferComplete between a request and its answer",
            UNDERSTOOD,
            at(
                    Moment.ASKED,
                    calls(new CpeRequest.TransferComplete(
                            "", new Fault(0, "", List.of()), CwmpTime.UNKNOWN, CwmpTime.UNKNOWN)))),
    TRANSFER_TIMES_EMPTY(
            "Q-42: a TransferComplete with empty times, and Q-58 with the code 9899",
            UNDERSTOOD,
            at(
                    Moment.ACKNOWLEDGED,
                    calls(new CpeRequest.TransferComplete(
                            "nobody", new Fault(9899, "", List.of()), new CwmpTime(""), new CwmpTime(""))))),
    ASKS_FOR_METHODS(
            "Q-35: GetRPCMethods first", UNDERSTOOD, at(Moment.ACKNOWLEDGED, calls(new CpeRequest.GetRpcMethods()))),
    KICKED(
            "Q-36: Kicked",
            UNDERSTOOD,
            at(Moment.ASKED, calls(new CpeRequest.Kicked("c", "r", "a", "http://192.0.2.1/next")))),
    REQUEST_DOWNLOAD(
            "Q-36: RequestDownload",
            UNDERSTOOD,
            at(Moment.ASKED, calls(new CpeRequest.RequestDownload("1 Firmware Upgrade Image", List.of())))),
    DU_STATE_CHANGE(
            "Q-36: DUStateChangeComplete",
            UNDERSTOOD,
            at(Moment.ASKED, calls(new CpeRequest.DuStateChangeComplete(List.of(), "nobody")))),
    AUTONOMOUS_TRANSFER(
            "Q-15: AutonomousTransferComplete with fault 9018 in cwmp-1-0",
            UNDERSTOOD,
            both(
                    XmlSpelling.namespace("cwmp-1-0"),
                    at(
                            Moment.ACKNOWLEDGED,
                            calls(new CpeRequest.AutonomousTransferComplete(
                                    "",
                                    "http://192.0.2.1/f",
                                    true,
                                    "1 Firmware Upgrade Image",
                                    1,
                                    "",
                                    new Fault(9018, "File corrupted", List.of()),
                                    CwmpTime.UNKNOWN,
                                    CwmpTime.UNKNOWN))))),
    UNKNOWN_METHOD(
            "Q-36: a method of the vendor",
            told(8000),
            at(Moment.ACKNOWLEDGED, calls(new CpeRequest.Unknown("X_00562B_Tell")))),
    ANSWER_BEFORE_INFORM(
            "an answer before any Inform",
            refused(400),
            at(Moment.START, session -> session.says(new CpeResponse.SetParameterValuesResponse(0)))),
    ANSWER_UNASKED(
            "an answer that nobody asked for",
            refused(400),
            at(Moment.ACKNOWLEDGED, session -> session.says(new CpeResponse.SetParameterValuesResponse(0)))),
    ANSWER_OF_ANOTHER_METHOD(
            "the answer to another method", refused(400), answerInPlace(new CpeResponse.RebootResponse())),
    ANSWER_EMPTY("an empty POST in place of an answer", UNANSWERED, answerInPlace(new Empty())),
    WRONG_ID("an answer to another request's ID", UNDERSTOOD, CourseSteps.answerId("nobody")),
    CUT_ANSWER("an answer that is cut off", refused(400), once(Step.ANSWER, xml -> xml.substring(0, xml.length() / 2)));

    private final Trait trait;

    CourseOddity(String wire, Prediction prediction, Manner manner) {
        this.trait = new Trait(wire, prediction, manner);
    }

    @Override
    public Trait trait() {
        return trait;
    }
}
