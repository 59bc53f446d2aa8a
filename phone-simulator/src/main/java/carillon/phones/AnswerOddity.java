package carillon.phones;

import static carillon.cwmp.message.AcsMethod.DOWNLOAD;
import static carillon.cwmp.message.AcsMethod.GET_PARAMETER_ATTRIBUTES;
import static carillon.cwmp.message.AcsMethod.GET_PARAMETER_NAMES;
import static carillon.cwmp.message.AcsMethod.GET_PARAMETER_VALUES;
import static carillon.cwmp.message.AcsMethod.SET_PARAMETER_ATTRIBUTES;
import static carillon.cwmp.message.AcsMethod.SET_PARAMETER_VALUES;
import static carillon.phones.AnswerSpelling.names;
import static carillon.phones.AnswerSpelling.refusal;
import static carillon.phones.AnswerSpelling.told;
import static carillon.phones.Bends.answer;
import static carillon.phones.Bends.answerText;
import static carillon.phones.Bends.text;
import static carillon.phones.Prediction.UNDERSTOOD;

import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.Empty;
import java.util.List;

/** What phones answer. A server that asks for nothing sees none of these. */
@SuppressWarnings("ImmutableEnumChecker") // a manner keeps nothing
public enum AnswerOddity implements Misbehaviour {
    NAMES_OF_ROOT_REFUSED(
            "Q-46: refuses to list its root",
            UNDERSTOOD,
            answer(
                    GET_PARAMETER_NAMES,
                    (request, right) -> AnswerSpelling.path(request).equals("Device.")
                            ? refusal(FaultCode.INVALID_PARAMETER_NAME)
                            : right)),
    NAMES_OF_NOTHING_REFUSED(
            "Q-46: refuses to list the empty path",
            UNDERSTOOD,
            answer(
                    GET_PARAMETER_NAMES,
                    (request, right) -> AnswerSpelling.path(request).isEmpty()
                            ? refusal(FaultCode.INVALID_PARAMETER_NAME)
                            : right)),
    NAMES_BY_LEVEL_ONLY(
            "Q-46: lists one level and no more",
            UNDERSTOOD,
            answer(
                    GET_PARAMETER_NAMES,
                    (request, right) -> ((AcsRequest.GetParameterNames) request).nextLevel()
                            ? right
                            : refusal(FaultCode.RESOURCES_EXCEEDED))),
    NAMES_OF_ALL_LEVELS("Q-47: lists all levels though one was asked for", UNDERSTOOD, AnswerSpelling.ALL_LEVELS),
    NAMES_NONE("Q-47: an empty list of names", UNDERSTOOD, names(list -> List.of())),
    NAMES_HUGE("Q-48: a list of 25,000 names", UNDERSTOOD, names(AnswerSpelling::huge)),
    NAMES_ODD("Q-49: parents missing, names twice", UNDERSTOOD, names(AnswerSpelling::withoutParents)),
    WRITABLE_ODD("Q-49: Writable 30 and empty", UNDERSTOOD, answerText(GET_PARAMETER_NAMES, xml -> xml.replace(
                    "<Writable>1<", "<Writable>30<")
            .replace("<Writable>0<", "<Writable><"))),
    WRITABLE_WRONG("Q-50: Writable is the wrong way round", UNDERSTOOD, names(AnswerSpelling::otherWay)),
    NAMES_LIMITED(
            "Q-51: 9002 for more than 16 names",
            UNDERSTOOD,
            answer(
                    GET_PARAMETER_VALUES,
                    (request, right) ->
                            ((AcsRequest.GetParameterValues) request).paths().size() > 16
                                    ? refusal(FaultCode.INTERNAL_ERROR)
                                    : right)),
    ONE_BAD_NAME(
            "Q-51: one bad name fails the whole read",
            UNDERSTOOD,
            answer(GET_PARAMETER_VALUES, (request, right) -> refusal(FaultCode.INVALID_PARAMETER_NAME))),
    VALUES_FEWER("Q-52: half of what was asked for", UNDERSTOOD, told(AnswerSpelling::half)),
    VALUES_MORE("Q-52: more than was asked for, and some twice", UNDERSTOOD, told(AnswerSpelling::more)),
    VALUES_REVERSED("Q-52: another order", UNDERSTOOD, told(AnswerSpelling::reversed)),
    VALUES_OTHER_CASE("Q-52: names in another case", UNDERSTOOD, told(AnswerSpelling::lowerCase)),
    VALUE_LEFT_OUT(
            "Q-20: one of the answers has no Value",
            UNDERSTOOD,
            answerText(GET_PARAMETER_VALUES, xml -> xml.replaceFirst("<Value[^<]*</Value>|<Value[^>]*/>", ""))),
    FAULT_LIST_MISSING(
            "Q-53: 9003 without the list of what is wrong",
            UNDERSTOOD,
            answer(SET_PARAMETER_VALUES, (request, right) -> refusal(FaultCode.INVALID_ARGUMENTS))),
    STATUS_MISSING(
            "Q-53: no Status",
            UNDERSTOOD,
            answerText(SET_PARAMETER_VALUES, xml -> xml.replaceFirst("<Status>[^<]*</Status>", ""))),
    STATUS_FAULT(
            "Q-53: a fault code as Status",
            UNDERSTOOD,
            answerText(SET_PARAMETER_VALUES, xml -> xml.replaceFirst("<Status>[^<]*<", "<Status>9001<"))),
    STATUS_ONE(
            "Q-53: Status 1, and nothing ever changes",
            UNDERSTOOD,
            answerText(SET_PARAMETER_VALUES, xml -> xml.replaceFirst("<Status>[^<]*<", "<Status>1<"))),
    KEY_IGNORED(
            "Q-53: the ParameterKey is never what was set",
            UNDERSTOOD,
            text(xml -> xml.replaceFirst("(ParameterKey</Name><Value[^>]*>)[^<]*", "$1"))),
    VALUES_UPPER_CASED("Q-53: values in upper case, whatever was set", UNDERSTOOD, told(AnswerSpelling::upperCased)),
    ACCESS_LIST_LOWER_CASE(
            "Q-54: subscriber in lower case",
            UNDERSTOOD,
            answerText(GET_PARAMETER_ATTRIBUTES, xml -> xml.replace("Subscriber", "subscriber"))),
    ACCESS_LIST_MISSING(
            "Q-54: no AccessList",
            UNDERSTOOD,
            answerText(GET_PARAMETER_ATTRIBUTES, xml -> xml.replaceAll("(?s)<AccessList.*?(</AccessList>|/>)", ""))),
    FAULT_WITHOUT_DETAIL(
            "Q-55: a fault without detail",
            UNDERSTOOD,
            AnswerSpelling.fault("<faultcode>Client</faultcode><faultstring>no</faultstring>")),
    FAULT_WITHOUT_HEADER("Q-55: a fault without Header", UNDERSTOOD, AnswerSpelling.FAULT_WITHOUT_HEADER),
    FAULT_CODE_OF_TEXT(
            "Q-55: a fault whose code is text",
            UNDERSTOOD,
            AnswerSpelling.fault(
                    "<faultcode>x</faultcode><faultstring>no</faultstring><detail><cwmp:Fault><FaultCode>broken"
                            + "</FaultCode></cwmp:Fault></detail>")),
    FAULT_OF_THE_LIBRARY(
            "Q-55: a fault of the SOAP library only",
            UNDERSTOOD,
            AnswerSpelling.fault("<faultcode>SOAP-ENV:Server</faultcode><faultstring>Validation constraint"
                    + " violation</faultstring><detail/>")),
    ATTRIBUTES_EMPTY(
            "an empty POST in place of GetParameterAttributesResponse",
            UNDERSTOOD,
            answer(GET_PARAMETER_ATTRIBUTES, (request, right) -> new Empty())),
    ATTRIBUTES_SET_EMPTY(
            "an empty POST in place of SetParameterAttributesResponse",
            UNDERSTOOD,
            answer(SET_PARAMETER_ATTRIBUTES, (request, right) -> new Empty())),
    ATTRIBUTES_AS_VALUES(
            "SetParameterValuesResponse in place of SetParameterAttributesResponse",
            UNDERSTOOD,
            answer(SET_PARAMETER_ATTRIBUTES, (request, right) -> new CpeResponse.SetParameterValuesResponse(0))),
    TRANSFER_WITHOUT_END(
            "Q-56: a Download that is never reported", UNDERSTOOD, answer(DOWNLOAD, AnswerSpelling::accepted)),
    TRANSFER_KEY_EMPTY(
            "Q-56: a TransferComplete with an empty CommandKey",
            UNDERSTOOD,
            Bends.everyText(xml ->
                    xml.contains("TransferComplete>") ? xml.replaceFirst("<CommandKey>[^<]*", "<CommandKey>") : xml)),
    TRANSFER_FAULT_ODD(
            "Q-58: a fault code that nobody knows in TransferComplete",
            UNDERSTOOD,
            Bends.everyText(xml ->
                    xml.contains("TransferComplete>") ? xml.replaceFirst("<FaultCode>[^<]*", "<FaultCode>9899") : xml));

    private final Trait trait;

    AnswerOddity(String wire, Prediction prediction, Manner manner) {
        this.trait = new Trait(wire, prediction, manner);
    }

    @Override
    public Trait trait() {
        return trait;
    }
}
