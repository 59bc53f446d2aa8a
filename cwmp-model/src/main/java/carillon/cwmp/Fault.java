package carillon.cwmp;

import java.util.List;

/**
 * A CWMP fault (TR-069 Amendment 6, A.5).
 *
 * @param code 8xxx from an ACS, 9xxx from a CPE; 0 where a SOAP fault came without the CWMP detail
 * @param text what the sender said
 * @param parameters the SetParameterValuesFault entries, where there are any
 */
public record Fault(int code, String text, List<ParameterFault> parameters) {
    public Fault {
        parameters = List.copyOf(parameters);
    }

    public static Fault of(FaultCode code) {
        return new Fault(code.number(), code.text(), List.of());
    }

    public static Fault of(FaultCode code, String text) {
        return new Fault(code.number(), text, List.of());
    }

    /** One refused parameter of a SetParameterValues. */
    public record ParameterFault(String path, int code, String text) {}
}
