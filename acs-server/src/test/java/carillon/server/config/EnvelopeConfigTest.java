package carillon.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvelopeConfigTest {
    private static EnvelopeConfig read(String text) {
        ConfigReader reader = new ConfigReader(ConfigSources.of(Map.of("cwmp.declaration", text), Map.of()));
        EnvelopeConfig config = EnvelopeConfig.from(reader);
        reader.finish();
        return config;
    }

    @Test
    void a_model_of_its_own_goes_before_all() {
        EnvelopeConfig config = read("CP-8851-3PCC=always, *=never");
        assertThat(config.declaration("CP-8851-3PCC")).contains(true);
        assertThat(config.declaration("CP-7841-3PCC")).contains(false);
        assertThat(read("A=B=never").declaration("A=B")).contains(false);
        assertThat(read("A=never").declaration("B")).isEmpty();
        assertThat(read("").declaration("")).isEmpty();
    }

    @Test
    void what_is_neither_is_refused() {
        assertThatThrownBy(() -> read("CP-8851-3PCC=sometimes"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("CP-8851-3PCC=sometimes is not MODEL=always or MODEL=never");
        assertThatThrownBy(() -> read("=never")).isInstanceOf(ConfigException.class);
    }
}
