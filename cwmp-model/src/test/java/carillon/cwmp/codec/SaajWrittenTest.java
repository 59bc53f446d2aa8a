package carillon.cwmp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.CwmpVersion;
import carillon.cwmp.Fault;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.codec.EnvelopeReader.Peer;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.FaultMessage;
import carillon.cwmp.message.WireStyle;
import jakarta.xml.soap.MessageFactory;
import jakarta.xml.soap.SOAPConstants;
import jakarta.xml.soap.SOAPElement;
import jakarta.xml.soap.SOAPException;
import jakarta.xml.soap.SOAPHeaderElement;
import jakarta.xml.soap.SOAPMessage;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.Test;

/** One envelope of each family as SAAJ writes it, put together by its own API: it must be read as the record it means. */
class SaajWrittenTest {
    private static final String CWMP = CwmpVersion.V1_2.namespace();
    private static final String TEXT = "<a & b>\u20ac\ud83d\ude00";

    private final SOAPMessage soap;

    SaajWrittenTest() throws SOAPException {
        soap = MessageFactory.newInstance(SOAPConstants.SOAP_1_1_PROTOCOL).createMessage();
        SOAPHeaderElement id = soap.getSOAPHeader().addHeaderElement(cwmp("ID"));
        id.setMustUnderstand(true);
        id.addTextNode("17");
    }

    @Test
    void an_inform_response() throws Exception {
        method("InformResponse").addChildElement("MaxEnvelopes").addTextNode("1");
        means(Peer.ACS, new AcsResponse.InformResponse(1));
    }

    @Test
    void a_fault_with_the_parameters_that_were_refused() throws Exception {
        SOAPElement fault = soap.getSOAPBody()
                .addFault(new QName(Namespaces.ENVELOPE, "Client"), "CWMP fault")
                .addDetail()
                .addDetailEntry(cwmp("Fault"));
        leaf(fault, "FaultCode", "9003");
        leaf(fault, "FaultString", TEXT);
        SOAPElement parameter = fault.addChildElement("SetParameterValuesFault");
        leaf(parameter, "ParameterName", "Device.A");
        leaf(parameter, "FaultCode", "9007");
        leaf(parameter, "FaultString", "no");
        means(
                Peer.CPE,
                new FaultMessage(new Fault(9003, TEXT, List.of(new Fault.ParameterFault("Device.A", 9007, "no")))));
    }

    @Test
    void a_request_of_the_acs() throws Exception {
        SOAPElement names = method("GetParameterValues").addChildElement("ParameterNames");
        leaf(names, "string", "Device.A");
        leaf(names, "string", "Device.B.");
        means(Peer.ACS, new AcsRequest.GetParameterValues(List.of("Device.A", "Device.B.")));
    }

    @Test
    void a_request_of_the_cpe() throws Exception {
        SOAPElement transfer = method("TransferComplete");
        leaf(transfer, "CommandKey", TEXT);
        SOAPElement fault = transfer.addChildElement("FaultStruct");
        leaf(fault, "FaultCode", "0");
        leaf(fault, "FaultString", "");
        leaf(transfer, "StartTime", "2026-03-01T08:00:00Z");
        leaf(transfer, "CompleteTime", "2026-03-01T08:05:00Z");
        means(
                Peer.CPE,
                new CpeRequest.TransferComplete(
                        TEXT,
                        new Fault(0, "", List.of()),
                        new CwmpTime("2026-03-01T08:00:00Z"),
                        new CwmpTime("2026-03-01T08:05:00Z")));
    }

    @Test
    void a_response_of_the_cpe() throws Exception {
        soap.getSOAPPart().getEnvelope().addNamespaceDeclaration("xsd", Namespaces.SCHEMA);
        SOAPElement value = method("GetParameterValuesResponse")
                .addChildElement("ParameterList")
                .addChildElement("ParameterValueStruct");
        leaf(value, "Name", "Device.A");
        leaf(value, "Value", TEXT).addAttribute(new QName(Namespaces.INSTANCE, "type", "xsi"), "xsd:unsignedInt");
        means(
                Peer.CPE,
                new CpeResponse.GetParameterValuesResponse(
                        List.of(new ParameterValue("Device.A", TEXT, ParameterType.UNSIGNED_INT))));
    }

    private SOAPElement method(String name) throws SOAPException {
        return soap.getSOAPBody().addBodyElement(cwmp(name));
    }

    private static SOAPElement leaf(SOAPElement parent, String name, String text) throws SOAPException {
        return parent.addChildElement(name).addTextNode(text);
    }

    private static QName cwmp(String name) {
        return new QName(CWMP, name, "cwmp");
    }

    private void means(Peer from, CwmpMessage message) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        soap.writeTo(out);
        byte[] octets = out.toByteArray();
        Envelope expected = Envelope.of(Optional.of("17"), WireStyle.of(CwmpVersion.V1_2), message);
        assertThat(new EnvelopeReader(CodecLimits.DEFAULT, from)
                        .read(octets, octets.length, "utf-8")
                        .envelope())
                .isEqualTo(expected);
        assertThat(new SaajReader(CodecLimits.DEFAULT, from).read(octets)).isEqualTo(expected);
    }
}
