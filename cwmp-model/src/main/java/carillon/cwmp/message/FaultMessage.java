package carillon.cwmp.message;

import carillon.cwmp.Fault;

/** A SOAP fault that carries a CWMP fault, from either side. */
public record FaultMessage(Fault fault) implements CwmpMessage {
    @Override
    public String name() {
        return "Fault";
    }
}
