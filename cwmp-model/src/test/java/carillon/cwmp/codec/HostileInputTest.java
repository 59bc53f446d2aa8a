package carillon.cwmp.codec;

import static carillon.cwmp.codec.Odd.NAMESPACES;
import static carillon.cwmp.codec.Odd.envelope;
import static carillon.cwmp.codec.Odd.informOf;
import static carillon.cwmp.codec.Odd.parameter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import carillon.cwmp.codec.EnvelopeReader.Peer;
import carillon.cwmp.codec.MalformedEnvelopeException.Kind;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies made to break the reader: each is refused, in bounded time and memory. */
@Timeout(60)
class HostileInputTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Of processor time; far more than any of them takes, far less than one that is not linear. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static MalformedEnvelopeException refused(String body) {
        return refused(body, CodecLimits.DEFAULT);
    }

    /** Reads a body that must be refused, and holds it to a time and to memory in proportion to its length. */
    private static MalformedEnvelopeException refused(String body, CodecLimits limits) {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        MalformedEnvelopeException refused =
                catchThrowableOfType(MalformedEnvelopeException.class, () -> bounded(octets, limits));
        assertThat(refused).as("refusal").isNotNull();
        assertThat(refused.getMessage()).doesNotContain("\n").hasSizeLessThan(600);
        return refused;
    }

    private static void bounded(byte[] octets, CodecLimits limits) throws MalformedEnvelopeException {
        long cpu = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        try {
            new EnvelopeReader(limits, Peer.CPE).read(octets, octets.length, "utf-8");
        } finally {
            assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - cpu))
                    .isLessThan(LONGEST);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated)
                    .isLessThan(60L * octets.length + 32L * 1024 * 1024);
        }
    }

    @Test
    @Tag("CWMP-083")
    void an_entity_bomb_is_refused_for_its_doctype() {
        String entities = IntStream.range(1, 12)
                .mapToObj(i -> "<!ENTITY a" + i + " \"" + ("&a" + (i - 1) + ";").repeat(10) + "\">")
                .collect(Collectors.joining());
        String bomb = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a0 \"boom\">" + entities + "]>"
                + informOf(parameter("Device.A", "&a11;"));
        assertThat(refused(bomb).kind()).isEqualTo(Kind.FORBIDDEN_DTD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE x>",
                "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE x PUBLIC \"p\" \"http://192.0.2.1/x.dtd\">",
                "<!DOCTYPE x [<!ENTITY % p SYSTEM \"http://192.0.2.1/x\">%p;]>"
            })
    @Tag("CWMP-083")
    void a_doctype_is_refused_and_nothing_is_fetched(String doctype) {
        assertThat(refused(doctype + informOf(parameter("Device.A", "&e;"))).kind())
                .isEqualTo(Kind.FORBIDDEN_DTD);
    }

    @Test
    @Tag("CWMP-083")
    void a_doctype_is_refused_also_in_a_body_that_needs_repair() {
        assertThat(refused("<!DOCTYPE x [<!ENTITY e \"v\">]>" + informOf(parameter("Device.A", "\u0002 & &e;")))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN_DTD);
    }

    @Test
    @Tag("CWMP-083")
    void elements_that_are_nested_too_deep_are_refused() {
        String deep = envelope("<a>".repeat(100_000) + "</a>".repeat(100_000));
        assertThat(refused(deep).kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(refused(envelope("<c:Inform><DeviceId>" + "<a>".repeat(100_000)))
                        .kind())
                .isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    @Tag("CWMP-031")
    void a_body_longer_than_the_limit_is_refused_before_it_is_read() {
        byte[] octets = new byte[CodecLimits.DEFAULT.bytes() + 1];
        Arrays.fill(octets, (byte) ' ');
        MalformedEnvelopeException refused =
                catchThrowableOfType(MalformedEnvelopeException.class, () -> Odd.read(octets, "utf-8"));
        assertThat(refused.kind()).isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    void a_text_that_is_too_long_is_refused() {
        assertThat(refused(informOf(parameter("Device.A", "x".repeat(1024 * 1024 + 1))))
                        .kind())
                .isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    void a_list_that_is_too_long_is_refused() {
        assertThat(refused(informOf("<a/>".repeat(100_001))).kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(refused(envelope("<c:Kicked>" + "<a/>".repeat(100_001) + "</c:Kicked>"))
                        .kind())
                .isEqualTo(Kind.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&",
                "<",
                "</",
                "<!--",
                "<![CDATA[",
                "<a:Envelope",
                "</s:Envelope",
                "&#",
                "<?x ",
                "</Envelope ",
                "\u0080"
            })
    void a_long_run_of_anything_costs_no_more_than_its_length(String piece) {
        String run = piece.repeat(2_000_000 / piece.length());
        refused("<s:Envelope" + NAMESPACES + "><s:Body>" + run);
        refused(run);
    }

    @Test
    void names_that_were_chosen_to_share_a_hash_cost_no_more_than_others() throws Exception {
        StringBuilder parameters = new StringBuilder();
        for (int i = 0; i < 1 << 15; i++) {
            StringBuilder name = new StringBuilder("D.");
            for (int bit = 0; bit < 15; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            parameters.append(parameter(name.toString(), ""));
        }
        bounded(informOf(parameters.toString()).getBytes(StandardCharsets.UTF_8), CodecLimits.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32BE", "UTF-32LE"})
    void an_element_with_very_many_declarations_is_refused(String charset) {
        String declarations = IntStream.range(0, 100_000)
                .mapToObj(i -> " xmlns:n" + i + "=\"urn:" + i + "\"")
                .collect(Collectors.joining());
        byte[] octets =
                envelope("<c:GetRPCMethods a=\">\"" + declarations + "/>").getBytes(Charset.forName(charset));
        assertThat(catchThrowableOfType(MalformedEnvelopeException.class, () -> bounded(octets, CodecLimits.DEFAULT))
                        .kind())
                .isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    void many_elements_with_a_declaration_each_are_read() throws Exception {
        String declared =
                "<ParameterValueStruct xmlns=\"\"><Name xmlns:x=\"urn:x\">Device.A</Name></ParameterValueStruct>";
        bounded(informOf(declared.repeat(5_000)).getBytes(StandardCharsets.UTF_8), CodecLimits.DEFAULT);
    }

    @Test
    void a_long_value_that_looks_like_attributes_is_read() throws Exception {
        String value = " key=value '\" &gt;".repeat(50_000);
        bounded(informOf(parameter("Device.A", value)).getBytes(StandardCharsets.UTF_8), CodecLimits.DEFAULT);
        bounded(
                informOf(parameter("Device.A", "<![CDATA[" + value + "]]>")).getBytes(StandardCharsets.UTF_8),
                CodecLimits.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<!-- ' -->", "<![CDATA[<x \"]]>", "'"})
    @Tag("CWMP-083")
    void an_element_with_very_many_attributes_is_refused_whatever_precedes_it(String before) {
        String attributes =
                IntStream.range(0, 100_000).mapToObj(i -> " a" + i + "='>='").collect(Collectors.joining());
        assertThat(refused(envelope(before + "<c:GetRPCMethods" + attributes + "/>"))
                        .kind())
                .isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    void what_a_refusal_quotes_cannot_break_a_log_line() {
        String name = "x\u2028".repeat(300);
        assertThat(refused("<Bad\u0085" + name + "/>").getMessage()).doesNotContain("\u2028", "\u0085");
    }
}
