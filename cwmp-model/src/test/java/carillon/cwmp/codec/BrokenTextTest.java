package carillon.cwmp.codec;

import static carillon.cwmp.codec.Odd.informOf;
import static carillon.cwmp.codec.Odd.parameter;
import static carillon.cwmp.codec.Odd.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.codec.EnvelopeReader.Read;
import carillon.cwmp.message.CpeRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Character sets that are not what they say, and texts that are not XML. */
class BrokenTextTest {
    private static final String MESSAGE = informOf(parameter("Device.A", "caf\u00e9"));

    private static String value(Read read) {
        return ((CpeRequest.Inform) read.envelope().message())
                .parameters()
                .get(0)
                .value();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "UTF-8,none",
                "UTF-8,utf-8",
                "UTF-8,'\"UTF-8\"'",
                "UTF-8,no-such-charset",
                "ISO-8859-1,iso-8859-1",
                "ISO-8859-1,none",
                "ISO-8859-1,utf-8",
                "windows-1252,utf-8",
                "UTF-16LE,none",
                "UTF-16BE,none",
                "UTF-16,utf-8",
                "UTF-16,utf-16"
            })
    @Tag("CWMP-078")
    void a_letter_is_read_in_whichever_character_set_it_came(String encoding, String label) throws Exception {
        assertThat(value(read(MESSAGE.getBytes(Charset.forName(encoding)), label)))
                .isEqualTo("caf\u00e9");
    }

    @Test
    @Tag("CWMP-078")
    void the_declaration_counts_where_there_is_no_label() throws Exception {
        byte[] octets =
                ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + MESSAGE).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(value(read(octets, null))).isEqualTo("caf\u00e9");
    }

    @Test
    @Tag("CWMP-078")
    void the_label_counts_before_the_declaration() throws Exception {
        byte[] octets = ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + MESSAGE).getBytes(StandardCharsets.UTF_8);
        assertThat(value(read(octets, "utf-8"))).isEqualTo("caf\u00e9");
    }

    @Test
    @Tag("CWMP-080")
    void a_byte_order_mark_is_passed_over() throws Exception {
        Read read = read(("\ufeff" + MESSAGE).getBytes(StandardCharsets.UTF_8), "utf-8");
        assertThat(value(read)).isEqualTo("caf\u00e9");
        assertThat(read.remarks()).singleElement().asString().contains("byte order mark");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0002", "\u0000", "&#2;", "&#0;", "&#xB;", "\ufffe"})
    @Tag("CWMP-079")
    void a_character_that_xml_forbids_becomes_the_replacement_character(String bad) throws Exception {
        Read read = read(informOf(parameter("Device.A", "a" + bad + "b")));
        assertThat(value(read)).isEqualTo("a\ufffdb");
        assertThat(read.remarks()).isNotEmpty();
    }

    @Test
    @Tag("CWMP-079")
    void a_lone_surrogate_becomes_replacement_characters() throws Exception {
        byte[] text = informOf(parameter("Device.A", "a@b")).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (byte octet : text) {
            octets.writeBytes(octet == '@' ? new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80} : new byte[] {octet});
        }
        assertThat(value(read(octets.toByteArray(), "utf-8"))).isEqualTo("a\ufffdb");
    }

    @ParameterizedTest
    @CsvSource({
        "http://x/?a=1&b=2,http://x/?a=1&b=2",
        "A&B;C,A&B;C",
        "&amp;&lt;&,&<&",
        "&nbsp;,&nbsp;",
        "R & D &#x41;,R & D A"
    })
    @Tag("CWMP-080")
    void a_bare_ampersand_is_text(String written, String value) throws Exception {
        assertThat(value(read(informOf(parameter("Device.A", written))))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\0\0\0\0", "\r\n\r\n", " trailing words", "<more/>"})
    @Tag("CWMP-080")
    void what_follows_the_envelope_is_ignored(String more) throws Exception {
        assertThat(value(read(MESSAGE + more))).isEqualTo("caf\u00e9");
    }

    @Test
    @Tag("CWMP-076")
    void of_two_envelopes_in_one_body_the_first_counts() throws Exception {
        assertThat(value(read(MESSAGE + informOf(parameter("Device.A", "second")))))
                .isEqualTo("caf\u00e9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a>\n<b></c></a>", "<a>\n<b></c>", "<a>\n<b x=1></b></a>"})
    void what_is_not_well_formed_is_told_with_its_line_and_column(String broken) {
        String told;
        try {
            told = String.join("; ", read(Odd.inform(broken)).remarks());
        } catch (MalformedEnvelopeException refused) {
            told = String.valueOf(refused.getMessage());
        }
        assertThat(told).containsPattern("at line 2, column \\d+").doesNotContain("row,col", "unknown-source");
    }

    @Test
    void a_message_that_was_cut_anywhere_is_refused_and_never_taken_for_a_whole_one() {
        for (int length = 1; length < MESSAGE.length(); length += 7) {
            String cut = MESSAGE.substring(0, length);
            assertThatThrownBy(() -> read(cut))
                    .as(cut)
                    .isInstanceOf(MalformedEnvelopeException.class)
                    .message()
                    .doesNotContain("row,col");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"not xml", "<html><body>no</body></html>", "{\"a\":1}", "<", "<?xml version=\"1.0\"?>"})
    void what_is_no_envelope_is_refused_with_one_line(String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(MalformedEnvelopeException.class)
                .satisfies(refused ->
                        assertThat(refused.getMessage()).doesNotContain("\n").hasSizeLessThan(400));
    }
}
