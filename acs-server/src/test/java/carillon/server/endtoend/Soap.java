package carillon.server.endtoend;

import carillon.cwmp.DeviceId;

/** What phones say, as text: to be sent as it is, or spoilt. */
final class Soap {
    static final String NAMESPACE = "urn:dslforum-org:cwmp-1-2";

    private Soap() {}

    static String inform(DeviceId device, String event) {
        return envelope("<cwmp:Inform><DeviceId><Manufacturer>Cisco Systems, Inc.</Manufacturer><OUI>" + device.oui()
                + "</OUI><ProductClass>" + device.productClass() + "</ProductClass><SerialNumber>" + device.serial()
                + "</SerialNumber></DeviceId><Event soapenc:arrayType=\"cwmp:EventStruct[1]\"><EventStruct><EventCode>"
                + event + "</EventCode><CommandKey></CommandKey></EventStruct></Event><MaxEnvelopes>1</MaxEnvelopes>"
                + "<CurrentTime>2026-01-01T00:00:00Z</CurrentTime><RetryCount>0</RetryCount>"
                + "<ParameterList soapenc:arrayType=\"cwmp:ParameterValueStruct[2]\">"
                + value("Device.DeviceInfo.SoftwareVersion", "12.0.1") + value("Device.LAN.MACAddress", "00562B000001")
                + "</ParameterList></cwmp:Inform>");
    }

    private static String value(String name, String value) {
        return "<ParameterValueStruct><Name>" + name + "</Name><Value xsi:type=\"xsd:string\">" + value
                + "</Value></ParameterValueStruct>";
    }

    /** An envelope around this body, with the ID {@code 1}. */
    static String envelope(String body) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soapenv:Envelope"
                + " xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns:soapenc=\"http://schemas.xmlsoap.org/soap/encoding/\""
                + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:cwmp=\"" + NAMESPACE + "\">"
                + "<soapenv:Header><cwmp:ID soapenv:mustUnderstand=\"1\">1</cwmp:ID></soapenv:Header>"
                + "<soapenv:Body>" + body + "</soapenv:Body></soapenv:Envelope>";
    }

    static String getRpcMethods() {
        return envelope("<cwmp:GetRPCMethods/>");
    }

    static String transferComplete(String commandKey) {
        return envelope("<cwmp:TransferComplete><CommandKey>" + commandKey
                + "</CommandKey><FaultStruct><FaultCode>0</FaultCode><FaultString></FaultString></FaultStruct>"
                + "<StartTime>2026-01-01T00:00:00Z</StartTime><CompleteTime>2026-01-01T00:00:00Z</CompleteTime>"
                + "</cwmp:TransferComplete>");
    }

    static String setParameterValuesResponse() {
        return envelope("<cwmp:SetParameterValuesResponse><Status>0</Status></cwmp:SetParameterValuesResponse>");
    }

    static String rebootResponse() {
        return envelope("<cwmp:RebootResponse/>");
    }
}
