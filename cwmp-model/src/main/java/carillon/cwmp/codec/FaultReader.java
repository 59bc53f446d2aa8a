package carillon.cwmp.codec;

import carillon.cwmp.Fault;
import carillon.cwmp.message.FaultMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a SOAP fault, with or without the CWMP fault in its detail. */
final class FaultReader {
    private FaultReader() {}

    static FaultMessage read(Struct soap, Remarks remarks) {
        Optional<Struct> detail = soap.child("detail").or(() -> soap.child("Detail"));
        Optional<Struct> cwmp = detail.flatMap(found -> found.child("Fault"))
                .or(() -> detail.filter(found -> found.child("FaultCode").isPresent()));
        if (cwmp.isEmpty()) {
            remarks.add("the fault has no CWMP detail");
            return new FaultMessage(new Fault(0, faultString(soap), List.of()));
        }
        Struct fault = cwmp.get();
        List<Fault.ParameterFault> parameters = new ArrayList<>();
        for (Struct entry : fault.all("SetParameterValuesFault")) {
            parameters.add(new Fault.ParameterFault(
                    entry.word("ParameterName"),
                    Scalars.faultCode(entry.text("FaultCode"), remarks),
                    entry.text("FaultString")));
        }
        String text = fault.child("FaultString").isPresent() ? fault.text("FaultString") : faultString(soap);
        return new FaultMessage(new Fault(Scalars.faultCode(fault.text("FaultCode"), remarks), text, parameters));
    }

    private static String faultString(Struct soap) {
        String text = soap.text("faultstring");
        return text.isEmpty() ? soap.text("faultcode") : text;
    }
}
