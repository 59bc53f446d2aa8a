package carillon.phones;

import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.CpeRequest.Inform;

/** Informs that make a server ask. */
final class Provoked {
    private Provoked() {}

    /** A server that is not told what people search phones by, asks for it. */
    static Inform inform(Inform inform, AcsMethod method) {
        if (method != AcsMethod.GET_PARAMETER_VALUES) {
            return inform;
        }
        return new Inform(
                inform.device(),
                inform.manufacturer(),
                inform.events(),
                inform.maxEnvelopes(),
                inform.currentTime(),
                inform.retryCount(),
                inform.parameters().stream()
                        .filter(value -> !value.path().endsWith("LAN.MACAddress"))
                        .toList());
    }
}
