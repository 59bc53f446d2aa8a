package carillon.phones;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.FaultMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Answers that say something else than they should. */
final class AnswerSpelling {
    private static final int HUGE = 25_000;

    /** Lists all levels; it has to know them, so it asks itself in the other way. */
    static final Manner ALL_LEVELS = names(list -> {
        List<ParameterInfo> deeper = new ArrayList<>(list);
        list.stream()
                .filter(info -> info.path().endsWith("."))
                .forEach(info -> deeper.add(new ParameterInfo(info.path() + "Deeper.Still", false)));
        return deeper;
    });

    /** A fault that stands in an envelope without Header. */
    static final Manner FAULT_WITHOUT_HEADER = new Manner() {
        @Override
        public CwmpMessage answer(AcsRequest request, CwmpMessage right) {
            return refusal(FaultCode.REQUEST_DENIED);
        }

        @Override
        public String text(Step step, String xml) {
            return step == Step.ANSWER ? XmlSpelling.withoutHeader(xml) : xml;
        }
    };

    private AnswerSpelling() {}

    static FaultMessage refusal(FaultCode code) {
        return new FaultMessage(Fault.of(code));
    }

    static String path(AcsRequest request) {
        return ((AcsRequest.GetParameterNames) request).path();
    }

    /** Every answer is a SOAP fault with this in it. */
    static Manner fault(String content) {
        return CourseSteps.once(
                Step.ANSWER,
                xml -> xml.replaceFirst(
                        "(?s)<SOAP-ENV:Body>.*</SOAP-ENV:Body>",
                        "<SOAP-ENV:Body><SOAP-ENV:Fault>" + content + "</SOAP-ENV:Fault></SOAP-ENV:Body>"));
    }

    /** Another list of names. */
    static Manner names(UnaryOperator<List<ParameterInfo>> change) {
        return Bends.answer(
                AcsMethod.GET_PARAMETER_NAMES,
                (request, right) -> right instanceof CpeResponse.GetParameterNamesResponse list
                        ? new CpeResponse.GetParameterNamesResponse(change.apply(list.parameters()))
                        : right);
    }

    /** Other values. */
    static Manner told(UnaryOperator<List<ParameterValue>> change) {
        return Bends.answer(
                AcsMethod.GET_PARAMETER_VALUES,
                (request, right) -> right instanceof CpeResponse.GetParameterValuesResponse list
                        ? new CpeResponse.GetParameterValuesResponse(change.apply(list.values()))
                        : right);
    }

    static List<ParameterInfo> huge(List<ParameterInfo> list) {
        List<ParameterInfo> huge = new ArrayList<>(HUGE);
        for (int i = 1; i <= HUGE; i++) {
            huge.add(new ParameterInfo("Device.X_00562B_Table." + i + ".Name", i % 2 == 0));
        }
        return huge;
    }

    static List<ParameterInfo> withoutParents(List<ParameterInfo> list) {
        List<ParameterInfo> odd = new ArrayList<>(
                list.stream().filter(info -> !info.path().endsWith(".")).toList());
        odd.addAll(odd.subList(0, odd.size() / 2));
        odd.add(new ParameterInfo("Device.X_00562B_Orphan.Child.Name", false));
        return odd;
    }

    static List<ParameterInfo> otherWay(List<ParameterInfo> list) {
        return list.stream()
                .map(info -> new ParameterInfo(info.path(), !info.writable()))
                .toList();
    }

    static List<ParameterValue> half(List<ParameterValue> values) {
        return values.subList(0, values.size() / 2);
    }

    static List<ParameterValue> more(List<ParameterValue> values) {
        List<ParameterValue> more = new ArrayList<>(values);
        more.addAll(half(values));
        more.add(ParameterValue.string("Device.X_00562B_Unasked", "for"));
        return more;
    }

    static List<ParameterValue> reversed(List<ParameterValue> values) {
        List<ParameterValue> reversed = new ArrayList<>(values);
        Collections.reverse(reversed);
        return reversed;
    }

    static List<ParameterValue> lowerCase(List<ParameterValue> values) {
        return values.stream()
                .map(value -> new ParameterValue(value.path().toLowerCase(Locale.ROOT), value.value(), value.type()))
                .toList();
    }

    static List<ParameterValue> upperCased(List<ParameterValue> values) {
        return values.stream()
                .map(value -> new ParameterValue(value.path(), value.value().toUpperCase(Locale.ROOT), value.type()))
                .toList();
    }

    /** A Download that was accepted, and that nobody carries out. */
    static CwmpMessage accepted(AcsRequest request, CwmpMessage right) {
        return new CpeResponse.DownloadResponse(1, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN);
    }
}
