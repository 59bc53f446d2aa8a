package carillon.cwmp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.codec.EnvelopeReader.Peer;
import carillon.cwmp.codec.MalformedEnvelopeException.Kind;
import carillon.cwmp.codec.WireFiles.WireFile;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.WireStyle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The streaming codec is held to SAAJ: the same octets in, the same record out. */
class SaajDifferentialTest {
    private static final Pattern TEXT = Pattern.compile(">([^<>]*\\S[^<>]*)</");
    private static final String[] ODD = {
        "",
        " 1 ",
        "TRUE",
        "0010",
        "2x",
        "-3",
        "- 7",
        "99999999999",
        "\n  k \t",
        "  k  ",
        "   ",
        " \n ",
        ".a",
        "a b",
        "<b>in</b>t",
        "4<!-- 5 -->6",
        "<![CDATA[<c> ]]>",
        "&#13;\u00e9&amp;&#x1F600;",
        "9005 x",
        "a,, b ,1.4"
    };

    private final EnvelopeWriter writer = new EnvelopeWriter();

    static List<WireFile> files() {
        return WireFiles.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_wire_file_is_the_same_record_by_both(WireFile file) throws Exception {
        assertThat(streamed(file.from(), file.octets())).isEqualTo(byDocument(file.from(), file.octets()));
    }

    @ParameterizedTest
    @EnumSource
    void what_is_written_of_every_kind_of_message_is_read_as_the_same_record_by_both(CwmpVersion version)
            throws Exception {
        List<WireStyle> styles = List.of(
                WireStyle.of(version),
                new WireStyle("soapenv", "enc", "m", version.namespace(), true),
                new WireStyle("s", "e", "c", "urn:dslforum-org:cwmp-1-9", false));
        GeneratedMessages generated =
                new GeneratedMessages(4711 + version.number().charAt(2));
        assertThat(GeneratedMessages.kinds()).hasSizeGreaterThan(50);
        for (Class<?> kind : GeneratedMessages.kinds()) {
            for (WireStyle style : styles) {
                CwmpMessage message = generated.of(kind);
                Envelope envelope =
                        new Envelope(Optional.of("i" + generated.text() + "d"), headers(version), style, message);
                byte[] octets = writer.write(envelope);
                Peer from = GeneratedMessages.sender(message);
                assertThat(byDocument(from, octets)).as("by SAAJ").isEqualTo(envelope);
                assertThat(streamed(from, octets)).as("by streaming").isEqualTo(envelope);
            }
        }
    }

    private static Envelope.Headers headers(CwmpVersion version) {
        return version == CwmpVersion.V1_4
                ? new Envelope.Headers(true, Optional.of(30), List.of("1.0", "1.4"), Optional.of(version))
                : Envelope.Headers.NONE;
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_wire_file_with_odd_texts_in_it_is_the_same_record_or_refused_for_the_same_reason(WireFile file) {
        String plain = new String(file.octets(), StandardCharsets.UTF_8);
        Random random = new Random(file.name().hashCode());
        for (int i = 0; i < 5; i++) {
            byte[] odd = withOddTexts(plain, random).getBytes(StandardCharsets.UTF_8);
            assertThat(outcome(() -> streamed(file.from(), odd)))
                    .as(() -> new String(odd, StandardCharsets.UTF_8))
                    .isEqualTo(outcome(() -> byDocument(file.from(), odd)));
        }
    }

    private static String withOddTexts(String plain, Random random) {
        return TEXT.matcher(plain)
                .replaceAll(found -> Matcher.quoteReplacement(
                        random.nextInt(3) == 0 ? ">" + ODD[random.nextInt(ODD.length)] + "</" : found.group()));
    }

    @ParameterizedTest
    @MethodSource("files")
    void messages_that_differ_in_one_text_are_never_the_same_record(WireFile file) throws Exception {
        String plain = new String(file.octets(), StandardCharsets.UTF_8);
        String changed = plain.replaceFirst("(<[a-zA-Z]+:ID [^>]*>)", "$17");
        assertThat(changed).isNotEqualTo(plain);
        assertThat(streamed(file.from(), file.octets()))
                .isNotEqualTo(byDocument(file.from(), changed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void two_generated_messages_of_one_kind_are_told_apart_across_the_readers() throws Exception {
        List<Class<?>> toldApart = new ArrayList<>();
        for (Class<?> kind : GeneratedMessages.kinds()) {
            CwmpMessage one = new GeneratedMessages(1).of(kind);
            CwmpMessage other = new GeneratedMessages(2).of(kind);
            if (one.equals(other)) {
                continue;
            }
            Peer from = GeneratedMessages.sender(one);
            assertThat(streamed(from, written(one))).isNotEqualTo(byDocument(from, written(other)));
            toldApart.add(kind);
        }
        assertThat(toldApart).hasSizeGreaterThan(25);
    }

    @Test
    void the_reference_refuses_what_saaj_must_not_see() {
        refused(Kind.FORBIDDEN_DTD, "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>" + Odd.inform("&e;"));
        refused(Kind.TOO_LARGE, Odd.inform("<a>".repeat(100_000) + "</a>".repeat(100_000)));
        refused(Kind.NOT_SOAP, "<a/>");
        refused(Kind.NOT_SOAP, Odd.inform("<?p i?>"));
        refused(Kind.NOT_XML, Odd.inform("<a>"));
        refused(Kind.TOO_LARGE, " ".repeat(CodecLimits.DEFAULT.bytes() + 1));
    }

    private static void refused(Kind kind, String text) {
        assertThatThrownBy(() -> byDocument(Peer.CPE, text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(MalformedEnvelopeException.class, refusal -> assertThat(refusal.kind())
                        .isEqualTo(kind));
    }

    @Test
    void blanks_and_an_empty_body_are_empty_messages_for_both() throws Exception {
        for (String text : List.of("", " \r\n", Odd.envelope(""))) {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            Envelope envelope = byDocument(Peer.CPE, octets);
            assertThat(envelope.message()).isEqualTo(new Empty());
            assertThat(streamed(Peer.CPE, octets)).isEqualTo(envelope);
        }
    }

    private interface Reading {
        Envelope read() throws MalformedEnvelopeException;
    }

    /** The envelope, or the kind of the refusal. */
    private static Object outcome(Reading reading) {
        try {
            return reading.read();
        } catch (MalformedEnvelopeException refused) {
            return refused.kind();
        }
    }

    private byte[] written(CwmpMessage message) {
        return writer.write(Envelope.of(Optional.of("1"), WireStyle.DEFAULT, message));
    }

    private static Envelope streamed(Peer from, byte[] octets) throws MalformedEnvelopeException {
        return new EnvelopeReader(CodecLimits.DEFAULT, from)
                .read(octets, octets.length, "utf-8")
                .envelope();
    }

    private static Envelope byDocument(Peer from, byte[] octets) throws MalformedEnvelopeException {
        return new SaajReader(CodecLimits.DEFAULT, from).read(octets);
    }
}
