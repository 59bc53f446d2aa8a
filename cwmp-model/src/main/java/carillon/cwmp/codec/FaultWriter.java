package carillon.cwmp.codec;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;

/** Writes faults. */
final class FaultWriter {
    private FaultWriter() {}

    /** A SOAP fault with the CWMP fault in its detail; a fault with code 0 has no detail. */
    static void write(Fault fault, Frame frame, XmlBytes out) {
        FaultCode.Blame blame = FaultCode.of(fault.code()).map(FaultCode::blame).orElse(FaultCode.Blame.SERVER);
        frame.fault(out, true);
        out.leaf("faultcode", blame.text());
        out.leaf("faultstring", fault.code() == 0 ? fault.text() : "CWMP fault");
        if (fault.code() != 0) {
            out.open("detail");
            out.openMethod("Fault");
            out.leaf("FaultCode", fault.code());
            out.leaf("FaultString", fault.text());
            for (Fault.ParameterFault parameter : fault.parameters()) {
                out.open("SetParameterValuesFault");
                out.leaf("ParameterName", parameter.path());
                out.leaf("FaultCode", parameter.code());
                out.leaf("FaultString", parameter.text());
                out.close("SetParameterValuesFault");
            }
            out.closeMethod("Fault");
            out.close("detail");
        }
        frame.fault(out, false);
    }

    /** The fault as part of another message; code 0 is success. */
    static void struct(String name, Fault fault, XmlBytes out) {
        out.open(name);
        out.leaf("FaultCode", fault.code());
        out.leaf("FaultString", fault.text());
        out.close(name);
    }
}
