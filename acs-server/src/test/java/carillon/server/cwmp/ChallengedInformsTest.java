package carillon.server.cwmp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.codec.EnvelopeReader;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.WireStyle;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChallengedInformsTest {
    private static final EnvelopeReader.Read READ =
            new EnvelopeReader.Read(Envelope.of(Optional.empty(), WireStyle.DEFAULT, new Empty()), List.of());

    private final ChallengedInforms challenged = new ChallengedInforms();

    @Test
    void the_same_octets_on_the_same_connection_are_known_once() {
        challenged.keep("a", octets("one"), READ);
        assertThat(challenged.take("a", octets("one"))).contains(READ);
        assertThat(challenged.take("a", octets("one"))).isEmpty();
    }

    @Test
    void other_octets_and_other_connections_are_not_known() {
        challenged.keep("a", octets("one"), READ);
        assertThat(challenged.take("b", octets("one"))).isEmpty();
        assertThat(challenged.take("a", octets("two"))).isEmpty();
    }

    @Test
    void what_is_longer_than_an_inform_is_not_kept() {
        challenged.keep("a", new byte[20_000], READ);
        assertThat(challenged.take("a", new byte[20_000])).isEmpty();
    }

    private static byte[] octets(String text) {
        return text.getBytes(UTF_8);
    }
}
