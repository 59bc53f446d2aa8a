package carillon.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.server.console.view.XmlLine;
import carillon.server.console.view.XmlLine.Piece;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrettyXmlTest {
    private static String shown(String xml) {
        return PrettyXml.lines(xml).stream()
                .map(line -> line.indent() + text(line))
                .collect(Collectors.joining("\n"));
    }

    private static String text(XmlLine line) {
        return line.pieces().stream().map(Piece::text).collect(Collectors.joining());
    }

    @Test
    void elements_are_indented_and_leaves_stay_on_one_line() {
        assertThat(shown("<?xml version=\"1.0\"?><a x=\"1\" y='2>'><b>text</b><c/><d></d>\n<e><f>1</f></e></a>"))
                .isEqualTo("""
                        <?xml version="1.0"?>
                        <a x="1" y='2>
                          '>
                          <b>text</b>
                          <c/>
                          <d></d>
                          <e>
                            <f>1</f>
                          </e>
                        </a>""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no xml at all",
                "<",
                "<<<>>>",
                "</a></b>",
                "<a",
                "<a b=\"",
                "<!-- never ends",
                "<![CDATA[ <b> ]]>",
                "<a></a",
                "<>",
                "</>",
                "a < b",
                "<a/ >"
            })
    void what_is_no_xml_is_shown_without_a_loss(String rubbish) {
        String kept = PrettyXml.lines(rubbish).stream().map(PrettyXmlTest::text).collect(Collectors.joining());
        assertThat(kept.replaceAll("\\s", "")).isEqualTo(rubbish.replaceAll("\\s", ""));
    }

    @Test
    void deep_and_long_documents_have_an_end() {
        List<XmlLine> lines = PrettyXml.lines("<a>".repeat(100_000));
        assertThat(lines).hasSize(5001);
        assertThat(lines.get(4000).indent()).hasSize(80);
    }

    @Test
    void nothing_is_nothing() {
        assertThat(PrettyXml.lines("  \n")).isEmpty();
    }
}
