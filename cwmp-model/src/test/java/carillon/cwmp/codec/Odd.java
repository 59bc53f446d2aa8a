package carillon.cwmp.codec;

import carillon.cwmp.ParameterValue;
import carillon.cwmp.codec.EnvelopeReader.Peer;
import carillon.cwmp.codec.EnvelopeReader.Read;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Messages as devices write them, put together from texts. */
final class Odd {
    static final String DEVICE = "<DeviceId><Manufacturer>Cisco</Manufacturer><OUI>00562B</OUI>"
            + "<ProductClass>CP-8851-3PCC</ProductClass><SerialNumber>FCH1</SerialNumber></DeviceId>";
    static final String EVENT =
            "<Event><EventStruct><EventCode>2 PERIODIC</EventCode><CommandKey/></EventStruct></Event>";
    static final String COUNTS = "<MaxEnvelopes>1</MaxEnvelopes><CurrentTime>2026-03-01T08:00:00Z</CurrentTime>"
            + "<RetryCount>0</RetryCount>";
    static final String NAMESPACES = " xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
            + " xmlns:e=\"http://schemas.xmlsoap.org/soap/encoding/\""
            + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
            + " xmlns:c=\"urn:dslforum-org:cwmp-1-2\"";

    private Odd() {}

    static String envelope(String body) {
        return envelope("<s:Header><c:ID s:mustUnderstand=\"1\">7</c:ID></s:Header>", body);
    }

    static String envelope(String header, String body) {
        return "<s:Envelope" + NAMESPACES + ">" + header + "<s:Body>" + body + "</s:Body></s:Envelope>";
    }

    static String inform(String content) {
        return envelope("<c:Inform>" + content + "</c:Inform>");
    }

    static String informOf(String parameters) {
        return inform(DEVICE + EVENT + COUNTS + "<ParameterList>" + parameters + "</ParameterList>");
    }

    static String parameter(String name, String value) {
        return "<ParameterValueStruct><Name>" + name + "</Name><Value xsi:type=\"xsd:string\">" + value
                + "</Value></ParameterValueStruct>";
    }

    static Read read(String message) throws MalformedEnvelopeException {
        return read(message.getBytes(StandardCharsets.UTF_8), "utf-8");
    }

    static Read read(byte[] octets, String charset) throws MalformedEnvelopeException {
        return new EnvelopeReader(CodecLimits.DEFAULT, Peer.CPE).read(octets, octets.length, charset);
    }

    static CpeRequest.Inform readInform(String message) throws MalformedEnvelopeException {
        return (CpeRequest.Inform) read(message).envelope().message();
    }

    static List<ParameterValue> readValues(String entries) throws MalformedEnvelopeException {
        String body = "<c:GetParameterValuesResponse><ParameterList>" + entries
                + "</ParameterList></c:GetParameterValuesResponse>";
        return ((CpeResponse.GetParameterValuesResponse)
                        read(envelope(body)).envelope().message())
                .values();
    }
}
