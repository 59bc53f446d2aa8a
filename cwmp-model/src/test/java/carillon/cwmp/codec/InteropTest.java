package carillon.cwmp.codec;

import static carillon.cwmp.codec.Odd.COUNTS;
import static carillon.cwmp.codec.Odd.DEVICE;
import static carillon.cwmp.codec.Odd.EVENT;
import static carillon.cwmp.codec.Odd.envelope;
import static carillon.cwmp.codec.Odd.inform;
import static carillon.cwmp.codec.Odd.informOf;
import static carillon.cwmp.codec.Odd.parameter;
import static carillon.cwmp.codec.Odd.read;
import static carillon.cwmp.codec.Odd.readInform;
import static carillon.cwmp.codec.Odd.readValues;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.Event;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.codec.EnvelopeReader.Read;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.FaultMessage;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What devices write that no schema allows, and is meant to be understood all the same. */
class InteropTest {
    private static final String PLAIN = informOf(parameter("Device.A", "1"));

    @ParameterizedTest
    @ValueSource(strings = {"1-0", "1-1", "1-2", "1-3", "1-4", "1-9"})
    @Tag("CWMP-001")
    @Tag("CWMP-002")
    void the_namespace_of_the_message_is_kept_also_an_unofficial_one(String version) throws Exception {
        Envelope envelope = read(PLAIN.replace("cwmp-1-2", "cwmp-" + version)).envelope();
        assertThat(envelope.style().namespace()).isEqualTo("urn:dslforum-org:cwmp-" + version);
        assertThat(new String(new EnvelopeWriter().write(envelope), "US-ASCII"))
                .contains("=\"urn:dslforum-org:cwmp-" + version + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SOAP-ENV", "soapenv", "soap-env", "soap", "soap_env", "S"})
    @Tag("CWMP-003")
    @Tag("CWMP-062")
    void the_prefixes_of_the_message_are_kept(String prefix) throws Exception {
        String message = PLAIN.replace("<s:", "<" + prefix + ":")
                .replace("</s:", "</" + prefix + ":")
                .replace("xmlns:s=", "xmlns:" + prefix + "=")
                .replace(" s:mustUnderstand", " " + prefix + ":mustUnderstand");
        Read read = read(message);
        assertThat(read.remarks()).isEmpty();
        assertThat(read.envelope().style().envelopePrefix()).isEqualTo(prefix);
        assertThat(new String(new EnvelopeWriter().write(read.envelope()), "US-ASCII"))
                .startsWith("<" + prefix + ":Envelope");
    }

    @Test
    void an_xml_declaration_is_mirrored() throws Exception {
        assertThat(read(PLAIN).envelope().style().xmlDeclaration()).isFalse();
        Envelope declared =
                read("<?xml version='1.0' encoding='UTF-8'?>\r\n" + PLAIN).envelope();
        assertThat(declared.style().xmlDeclaration()).isTrue();
        assertThat(new String(new EnvelopeWriter().write(declared), "US-ASCII")).startsWith("<?xml");
    }

    @Test
    @Tag("CWMP-003")
    @Tag("CWMP-068")
    void default_namespaces_single_quotes_and_the_schema_of_1999_are_understood() throws Exception {
        String message = "<Envelope xmlns='http://schemas.xmlsoap.org/soap/envelope/'"
                + " xmlns:xsi='http://www.w3.org/1999/XMLSchema-instance'><Body>"
                + "<Inform xmlns='urn:dslforum-org:cwmp-1-0'>" + DEVICE + EVENT + COUNTS + "<ParameterList>"
                + parameter("Device.A", "1") + "</ParameterList></Inform></Body></Envelope>";
        assertThat(readInform(message).parameters()).hasSize(1);
        assertThat(read(message).envelope().style().namespace()).isEqualTo("urn:dslforum-org:cwmp-1-0");
    }

    @Test
    void a_prefix_that_is_not_declared_is_tolerated_by_the_lax_pass() throws Exception {
        Read read = read(PLAIN.replaceAll(" xmlns:c=\"[^\"]*\"", ""));
        assertThat(((CpeRequest.Inform) read.envelope().message()).parameters()).hasSize(1);
        assertThat(read.envelope().style().methodPrefix()).isEqualTo("c");
        assertThat(read.remarks()).isNotEmpty();
    }

    @Test
    @Tag("CWMP-084")
    void methods_events_and_faults_newer_than_the_namespace_are_read() throws Exception {
        String old = envelope("<c:AutonomousTransferComplete><FileSize>1</FileSize></c:AutonomousTransferComplete>")
                .replace("cwmp-1-2", "cwmp-1-0");
        assertThat(read(old).envelope().message()).isInstanceOf(CpeRequest.AutonomousTransferComplete.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<s:Header/>", "<s:Header></s:Header>"})
    @Tag("CWMP-071")
    void a_missing_or_empty_header_has_no_id(String header) throws Exception {
        assertThat(read(envelope(header, "<c:GetRPCMethods/>")).envelope().id()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a&lt;b&amp;\"c|a<b&\"c", "inform|inform", "&#10;&#9; 7 &#13;&#10;|7", "0|0"})
    @Tag("CWMP-070")
    void an_id_is_kept_as_it_came_but_for_line_breaks_around_it(String written, String id) throws Exception {
        Envelope envelope = read(envelope("<s:Header><c:ID>" + written + "</c:ID></s:Header>", "<c:GetRPCMethods/>"))
                .envelope();
        assertThat(envelope.id()).contains(id);
        byte[] back = new EnvelopeWriter().write(envelope);
        assertThat(read(back, "utf-8").envelope().id()).contains(id);
    }

    @Test
    @Tag("CWMP-070")
    void an_id_of_300_characters_is_kept() throws Exception {
        String id = "x".repeat(300);
        assertThat(read(envelope("<s:Header><c:ID>" + id + "</c:ID></s:Header>", "<c:GetRPCMethods/>"))
                        .envelope()
                        .id())
                .contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<c:NoMoreRequests s:mustUnderstand=\"1\">1</c:NoMoreRequests>",
                "<c:ID e:mustUnderstand=\"1\">7</c:ID>",
                "<c:ID s:mustUnderstand=\"true\">7</c:ID>",
                "<c:Unknown s:mustUnderstand=\"0\">7</c:Unknown>"
            })
    @Tag("CWMP-073")
    @Tag("CWMP-074")
    @Tag("CWMP-095")
    void must_understand_in_odd_places_does_no_harm(String header) throws Exception {
        assertThat(read(envelope("<s:Header>" + header + "</s:Header>", "<c:GetRPCMethods/>"))
                        .envelope()
                        .message())
                .isInstanceOf(CpeRequest.GetRpcMethods.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " e:arrayType=\"c:ParameterValueStruct[0]\"",
                " e:arrayType=\"c:ParameterValueStruct[99]\"",
                " e:arrayType=\"c:ParameterValueStruct[0008]\"",
                " xsi:type=\"e:Array\" e:arrayType=\"c:ParameterValueStruct[02]\"",
                " e:arrayType=\"nonsense\""
            })
    @Tag("CWMP-084")
    void the_count_of_a_list_is_what_is_in_it_whatever_it_says(String attributes) throws Exception {
        String message = informOf(parameter("Device.A", "1") + parameter("Device.B", "2"))
                .replace("<ParameterList>", "<ParameterList" + attributes + ">");
        assertThat(readInform(message).parameters()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|STRING",
                "xsi:type=\"xsd:string(256)\"|STRING",
                "xsi:type=\"xsd:hexBinary\u00ad\"|HEX_BINARY",
                "xsi:type=\"XSD:Boolean\"|BOOLEAN",
                "xsi:type=\"base64\"|BASE64",
                "xsi:type=\"c:whatever\"|STRING",
                "type=\"xsd:int\"|INT"
            })
    @Tag("CWMP-068")
    void a_type_that_is_missing_or_odd_is_understood_and_the_text_is_kept(String attribute, String type)
            throws Exception {
        String attributes = attribute == null ? "" : " " + attribute;
        assertThat(readValues("<ParameterValueStruct><Name xsi:type=\"xsd:string\">Device.A</Name><Value" + attributes
                        + "> not a number </Value></ParameterValueStruct>"))
                .containsExactly(new ParameterValue("Device.A", " not a number ", ParameterType.valueOf(type)));
    }

    @Test
    @Tag("CWMP-146")
    void an_entry_without_value_or_with_a_bad_name_is_left_out_and_the_rest_is_kept() throws Exception {
        assertThat(readValues(parameter("Device.A", "1")
                        + "<ParameterValueStruct><Name>Device.B</Name></ParameterValueStruct>"
                        + parameter(".ExternalIPAddress", "2") + parameter("", "3") + parameter("Device.C", "")))
                .extracting(ParameterValue::path)
                .containsExactly("Device.A", "Device.C");
    }

    @Test
    void of_a_parameter_that_comes_twice_the_last_counts_and_it_is_remarked() throws Exception {
        Read read =
                read(informOf(parameter("Device.A", "1") + parameter("Device.B", "2") + parameter("Device.A", "3")));
        assertThat(((CpeRequest.Inform) read.envelope().message()).parameters())
                .extracting(ParameterValue::value)
                .containsExactly("3", "2");
        assertThat(read.remarks()).singleElement().asString().contains("Device.A");
    }

    @Test
    @Tag("CWMP-077")
    void elements_in_another_order_or_missing_are_understood() throws Exception {
        CpeRequest.Inform shuffled = readInform(inform(COUNTS + "<ParameterList/>" + EVENT + DEVICE));
        assertThat(shuffled.events()).containsExactly(new Event("2 PERIODIC", ""));
        CpeRequest.Inform bare =
                readInform(inform("<DeviceId><OUI>00562B</OUI><SerialNumber>FCH1</SerialNumber></DeviceId><Event/>"));
        assertThat(bare.manufacturer()).isEmpty();
        assertThat(bare.events()).isEmpty();
        assertThat(bare.retryCount()).isZero();
        assertThat(bare.currentTime().instant()).isEmpty();
    }

    @Test
    @Tag("CWMP-082")
    void layout_around_names_is_cut_and_in_values_it_is_kept() throws Exception {
        assertThat(readValues(parameter("\n\t\tDevice.A\n\t", "\n x ")))
                .containsExactly(new ParameterValue("Device.A", "\n x ", ParameterType.STRING));
        assertThat(readInform(inform(DEVICE + EVENT.replace("2 PERIODIC", "\n 2 PERIODIC\n") + COUNTS))
                        .events())
                .containsExactly(new Event("2 PERIODIC", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-03-01T08:00:00|2026-03-01T08:00:00Z",
                "2026-03-01T08:00:00+0100|2026-03-01T07:00:00Z",
                "2026-03-01T08:00:00.123456Z|2026-03-01T08:00:00Z",
                "2026-03-01 08:00:00|2026-03-01T08:00:00Z",
                "1970-01-01T00:01:00Z|1970-01-01T00:01:00Z",
                "0001-01-01T00:00:00Z|",
                "0000-00-00T00:00:00|",
                "Mon Nov 23 04:14:43 2026|",
                "2026-02-31T00:00:00Z|",
                "|"
            })
    @Tag("CWMP-110")
    @Tag("CWMP-190")
    void a_time_is_never_an_error(String written, String instant) throws Exception {
        CpeRequest.Inform inform = readInform(
                inform(DEVICE + EVENT + "<CurrentTime>" + (written == null ? "" : written) + "</CurrentTime>"));
        assertThat(inform.currentTime().text()).isEqualTo(written == null ? "" : written);
        assertThat(inform.currentTime().instant())
                .isEqualTo(Optional.ofNullable(instant).map(Instant::parse));
    }

    @Test
    @Tag("CWMP-173")
    void a_transfer_with_empty_times_and_its_fault_behind_them_is_understood() throws Exception {
        CpeRequest.TransferComplete complete = (CpeRequest.TransferComplete)
                read(envelope("<c:TransferComplete><CommandKey/><StartTime/><CompleteTime/>"
                                + "<FaultStruct><FaultCode>9899</FaultCode><FaultString/></FaultStruct>"
                                + "</c:TransferComplete>"))
                        .envelope()
                        .message();
        assertThat(complete.startTime().instant()).isEmpty();
        assertThat(complete.fault().code()).isEqualTo(9899);
    }

    @ParameterizedTest
    @CsvSource({"00,0", "-1,0", "'',0", "3,3", "x,0", "99999999999999999999,2147483647"})
    void a_retry_count_that_is_no_number_is_none(String written, int count) throws Exception {
        assertThat(readInform(inform(DEVICE + EVENT + "<RetryCount>" + written + "</RetryCount>"))
                        .retryCount())
                .isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<s:Fault><faultcode>Client</faultcode><faultstring>no</faultstring></s:Fault>",
                "<s:Fault><faultstring>no</faultstring><detail/></s:Fault>",
                "<s:Fault><faultcode>x</faultcode><faultstring>no</faultstring><detail><c:Fault>"
                        + "<FaultCode>broken</FaultCode></c:Fault></detail></s:Fault>"
            })
    @Tag("CWMP-182")
    @Tag("CWMP-183")
    void a_fault_without_form_is_the_unknown_fault_with_its_text(String fault) throws Exception {
        FaultMessage message =
                (FaultMessage) read(envelope("", fault)).envelope().message();
        assertThat(message.fault().code()).isZero();
        assertThat(message.fault().text()).isEqualTo("no");
    }

    @Test
    @Tag("CWMP-142")
    void a_status_that_is_missing_or_odd_is_success_and_an_odd_writable_is_none() throws Exception {
        assertThat(read(envelope("<c:SetParameterValuesResponse/>")).envelope().message())
                .isEqualTo(new CpeResponse.SetParameterValuesResponse(0));
        CpeResponse.GetParameterNamesResponse names = (CpeResponse.GetParameterNamesResponse)
                read(envelope("<c:GetParameterNamesResponse><ParameterList><ParameterInfoStruct><Name>Device.A</Name>"
                                + "<Writable>30</Writable></ParameterInfoStruct><ParameterInfoStruct><Name>Device.B"
                                + "</Name><Writable/></ParameterInfoStruct></ParameterList>"
                                + "</c:GetParameterNamesResponse>"))
                        .envelope()
                        .message();
        assertThat(names.parameters()).extracting(name -> name.writable()).containsExactly(false, false);
    }

    @Test
    @Tag("CWMP-106")
    void an_empty_serial_is_refused_as_arguments_that_cannot_be_used() {
        assertThatThrownBy(() -> read(inform(DEVICE.replace("FCH1", "") + EVENT)))
                .isInstanceOfSatisfying(MalformedEnvelopeException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(MalformedEnvelopeException.Kind.INVALID_ARGUMENTS));
    }

    @Test
    @Tag("CWMP-080")
    void a_body_of_blanks_or_nul_octets_is_empty() throws Exception {
        assertThat(read(" \r\n").envelope().message()).isEqualTo(new Empty());
        assertThat(read("\0\0").envelope().message()).isEqualTo(new Empty());
    }

    @ParameterizedTest
    @CsvSource({
        "xsd:int,007",
        "xsd:int,+5",
        "xsd:int,99999999999",
        "xsd:unsignedInt,-1",
        "xsd:long,9223372036854775808",
        "xsd:unsignedLong,18446744073709551616",
        "xsd:boolean,maybe"
    })
    @Tag("CWMP-191")
    void a_number_beyond_its_type_or_in_an_odd_writing_is_kept_as_it_is_written(String type, String text)
            throws Exception {
        assertThat(readValues("<ParameterValueStruct><Name>Device.A</Name><Value xsi:type=\"" + type + "\">" + text
                        + "</Value></ParameterValueStruct>"))
                .singleElement()
                .satisfies(value -> assertThat(value.value()).isEqualTo(text));
    }
}
