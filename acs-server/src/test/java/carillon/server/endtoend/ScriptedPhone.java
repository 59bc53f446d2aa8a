package carillon.server.endtoend;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.CwmpVersion;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.codec.CodecLimits;
import carillon.cwmp.codec.EnvelopeReader;
import carillon.cwmp.codec.EnvelopeWriter;
import carillon.cwmp.codec.MalformedEnvelopeException;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.FaultMessage;
import carillon.cwmp.message.WireStyle;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A phone that does exactly what a test tells it, message by message, over one connection. */
final class ScriptedPhone implements AutoCloseable {
    private final EnvelopeReader reader = new EnvelopeReader(CodecLimits.DEFAULT, EnvelopeReader.Peer.ACS);
    private final EnvelopeWriter writer = new EnvelopeWriter();
    private final DeviceId device;
    private final Socket socket;
    private final InputStream in;
    private String cookie = "";
    private Optional<String> requestId = Optional.empty();
    private CwmpVersion version = CwmpVersion.V1_2;
    private List<ParameterValue> told = List.of();
    private int retries;
    private Envelope heard = Envelope.of(Optional.empty(), WireStyle.DEFAULT, new Empty());
    private int ids;

    private ScriptedPhone(DeviceId device, Socket socket) throws IOException {
        this.device = device;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static DeviceId identity(int number) {
        return new DeviceId("00562B", "CP-8851-3PCC", String.format(Locale.ROOT, "TST%08d", number));
    }

    static ScriptedPhone connect(int port, DeviceId device) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        return new ScriptedPhone(device, socket);
    }

    /** Speaks this version from now on: in its namespace, from 1.3 with SessionTimeout, from 1.4 with its list of versions. */
    ScriptedPhone speaking(CwmpVersion spoken) {
        version = spoken;
        return this;
    }

    /** Tells these values in its Informs beside, or in place of, the usual ones. */
    ScriptedPhone telling(ParameterValue... values) {
        told = List.of(values);
        return this;
    }

    /** Its Informs say that they were tried so often before. */
    ScriptedPhone retrying(int count) {
        retries = count;
        return this;
    }

    /** The last envelope of the server, with its headers and in its style. */
    Envelope heard() {
        return heard;
    }

    /** Informs with these events; returns what the server says. */
    CwmpMessage informs(Event... events) throws IOException {
        return sends(new CpeRequest.Inform(
                device,
                "Cisco Systems, Inc.",
                List.of(events),
                1,
                new CwmpTime("2026-01-01T00:00:00Z"),
                retries,
                with(List.of(
                        ParameterValue.string("Device.DeviceSummary", "Device:1.4[](Baseline:1)"),
                        ParameterValue.string("Device.DeviceInfo.HardwareVersion", "1.0"),
                        ParameterValue.string("Device.DeviceInfo.SoftwareVersion", "sip88xx.12-0-1MPP0001-1"),
                        ParameterValue.string("Device.ManagementServer.ParameterKey", ""),
                        ParameterValue.string("Device.ManagementServer.ConnectionRequestURL", "http://127.0.0.1:1/"),
                        ParameterValue.string("Device.LAN.MACAddress", "00:56:2B:00:00:01"),
                        ParameterValue.string("Device.LAN.IPAddress", "127.0.0.1")))));
    }

    private List<ParameterValue> with(List<ParameterValue> usual) {
        Map<String, ParameterValue> all = new LinkedHashMap<>();
        usual.forEach(value -> all.put(value.path(), value));
        told.forEach(value -> all.put(value.path(), value));
        return List.copyOf(all.values());
    }

    CwmpMessage informs(EventCode code) throws IOException {
        return informs(Event.of(code));
    }

    /** A whole session in which whatever is asked is done without a word. */
    void completes(EventCode code) throws IOException {
        informs(code);
        CwmpMessage said = hasNothingMore();
        while (said instanceof AcsRequest request) {
            said = sends(
                    request instanceof AcsRequest.SetParameterValues
                            ? new CpeResponse.SetParameterValuesResponse(0)
                            : new FaultMessage(Fault.of(FaultCode.METHOD_NOT_SUPPORTED)));
        }
    }

    /** "I have nothing to send." */
    CwmpMessage hasNothingMore() throws IOException {
        return sends(new Empty());
    }

    /** Sends one message and returns the answer, {@link Empty} for a 204. */
    CwmpMessage sends(CwmpMessage message) throws IOException {
        post(message);
        return hears();
    }

    /** Sends one message and does not wait for an answer. */
    void post(CwmpMessage message) throws IOException {
        post(written(message));
    }

    /** The message as it would send it now. */
    byte[] written(CwmpMessage message) {
        Optional<String> id = message instanceof CpeRequest ? Optional.of("p" + ++ids) : requestId;
        return writer.write(new Envelope(id, headers(message), WireStyle.of(version), message));
    }

    /** Sends these octets and returns the answer. */
    CwmpMessage sendsBody(byte[] body) throws IOException {
        post(body);
        return hears();
    }

    private void post(byte[] body) throws IOException {
        String head = "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml; charset=\"utf-8\"\r\n"
                + "Content-Length: " + body.length + "\r\n"
                + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n") + "\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
    }

    private Envelope.Headers headers(CwmpMessage message) {
        if (!(message instanceof CpeRequest.Inform) || version.compareTo(CwmpVersion.V1_3) < 0) {
            return Envelope.Headers.NONE;
        }
        return new Envelope.Headers(
                false,
                Optional.of(60),
                version == CwmpVersion.V1_4 ? List.of("1.0", "1.1", "1.2", "1.3", "1.4") : List.of(),
                Optional.empty());
    }

    /** Reads one answer. */
    CwmpMessage hears() throws IOException {
        String status = line();
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.put(
                    line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                    line.substring(line.indexOf(':') + 1).strip());
        }
        if (headers.containsKey("set-cookie")) {
            cookie = headers.get("set-cookie").split(";")[0];
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        if (!status.startsWith("HTTP/1.1 20")) {
            throw new IOException("answered " + status);
        }
        if (body.length > 0) {
            SentByServer.heard(version, body);
        }
        try {
            Envelope envelope = reader.read(body, body.length, "utf-8").envelope();
            heard = envelope;
            if (envelope.message() instanceof AcsRequest) {
                requestId = envelope.id();
            }
            return envelope.message();
        } catch (MalformedEnvelopeException broken) {
            throw new IOException(broken);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
