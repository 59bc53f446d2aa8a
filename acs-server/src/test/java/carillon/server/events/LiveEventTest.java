package carillon.server.events;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveEventTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private static LiveEvent event(Map<String, Object> details) {
        return new LiveEvent(
                LiveEvent.Kind.CHANGE, new DeviceId("00562B", "CP-8851-3PCC", "FCH1"), Optional.empty(), AT, details);
    }

    @Test
    void it_is_one_line_of_json() {
        assertThat(event(Map.of("parameters", List.of("Device.A\n"))).json())
                .isEqualTo("{\"kind\":\"change\",\"device\":\"00562B-CP%2D8851%2D3PCC-FCH1\","
                        + "\"at\":\"2026-01-01T00:00:00Z\",\"parameters\":[\"Device.A\\n\"]}");
    }

    @Test
    void shortened_it_names_the_lists_that_were_left_out() {
        LiveEvent shortened = event(Map.of("parameters", List.of("Device.A"), "state", "sent"))
                .shortened();
        assertThat(shortened.details()).isEqualTo(Map.of("state", "sent", "leftOut", List.of("parameters")));
        assertThat(shortened.kind()).isEqualTo(LiveEvent.Kind.CHANGE);
    }
}
