package carillon.server.dial;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.server.config.Networks;
import carillon.server.config.Networks.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialRulesTest {
    private static final Networks NONE = new Networks(List.of());
    private final List<String> asked = new ArrayList<>();

    private DialRules rules(Networks allowed, boolean lab, String... addresses) {
        return new DialRules("connection-request.networks", allowed, lab, host -> {
            asked.add(host);
            List<InetAddress> found = new ArrayList<>();
            for (String address : addresses) {
                found.add(InetAddress.getByName(address));
            }
            return found;
        });
    }

    private static Networks networks(String... networks) {
        return new Networks(Arrays.stream(networks).map(Network::parse).toList());
    }

    private static void forbidden(DialRules.Verdict verdict, String part) {
        assertThat(verdict)
                .isInstanceOfSatisfying(DialRules.Verdict.Forbidden.class, forbidden -> assertThat(forbidden.sentence())
                        .contains(part));
    }

    private static DialRules.Verdict dial(String address) throws UnknownHostException {
        return new DialRules.Verdict.Dial(InetAddress.getByName(address));
    }

    @Test
    void the_source_of_the_last_inform_is_called() throws Exception {
        assertThat(rules(NONE, false, "192.0.2.7").judge("phone.example", "192.0.2.7"))
                .isEqualTo(dial("192.0.2.7"));
        assertThat(rules(NONE, false, "2001:db8::7").judge("phone.example", "2001:db8:0:0:0:0:0:7"))
                .isEqualTo(dial("2001:db8::7"));
        assertThat(asked).as("each name is resolved once").hasSize(2);
    }

    @Test
    @Tag("CWMP-207")
    void elsewhere_only_allowed_networks_are_called() throws Exception {
        forbidden(
                rules(NONE, false, "192.0.2.8").judge("phone.example", "192.0.2.7"),
                "192.0.2.8 is neither where its last Inform came from (192.0.2.7) nor within"
                        + " connection-request.networks");
        forbidden(rules(NONE, false, "192.0.2.8").judge("phone.example", ""), "connection-request.networks");
        assertThat(rules(networks("192.0.2.0/24"), false, "192.0.2.8").judge("phone.example", "198.51.100.1"))
                .isEqualTo(dial("192.0.2.8"));
    }

    @Test
    void of_several_addresses_the_permitted_one_is_called() throws Exception {
        assertThat(rules(NONE, false, "127.0.0.1", "192.0.2.8", "192.0.2.7").judge("phone.example", "192.0.2.7"))
                .isEqualTo(dial("192.0.2.7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "169.254.169.254", "fe80::1", "::ffff:127.0.0.1"})
    @Tag("CWMP-207")
    void loopback_and_link_local_are_for_the_lab(String address) throws Exception {
        forbidden(rules(networks("0.0.0.0/0", "::/0"), false, address).judge("x", address), "lab=true");
        assertThat(rules(NONE, true, address).judge("x", address)).isEqualTo(dial(address));
        forbidden(rules(NONE, true, address).judge("x", "192.0.2.7"), "connection-request.networks");
    }

    @Test
    void in_the_lab_one_loopback_address_is_as_good_as_another() throws Exception {
        assertThat(rules(NONE, true, "127.0.0.1").judge("localhost", "0:0:0:0:0:0:0:1"))
                .isEqualTo(dial("127.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "224.0.0.1", "ff02::1"})
    void what_is_nobodys_address_is_never_called(String address) {
        forbidden(rules(networks("0.0.0.0/0", "::/0"), true, address).judge("x", address), "nobody's address");
    }

    @Test
    void the_numbers_of_other_notations_are_looked_at_as_addresses() throws Exception {
        DialRules real = new DialRules(
                "connection-request.networks", NONE, false, host -> List.of(InetAddress.getAllByName(host)));
        forbidden(real.judge("2130706433", "192.0.2.7"), "127.0.0.1");
        forbidden(real.judge("127.1", "192.0.2.7"), "127.0.0.1");
    }

    @Test
    void an_unknown_name_is_no_address() {
        DialRules.Verdict verdict = new DialRules("connection-request.networks", NONE, false, host -> {
                    throw new UnknownHostException(host);
                })
                .judge("nowhere.invalid", "192.0.2.7");
        assertThat(verdict).isEqualTo(new DialRules.Verdict.Unknown());
        forbidden(rules(NONE, false).judge("nowhere.invalid", "192.0.2.7"), "has no address");
    }
}
