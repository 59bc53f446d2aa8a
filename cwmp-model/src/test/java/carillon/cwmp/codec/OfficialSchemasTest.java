package carillon.cwmp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.WireStyle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OfficialSchemasTest {
    @ParameterizedTest
    @EnumSource
    @Tag("CWMP-060")
    void what_the_codec_writes_is_valid(CwmpVersion version) {
        assertThat(OfficialSchemas.complaint(version, written(version))).isEmpty();
        byte[] response = new EnvelopeWriter()
                .write(Envelope.of(Optional.of("7"), WireStyle.of(version), new AcsResponse.InformResponse(1)));
        assertThat(OfficialSchemas.complaint(version, response)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_not_in_the_schema_is_noticed(CwmpVersion version) {
        String valid = new String(written(version), StandardCharsets.UTF_8);
        for (String invalid : List.of(
                valid.replace("ParameterNames", "ParameterName"),
                valid.replace("<string>", "<string xmlns=\"urn:other\">"),
                valid.replaceAll(" [A-Za-z-]*:arrayType=\"[^\"]*\"", ""),
                valid.replace("GetParameterValues", "GetParameterValue"))) {
            assertThat(invalid).isNotEqualTo(valid);
            assertThat(OfficialSchemas.complaint(version, invalid.getBytes(StandardCharsets.UTF_8)))
                    .as(invalid)
                    .isPresent();
        }
    }

    private static byte[] written(CwmpVersion version) {
        return new EnvelopeWriter()
                .write(Envelope.of(
                        Optional.of("7"),
                        WireStyle.of(version),
                        new AcsRequest.GetParameterValues(List.of("Device.DeviceInfo."))));
    }
}
