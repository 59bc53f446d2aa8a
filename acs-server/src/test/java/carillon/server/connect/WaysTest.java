package carillon.server.connect;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.server.operator.CallResult.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaysTest {
    @ParameterizedTest
    @Tag("CWMP-219")
    @CsvSource({
        // methods,        NAT,   UDP address, Jabber ID, STUN open, XMPP open: best first
        "'',               false, '',          '',        true,      true,  HTTP",
        "'',               true,  192.0.2.9:7, '',        true,      true,  UDP HTTP",
        "'',               false, 192.0.2.9:7, '',        true,      true,  HTTP",
        "'',               true,  '',          '',        true,      true,  HTTP",
        "'',               true,  192.0.2.9:7, '',        false,     true,  HTTP",
        "'',               true,  192.0.2.9:7, p@x,       true,      true,  XMPP UDP HTTP",
        "'',               true,  192.0.2.9:7, p@x,       true,      false, UDP HTTP",
        "'HTTP,XMPP',      true,  192.0.2.9:7, p@x,       true,      true,  XMPP HTTP",
        "'HTTP,STUN',      true,  192.0.2.9:7, p@x,       true,      true,  UDP HTTP",
        "'HTTP',           true,  192.0.2.9:7, p@x,       true,      true,  HTTP",
        "'XMPP',           true,  192.0.2.9:7, p@x,       true,      true,  XMPP",
        "'XMPP',           true,  192.0.2.9:7, '',        true,      true,  HTTP",
    })
    void the_best_way_is_taken_first(
            String methods, boolean nat, String udp, String jabberId, boolean stun, boolean xmpp, String expected) {
        Set<String> known = methods.isEmpty() ? Set.of() : Set.of(methods.split(","));
        Optional<UdpAddress> address = UdpAddress.parse(udp);
        List<Kind> kinds = Arrays.stream(expected.split(" ")).map(Kind::valueOf).collect(Collectors.toList());
        assertThat(Ways.fitting(new KnownReach(known, nat, address, false, jabberId), stun, xmpp))
                .isEqualTo(kinds);
    }
}
