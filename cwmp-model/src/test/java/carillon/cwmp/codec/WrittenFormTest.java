package carillon.cwmp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.WireStyle;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Counts, types and characters of every kind of message that is written. */
class WrittenFormTest {
    private static final Pattern ARRAY = Pattern.compile("(cwmp|xsd|SOAP-ENC):([A-Za-z0-9]+)\\[(\\d+)]");
    private static final Set<String> TYPED = Set.of("Value", "Operations");

    static List<Class<?>> kinds() {
        return GeneratedMessages.kinds();
    }

    private static byte[] written(CwmpMessage message) {
        return new EnvelopeWriter().write(Envelope.of(Optional.of("1"), WireStyle.DEFAULT, message));
    }

    private static List<Element> elements(byte[] octets) throws Exception {
        List<Element> all = new ArrayList<>();
        collect(
                DocumentBuilderFactory.newDefaultNSInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(octets))
                        .getDocumentElement(),
                all);
        return all;
    }

    private static void collect(Element element, List<Element> all) {
        all.add(element);
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                collect(inner, all);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @Tag("CWMP-065")
    void every_list_says_its_type_and_its_true_count(Class<?> kind) throws Exception {
        for (int seed = 1; seed <= 5; seed++) {
            for (Element element : elements(written(new GeneratedMessages(seed).of(kind)))) {
                String type = element.getAttributeNS(Namespaces.ENCODING, "arrayType");
                List<Element> inner = new ArrayList<>();
                collect(element, inner);
                long children = inner.stream()
                        .filter(child -> child.getParentNode() == element)
                        .count();
                if (!type.isEmpty()) {
                    Matcher matcher = ARRAY.matcher(type);
                    assertThat(matcher.matches()).as(type).isTrue();
                    assertThat(children).as(type).isEqualTo(Long.parseLong(matcher.group(3)));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @Tag("CWMP-066")
    void a_type_is_written_on_values_alone(Class<?> kind) throws Exception {
        for (int seed = 1; seed <= 5; seed++) {
            for (Element element : elements(written(new GeneratedMessages(seed).of(kind)))) {
                if (element.hasAttributeNS(Namespaces.INSTANCE, "type")) {
                    assertThat(element.getNodeName()).isIn(TYPED);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("CWMP-067")
    void every_value_that_is_set_has_its_type(ParameterType type) throws Exception {
        AcsRequest set = new AcsRequest.SetParameterValues(List.of(new ParameterValue("Device.X", "1", type)), "key");
        assertThat(elements(written(set)))
                .filteredOn(element -> element.getNodeName().equals("Value"))
                .singleElement()
                .satisfies(value -> assertThat(value.getAttributeNS(Namespaces.INSTANCE, "type"))
                        .matches("xsd:(string|int|unsignedInt|long|unsignedLong|boolean|dateTime|hexBinary|decimal"
                                + "|base64Binary)|SOAP-ENC:base64"));
    }

    @Test
    @Tag("CWMP-081")
    void what_is_no_plain_ascii_is_written_as_a_reference() {
        AcsRequest set = new AcsRequest.SetParameterValues(
                List.of(new ParameterValue(
                        "Device.X", "a&b<c>\"d\t\u00e9\u20ac\ud83d\ude00\u007f\r", ParameterType.STRING)),
                "key");
        String text = new String(written(set), StandardCharsets.UTF_8);
        assertThat(text).contains("a&amp;b&lt;c&gt;").contains("&#").matches("[\\x09\\x0a\\x20-\\x7e]*");
    }
}
