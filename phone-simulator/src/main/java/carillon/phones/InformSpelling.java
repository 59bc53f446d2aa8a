package carillon.phones;

import carillon.cwmp.Event;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.CpeRequest.Inform;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Informs that say something else than usual. */
final class InformSpelling {
    private InformSpelling() {}

    static Manner oui(String other) {
        return Bends.text(xml -> xml.replaceFirst("<OUI>[^<]*", "<OUI>" + other));
    }

    static Manner productClass(String other) {
        return Bends.text(xml -> xml.replaceFirst("<ProductClass>[^<]*", "<ProductClass>" + other));
    }

    static Manner time(String other) {
        return Bends.text(xml -> xml.replaceFirst("<CurrentTime>[^<]*", "<CurrentTime>" + other));
    }

    static Manner retryCount(String other) {
        return Bends.text(xml -> xml.replaceFirst("<RetryCount>[^<]*", "<RetryCount>" + other));
    }

    static Manner url(String other) {
        return Bends.text(xml -> xml.replaceFirst("(ConnectionRequestURL</Name><Value[^>]*>)[^<]*", "$1" + other));
    }

    /** With these events and no other. */
    static Manner events(String... codes) {
        List<Event> events = Stream.of(codes).map(code -> new Event(code, "")).toList();
        return Bends.inform(inform -> new Inform(
                inform.device(),
                inform.manufacturer(),
                events,
                inform.maxEnvelopes(),
                inform.currentTime(),
                inform.retryCount(),
                inform.parameters()));
    }

    static Inform with(Inform inform, List<ParameterValue> parameters) {
        return new Inform(
                inform.device(),
                inform.manufacturer(),
                inform.events(),
                inform.maxEnvelopes(),
                inform.currentTime(),
                inform.retryCount(),
                parameters);
    }

    static Inform twice(Inform inform) {
        List<ParameterValue> parameters = new ArrayList<>(inform.parameters());
        parameters.add(ParameterValue.string("Device.DeviceInfo.ProvisioningCode", "again"));
        return with(inform, parameters);
    }

    static Inform many(Inform inform) {
        List<ParameterValue> parameters = new ArrayList<>(inform.parameters());
        for (int i = 1; i <= 100; i++) {
            parameters.add(ParameterValue.string("Device.X_00562B_Extra." + i + ".Name", "value " + i));
        }
        return with(inform, parameters);
    }
}
