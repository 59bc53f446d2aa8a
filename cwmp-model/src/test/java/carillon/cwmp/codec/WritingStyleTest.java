package carillon.cwmp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.codec.EnvelopeReader.Peer;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.WireStyle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The style that none of the measured clients stumbles over, and its mirroring. */
class WritingStyleTest {
    private static final CwmpMessage NAMES = new AcsRequest.GetParameterNames("Device.", true);

    private static String written(Optional<String> id, WireStyle style, CwmpMessage message) {
        return new String(new EnvelopeWriter().write(Envelope.of(id, style, message)), StandardCharsets.US_ASCII);
    }

    @Test
    @Tag("CWMP-062")
    void the_default_style_has_the_prefixes_that_every_client_knows_and_no_declaration() {
        String text = written(Optional.of("7"), WireStyle.DEFAULT, NAMES);
        assertThat(text)
                .startsWith("<SOAP-ENV:Envelope ")
                .contains("<cwmp:GetParameterNames>")
                .contains("<cwmp:ID SOAP-ENV:mustUnderstand=\"1\">7</cwmp:ID>");
    }

    @Test
    @Tag("CWMP-069")
    void booleans_are_digits_for_clients_that_refuse_words() {
        assertThat(written(Optional.of("7"), WireStyle.DEFAULT, NAMES)).contains("<NextLevel>1</NextLevel>");
        assertThat(written(Optional.of("7"), WireStyle.DEFAULT, new AcsRequest.GetParameterNames("Device.", false)))
                .contains("<NextLevel>0</NextLevel>");
    }

    @Test
    @Tag("CWMP-071")
    void where_the_device_sent_no_id_none_is_written() {
        assertThat(written(Optional.empty(), WireStyle.DEFAULT, NAMES)).doesNotContain(":ID");
    }

    @Test
    @Tag("CWMP-002")
    @Tag("CWMP-062")
    void a_style_of_the_device_is_written_as_it_was_seen() {
        WireStyle style = new WireStyle("soapenv", "enc", "m", "urn:dslforum-org:cwmp-1-9", true);
        assertThat(written(Optional.of("7"), style, NAMES))
                .startsWith("<?xml version=\"1.0\"")
                .contains("<soapenv:Envelope ", "xmlns:enc=", "xmlns:m=\"urn:dslforum-org:cwmp-1-9\"")
                .contains("<m:GetParameterNames>")
                .doesNotContain("SOAP-ENV", "cwmp:");
    }

    static List<WireFiles.WireFile> files() {
        return WireFiles.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    @Tag("CWMP-061")
    void simple_parsers_can_read_everything_that_is_written(WireFiles.WireFile file) throws Exception {
        EnvelopeReader reader = new EnvelopeReader(CodecLimits.DEFAULT, file.from());
        Envelope envelope =
                reader.read(file.octets(), file.octets().length, "utf-8").envelope();
        byte[] octets = new EnvelopeWriter().write(envelope);
        assertThat(new String(octets, StandardCharsets.ISO_8859_1))
                .isEqualTo(new String(octets, StandardCharsets.US_ASCII))
                .doesNotContain("'", "<![CDATA[", "<!--", "<!DOCTYPE")
                .doesNotContainPattern("T\\d\\d:\\d\\d:\\d\\d\\.");
    }

    @Test
    @Tag("CWMP-065")
    void a_list_says_its_true_count() {
        AcsRequest request = new AcsRequest.GetParameterValues(List.of("Device.A", "Device.B", "Device.C"));
        assertThat(written(Optional.of("1"), WireStyle.DEFAULT, request))
                .contains("SOAP-ENC:arrayType=\"xsd:string[3]\"");
    }

    @Test
    @Tag("CWMP-081")
    void texts_come_back_whatever_is_in_them_and_what_xml_forbids_is_refused() throws Exception {
        String text = "<&>\"' \t\n\u00e9\u20ac\ud83d\ude00]]>";
        AcsRequest request = new AcsRequest.SetParameterValues(
                List.of(new ParameterValue("Device.A", text, ParameterType.STRING)), "key");
        byte[] octets = new EnvelopeWriter().write(Envelope.of(Optional.of("1"), WireStyle.DEFAULT, request));
        assertThat(new EnvelopeReader(CodecLimits.DEFAULT, Peer.ACS)
                        .read(octets, octets.length, "utf-8")
                        .envelope()
                        .message())
                .isEqualTo(request);
        AcsRequest forbidden = new AcsRequest.SetParameterValues(
                List.of(new ParameterValue("Device.A", "\u0002", ParameterType.STRING)), "key");
        assertThatThrownBy(() -> written(Optional.of("1"), WireStyle.DEFAULT, forbidden))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("U+");
    }
}
