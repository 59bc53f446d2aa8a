package carillon.server.endtoend;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.FaultMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a phone with a large tree answers, whatever it is asked. */
final class LargePhone {
    private final TreeMap<String, String> values = new TreeMap<>();
    private final Set<String> asked = new TreeSet<>();
    private int requests;
    private int askedTwice;

    /** So many parameters, fifty in an object. */
    static LargePhone of(int parameters) {
        LargePhone phone = new LargePhone();
        for (int i = 0; i < parameters; i++) {
            phone.values.put(
                    "Device.X_00562B_Table." + (1 + i / 50) + ".SomeParameterWithAReallyRatherLongName"
                            + (100 + i % 50),
                    "value " + i);
        }
        return phone;
    }

    /** How many requests it answered. */
    int requests() {
        return requests;
    }

    /** How many names it was asked for the value of more than once. */
    int askedTwice() {
        return askedTwice;
    }

    List<String> names() {
        return List.copyOf(values.keySet());
    }

    CwmpMessage answer(AcsRequest request) {
        requests++;
        if (request instanceof AcsRequest.GetParameterNames names) {
            return new CpeResponse.GetParameterNamesResponse(names(names.path(), names.nextLevel()));
        }
        if (request instanceof AcsRequest.GetParameterValues read) {
            List<ParameterValue> out = new ArrayList<>();
            for (String path : read.paths()) {
                askedTwice += asked.add(path) ? 0 : 1;
                if (path.endsWith(".")) {
                    values.subMap(path, path + '\uffff')
                            .forEach((name, value) -> out.add(ParameterValue.string(name, value)));
                } else if (values.containsKey(path)) {
                    out.add(ParameterValue.string(path, values.get(path)));
                } else {
                    return new FaultMessage(Fault.of(FaultCode.INVALID_PARAMETER_NAME));
                }
            }
            return new CpeResponse.GetParameterValuesResponse(out);
        }
        return request instanceof AcsRequest.SetParameterValues
                ? new CpeResponse.SetParameterValuesResponse(0)
                : new FaultMessage(Fault.of(FaultCode.METHOD_NOT_SUPPORTED));
    }

    private List<ParameterInfo> names(String path, boolean nextLevel) {
        Set<String> found = new TreeSet<>();
        for (String name : values.subMap(path, path + '\uffff').keySet()) {
            for (int dot = name.indexOf('.', path.length()); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                found.add(name.substring(0, dot + 1));
                if (nextLevel) {
                    break;
                }
            }
            if (!nextLevel || name.indexOf('.', path.length()) < 0) {
                found.add(name);
            }
        }
        return found.stream()
                .map(name -> new ParameterInfo(name, !name.endsWith(".")))
                .toList();
    }

    /** A session over this connection: answers so many requests at most, then is gone; false where it was. */
    boolean visits(ScriptedPhone phone, int most) throws IOException {
        phone.informs(Event.of(EventCode.PERIODIC));
        CwmpMessage said = phone.hasNothingMore();
        for (int i = 0; said instanceof AcsRequest request; i++) {
            if (i == most) {
                return false;
            }
            said = phone.sends(answer(request));
        }
        return true;
    }
}
