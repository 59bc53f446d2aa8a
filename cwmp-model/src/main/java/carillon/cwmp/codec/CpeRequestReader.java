package carillon.cwmp.codec;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.codec.MalformedEnvelopeException.Kind;
import carillon.cwmp.message.CpeMethod;
import carillon.cwmp.message.CpeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/** Reads what a CPE asks or tells. */
final class CpeRequestReader {
    private CpeRequestReader() {}

    /** The cursor stands on the method's element. */
    static CpeRequest read(CpeMethod method, XmlCursor in) throws XMLStreamException, MalformedEnvelopeException {
        return method == CpeMethod.INFORM ? inform(in) : small(method, in.struct());
    }

    private static CpeRequest small(CpeMethod method, Struct in) {
        return switch (method) {
            case INFORM, UNKNOWN -> new CpeRequest.Unknown(in.name());
            case GET_RPC_METHODS -> new CpeRequest.GetRpcMethods();
            case TRANSFER_COMPLETE ->
                new CpeRequest.TransferComplete(
                        in.key("CommandKey"), in.fault("FaultStruct"), in.time("StartTime"), in.time("CompleteTime"));
            case AUTONOMOUS_TRANSFER_COMPLETE ->
                new CpeRequest.AutonomousTransferComplete(
                        in.word("AnnounceURL"),
                        in.word("TransferURL"),
                        in.flag("IsDownload"),
                        in.word("FileType"),
                        in.number("FileSize"),
                        in.text("TargetFileName"),
                        in.fault("FaultStruct"),
                        in.time("StartTime"),
                        in.time("CompleteTime"));
            case KICKED ->
                new CpeRequest.Kicked(in.text("Command"), in.text("Referer"), in.text("Arg"), in.text("Next"));
            case REQUEST_DOWNLOAD ->
                new CpeRequest.RequestDownload(
                        in.word("FileType"),
                        in.entries("FileTypeArg", "ArgStruct").stream()
                                .map(entry -> new CpeRequest.Argument(entry.word("Name"), entry.text("Value")))
                                .toList());
            case DU_STATE_CHANGE_COMPLETE -> new CpeRequest.DuStateChangeComplete(results(in), in.key("CommandKey"));
            case AUTONOMOUS_DU_STATE_CHANGE_COMPLETE -> new CpeRequest.AutonomousDuStateChangeComplete(results(in));
        };
    }

    private static List<CpeRequest.DuResult> results(Struct in) {
        return in.all("Results").stream()
                .map(result -> new CpeRequest.DuResult(
                        result.word("UUID"),
                        result.word("DeploymentUnitRef"),
                        result.text("Version"),
                        result.word("CurrentState"),
                        result.flag("Resolved"),
                        result.word("ExecutionUnitRefList"),
                        result.time("StartTime"),
                        result.time("CompleteTime"),
                        result.fault("Fault"),
                        result.word("OperationPerformed")))
                .toList();
    }

    private static CpeRequest inform(XmlCursor in) throws XMLStreamException, MalformedEnvelopeException {
        Optional<Struct> device = Optional.empty();
        List<Event> events = List.of();
        long maxEnvelopes = 1;
        CwmpTime currentTime = CwmpTime.UNKNOWN;
        int retryCount = 0;
        List<ParameterValue> parameters = List.of();
        while (in.nextChild()) {
            switch (in.name()) {
                case "DeviceId" -> device = Optional.of(in.struct());
                case "Event" -> events = events(in);
                case "MaxEnvelopes" -> maxEnvelopes = Scalars.unsigned(in.text(), "MaxEnvelopes", in.remarks());
                case "CurrentTime" -> currentTime = new CwmpTime(in.text().strip());
                case "RetryCount" ->
                    retryCount =
                            (int) Math.min(Integer.MAX_VALUE, Scalars.unsigned(in.text(), "RetryCount", in.remarks()));
                case "ParameterList" -> parameters = ParameterLists.values(in);
                default -> in.skip();
            }
        }
        if (device.isEmpty()) {
            throw new MalformedEnvelopeException(Kind.INVALID_ARGUMENTS, "the Inform has no DeviceId");
        }
        return new CpeRequest.Inform(
                identity(device.get()),
                device.get().word("Manufacturer"),
                events,
                maxEnvelopes,
                currentTime,
                retryCount,
                parameters);
    }

    private static DeviceId identity(Struct device) throws MalformedEnvelopeException {
        if (device.word("OUI").isEmpty()) {
            throw new MalformedEnvelopeException(Kind.INVALID_ARGUMENTS, "the Inform's OUI is empty");
        }
        try {
            return new DeviceId(device.word("OUI"), device.word("ProductClass"), device.word("SerialNumber"));
        } catch (IllegalArgumentException refused) {
            throw new MalformedEnvelopeException(
                    Kind.INVALID_ARGUMENTS, "the Inform's DeviceId cannot be used: " + refused.getMessage());
        }
    }

    private static List<Event> events(XmlCursor in) throws XMLStreamException, MalformedEnvelopeException {
        List<Event> events = new ArrayList<>(4);
        while (in.nextChild()) {
            in.countEntry();
            if (!in.name().equals("EventStruct")) {
                in.skip();
                continue;
            }
            String code = "";
            String commandKey = "";
            while (in.nextChild()) {
                switch (in.name()) {
                    case "EventCode" -> code = in.text().strip();
                    case "CommandKey" -> commandKey = Scalars.withoutLayout(in.text());
                    default -> in.skip();
                }
            }
            if (code.isEmpty()) {
                in.remarks().add("an event without EventCode was skipped");
            } else {
                events.add(new Event(code, commandKey));
            }
        }
        return events;
    }
}
