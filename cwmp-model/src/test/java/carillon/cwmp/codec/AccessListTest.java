package carillon.cwmp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.message.CpeResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What phones write into the access lists of GetParameterAttributesResponse. */
class AccessListTest {
    private static String struct(String name, String accessList) {
        return "<ParameterAttributeStruct><Name>" + name + "</Name><Notification>2</Notification>" + accessList
                + "</ParameterAttributeStruct>";
    }

    @Test
    @Tag("CWMP-157")
    void any_text_of_an_access_list_is_read_and_a_missing_list_is_an_empty_one() throws Exception {
        String body = "<E:Envelope xmlns:E=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns:cwmp=\"urn:dslforum-org:cwmp-1-0\"><E:Body><cwmp:GetParameterAttributesResponse>"
                + "<ParameterList>"
                + struct("Device.A", "<AccessList><string>subscriber</string></AccessList>")
                + struct(
                        "Device.B",
                        "<AccessList><string>X_00562B_User</string><string>Subscriber</string></AccessList>")
                + struct("Device.C", "<AccessList/>")
                + struct("Device.D", "")
                + "</ParameterList></cwmp:GetParameterAttributesResponse></E:Body></E:Envelope>";
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        assertThat(new EnvelopeReader(CodecLimits.DEFAULT, EnvelopeReader.Peer.CPE)
                        .read(octets, octets.length, "utf-8")
                        .envelope()
                        .message())
                .isEqualTo(new CpeResponse.GetParameterAttributesResponse(List.of(
                        new ParameterAttribute("Device.A", 2, List.of("subscriber")),
                        new ParameterAttribute("Device.B", 2, List.of("X_00562B_User", "Subscriber")),
                        new ParameterAttribute("Device.C", 2, List.of()),
                        new ParameterAttribute("Device.D", 2, List.of()))));
    }
}
