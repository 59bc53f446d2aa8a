package carillon.cwmp.codec;

import carillon.cwmp.codec.MalformedEnvelopeException.Kind;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.WireStyle;
import com.ctc.wstx.stax.WstxInputFactory;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.io.Stax2ByteArraySource;
import org.codehaus.stax2.io.Stax2CharArraySource;
import org.jspecify.annotations.Nullable;

/** Reads envelopes: a strict streaming pass, and where that fails one lax pass with repairs. Thread-safe. */
public final class EnvelopeReader {
    private static final InputFactoryImpl STRICT = closed(new InputFactoryImpl());
    private static final WstxInputFactory LAX = lax();

    /** How the parsers tell where they are. */
    private static final Pattern PLACE = Pattern.compile(
            "(?:\\s*at |ParseError at )\\[row,col(?: \\{[^}]*})?]:\\s*\\[(\\d+),(\\d+)](?:\\s*Message: )?");

    private final CodecLimits limits;
    private final Peer from;

    /**
     * An envelope and what had to be tolerated to read it; one short line each, empty as a rule.
     */
    public record Read(Envelope envelope, List<String> remarks) {
        public Read {
            remarks = List.copyOf(remarks);
        }
    }

    /** Who wrote what is read. GetRPCMethods and its response look alike from either side. */
    public enum Peer {
        /**
         * Requests are {@link carillon.cwmp.message.CpeRequest}s, responses
         * {@link carillon.cwmp.message.CpeResponse}s.
         */
        CPE,
        /**
         * Requests are {@link carillon.cwmp.message.AcsRequest}s, responses
         * {@link carillon.cwmp.message.AcsResponse}s.
         */
        ACS
    }

    public EnvelopeReader(CodecLimits limits, Peer from) {
        this.limits = limits;
        this.from = from;
    }

    /**
     * Reads one envelope. A body without octets (or only blanks) is an {@link carillon.cwmp.message.Empty} message. A
     * method that is not known, from either side, is a {@link carillon.cwmp.message.CpeRequest.Unknown}.
     *
     * @param charset from the Content-Type, null where there was none
     * @throws MalformedEnvelopeException if it cannot be understood
     */
    public Read read(byte[] body, int length, @Nullable String charset) throws MalformedEnvelopeException {
        if (length > limits.bytes()) {
            throw new MalformedEnvelopeException(
                    Kind.TOO_LARGE, "the body has " + length + " octets, more than " + limits.bytes());
        }
        Remarks remarks = new Remarks();
        Octets octets = new Octets(body, length, charset);
        if (octets.isBlank()) {
            if (octets.hasNul()) {
                remarks.add("a body of NUL octets was taken as empty");
            }
            return new Read(Envelope.of(Optional.empty(), WireStyle.DEFAULT, new Empty()), remarks.list());
        }
        try {
            Envelope envelope = parse(strict(octets, remarks), remarks, true, octets.hasDeclaration());
            return new Read(envelope, remarks.list());
        } catch (XMLStreamException broken) {
            return lax(octets, broken);
        }
    }

    private Read lax(Octets octets, XMLStreamException broken) throws MalformedEnvelopeException {
        Remarks remarks = new Remarks();
        remarks.add("not well-formed: " + reason(broken));
        Repair repair = new Repair(octets.decode(remarks), remarks);
        if (!repair.isWhole()) {
            throw new MalformedEnvelopeException(Kind.NOT_XML, repair.whatIsMissing() + "; " + reason(broken));
        }
        try {
            char[] text = repair.text();
            XMLStreamReader in = LAX.createXMLStreamReader(new Stax2CharArraySource(text, 0, text.length));
            return new Read(parse(in, remarks, false, repair.hasDeclaration()), remarks.list());
        } catch (XMLStreamException stillBroken) {
            throw new MalformedEnvelopeException(Kind.NOT_XML, "not well-formed XML: " + reason(broken));
        }
    }

    /** The events of a well-formed body as its parser reads them, with nothing made of them: what the trial compares with. */
    static int barePass(byte[] body) throws XMLStreamException {
        XMLStreamReader in = STRICT.createXMLStreamReader(new Stax2ByteArraySource(body, 0, body.length));
        int events = 0;
        while (in.hasNext()) {
            in.next();
            events++;
        }
        in.close();
        return events;
    }

    private static XMLStreamReader strict(Octets octets, Remarks remarks)
            throws XMLStreamException, MalformedEnvelopeException {
        try {
            char[] text = octets.textInLabelledCharset(remarks);
            if (text == null) {
                Attributes.check(octets.body(), octets.start(), octets.length());
            } else {
                Attributes.check(text);
            }
            return text == null
                    ? STRICT.createXMLStreamReader(
                            new Stax2ByteArraySource(octets.body(), octets.start(), octets.length()))
                    : STRICT.createXMLStreamReader(new Stax2CharArraySource(text, 0, text.length));
        } catch (RuntimeException failure) {
            throw new XMLStreamException(failure.toString(), failure);
        }
    }

    private Envelope parse(XMLStreamReader xml, Remarks remarks, boolean namespaces, boolean declaration)
            throws XMLStreamException, MalformedEnvelopeException {
        XmlCursor in = new XmlCursor(xml, limits, remarks, namespaces);
        try {
            return new EnvelopeParser(in, from, declaration).parse();
        } finally {
            in.close();
        }
    }

    /** The parser's complaint as one short line, with its place. */
    private static String reason(XMLStreamException broken) {
        String message = String.valueOf(broken.getMessage());
        Matcher place = PLACE.matcher(message);
        if (!place.find()) {
            return Remarks.printable(message.replace('\n', ' '));
        }
        String what = (message.substring(0, place.start()) + message.substring(place.end())).strip();
        return Remarks.printable(what.replace('\n', ' ').replaceFirst("\\.$", "") + " at line " + place.group(1)
                + ", column " + place.group(2));
    }

    private static <F extends XMLInputFactory> F closed(F factory) {
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    private static WstxInputFactory lax() {
        WstxInputFactory factory = closed(new WstxInputFactory());
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        return factory;
    }
}
