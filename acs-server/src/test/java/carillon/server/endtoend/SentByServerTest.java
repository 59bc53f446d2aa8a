package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.CwmpVersion;
import carillon.phones.WireWatch;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class SentByServerTest {
    private static final String RESPONSE = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
            + " xmlns:c=\"urn:dslforum-org:cwmp-1-2\"><s:Body><c:InformResponse><MaxEnvelopes>1</MaxEnvelopes>"
            + "</c:InformResponse></s:Body></s:Envelope>";

    @Test
    void a_valid_envelope_passes() {
        long before = SentByServer.count();
        SentByServer.heard(CwmpVersion.V1_2, RESPONSE.getBytes(StandardCharsets.UTF_8));
        assertThat(SentByServer.count()).isEqualTo(before + 1);
        new SentByServer.Verdict().afterEach(null);
    }

    @Test
    void an_invalid_envelope_fails_the_test_that_heard_it() {
        SentByServer.heard(
                CwmpVersion.V1_2, RESPONSE.replace("MaxEnvelopes", "Envelopes").getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> new SentByServer.Verdict().afterEach(null)).hasMessageContaining("Envelopes");
    }

    @Test
    void what_a_simulated_phone_hears_passes_here_too() {
        ServiceLoader.load(WireWatch.class)
                .forEach(watch -> watch.heard(CwmpVersion.V1_0, "<a/>".getBytes(StandardCharsets.UTF_8)));
        assertThat(SentByServer.takeComplaints()).singleElement().asString().startsWith("CWMP 1.0");
    }
}
