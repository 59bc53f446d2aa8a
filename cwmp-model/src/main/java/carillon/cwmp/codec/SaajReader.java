package carillon.cwmp.codec;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.Fault;
import carillon.cwmp.codec.EnvelopeReader.Peer;
import carillon.cwmp.codec.MalformedEnvelopeException.Kind;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.CpeMethod;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.FaultMessage;
import carillon.cwmp.message.WireStyle;
import jakarta.xml.soap.MessageFactory;
import jakarta.xml.soap.MimeHeaders;
import jakarta.xml.soap.SOAPConstants;
import jakarta.xml.soap.SOAPException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The reference that {@link EnvelopeReader} is held to: reads an envelope by SAAJ, as a document in memory. Slow, and
 * never on the way of a phone's message. Takes well-formed SOAP 1.1 in UTF-8 alone, without processing instructions, and
 * repairs nothing; what it does take the streaming reader must read as the same record. Use it from one thread.
 */
public final class SaajReader {
    private static final int LONGEST_ID = 4096;
    private static final String NEXT_ACTOR = "http://schemas.xmlsoap.org/soap/actor/next";

    private final XMLInputFactory scanners = closed();
    private final MessageFactory messages = messages();
    private final CodecLimits limits;
    private final Peer from;

    /** @param limits of which length and depth are kept to; the length bounds the rest */
    public SaajReader(CodecLimits limits, Peer from) {
        this.limits = limits;
        this.from = from;
    }

    /**
     * Reads one envelope; a body of blanks is an {@link Empty} message.
     *
     * @param body the whole envelope, in UTF-8
     * @throws MalformedEnvelopeException if it is too large or too deep, has a DOCTYPE, or is no SOAP 1.1
     */
    public Envelope read(byte[] body) throws MalformedEnvelopeException {
        if (body.length > limits.bytes()) {
            throw new MalformedEnvelopeException(
                    Kind.TOO_LARGE, "the body has " + body.length + " octets, more than " + limits.bytes());
        }
        String start = new String(body, 0, Math.min(body.length, 8), StandardCharsets.UTF_8);
        if (start.isBlank() && new String(body, StandardCharsets.UTF_8).isBlank()) {
            return Envelope.of(Optional.empty(), WireStyle.DEFAULT, new Empty());
        }
        scan(body);
        SaajStyle style = new SaajStyle(start.replace("\ufeff", "").startsWith("<?xml"));
        return new Reading(style).envelope(root(body));
    }

    /** SAAJ builds documents by recursion and parses before it can be asked anything, so it is shown nothing but this. */
    private void scan(byte[] body) throws MalformedEnvelopeException {
        try {
            XMLStreamReader in = scanners.createXMLStreamReader(new ByteArrayInputStream(body), "UTF-8");
            int depth = 0;
            while (in.hasNext()) {
                switch (in.next()) {
                    case XMLStreamConstants.DTD ->
                        throw new MalformedEnvelopeException(Kind.FORBIDDEN_DTD, "the body has a DOCTYPE");
                    case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                        throw new MalformedEnvelopeException(
                                Kind.NOT_SOAP, "the body has a processing instruction, which SOAP forbids");
                    case XMLStreamConstants.START_ELEMENT -> opened(in, ++depth);
                    case XMLStreamConstants.END_ELEMENT -> depth--;
                    default -> {}
                }
            }
            in.close();
        } catch (XMLStreamException broken) {
            throw new MalformedEnvelopeException(
                    Kind.NOT_XML, "not well-formed XML: " + Remarks.printable(String.valueOf(broken.getMessage())));
        }
    }

    private void opened(XMLStreamReader in, int depth) throws MalformedEnvelopeException {
        if (depth == 1 && !(in.getLocalName().equals("Envelope") && Namespaces.ENVELOPE.equals(in.getNamespaceURI()))) {
            throw new MalformedEnvelopeException(Kind.NOT_SOAP, "the root element is not an Envelope of SOAP 1.1");
        }
        if (depth > limits.depth()) {
            throw new MalformedEnvelopeException(
                    Kind.TOO_LARGE, "elements are nested more than " + limits.depth() + " deep");
        }
    }

    private SaajElement root(byte[] body) throws MalformedEnvelopeException {
        try {
            MimeHeaders headers = new MimeHeaders();
            headers.addHeader("Content-Type", "text/xml; charset=utf-8");
            return new SaajElement(messages.createMessage(headers, new ByteArrayInputStream(body))
                    .getSOAPPart()
                    .getEnvelope());
        } catch (SOAPException | IOException refused) {
            throw new MalformedEnvelopeException(
                    Kind.NOT_SOAP, "no SOAP 1.1: " + Remarks.printable(String.valueOf(refused.getMessage())));
        }
    }

    /** What is known of one envelope while its document is walked through. */
    private final class Reading {
        private final SaajStyle style;

        @Nullable
        private String id;

        private boolean holdRequests;
        private Optional<Integer> sessionTimeout = Optional.empty();
        private List<String> supportedVersions = List.of();
        private Optional<CwmpVersion> useVersion = Optional.empty();

        @Nullable
        private CwmpMessage message;

        Reading(SaajStyle style) {
            this.style = style;
        }

        Envelope envelope(SaajElement root) throws MalformedEnvelopeException {
            style.root(root);
            for (SaajElement part : root.children()) {
                if (part.name().equals("Header")) {
                    header(part);
                } else if (part.name().equals("Body") && message == null) {
                    message = body(part);
                }
            }
            if (message == null) {
                throw new MalformedEnvelopeException(Kind.NOT_SOAP, "the envelope has no Body");
            }
            Envelope.Headers headers =
                    new Envelope.Headers(holdRequests, sessionTimeout, supportedVersions, useVersion);
            return new Envelope(Optional.ofNullable(id), headers, style.style(), message);
        }

        private void header(SaajElement header) throws MalformedEnvelopeException {
            for (SaajElement block : header.children()) {
                switch (block.name()) {
                    case "ID" -> id(block);
                    case "HoldRequests" -> holdRequests = block.flag();
                    case "SessionTimeout", "sessionTimeout" ->
                        sessionTimeout = Optional.of((int) Math.min(Integer.MAX_VALUE, block.number()))
                                .filter(seconds -> seconds > 0);
                    case "SupportedCWMPVersions" ->
                        supportedVersions = Arrays.stream(block.text().split(",", 33))
                                .filter(version -> !version.isBlank())
                                .map(String::strip)
                                .limit(32)
                                .toList();
                    case "UseCWMPVersion" -> useVersion = CwmpVersion.ofNumber(block.text());
                    // Nothing is kept of it: what it says is said by the empty message as well.
                    case "NoMoreRequests" -> {}
                    default -> strange(block);
                }
            }
        }

        private void id(SaajElement block) throws MalformedEnvelopeException {
            style.cwmp(block);
            String text = block.key();
            if (text.length() > LONGEST_ID) {
                throw new MalformedEnvelopeException(
                        Kind.TOO_LARGE, "the ID is longer than " + LONGEST_ID + " characters");
            }
            id = text;
        }

        private void strange(SaajElement block) throws MalformedEnvelopeException {
            String mark = block.attribute("mustUnderstand").orElse("").strip();
            String actor = block.attribute("actor").orElse("").strip();
            if ((mark.equals("1") || mark.equalsIgnoreCase("true")) && (actor.isEmpty() || actor.equals(NEXT_ACTOR))) {
                throw new MalformedEnvelopeException(
                        Kind.MUST_UNDERSTAND,
                        "the header '" + Remarks.printable(block.name()) + "' must be understood and is not known");
            }
        }

        private CwmpMessage body(SaajElement body) throws MalformedEnvelopeException {
            List<SaajElement> children = body.children();
            if (children.isEmpty()) {
                return new Empty();
            }
            SaajElement first = children.get(0);
            if (first.name().equals("Fault")) {
                return fault(first);
            }
            style.cwmp(first);
            Optional<? extends CwmpMessage> known =
                    switch (from) {
                        case CPE -> fromCpe(first);
                        case ACS -> fromAcs(first);
                    };
            return known.isPresent() ? known.get() : new CpeRequest.Unknown(first.name());
        }
    }

    private static Optional<? extends CwmpMessage> fromCpe(SaajElement in) throws MalformedEnvelopeException {
        Optional<CpeMethod> request = CpeMethod.of(in.name());
        if (request.isPresent()) {
            return Optional.of(SaajCpeMessages.request(request.get(), in));
        }
        return answered(in).flatMap(AcsMethod::of).map(method -> SaajCpeMessages.response(method, in));
    }

    private static Optional<? extends CwmpMessage> fromAcs(SaajElement in) {
        Optional<AcsMethod> request = AcsMethod.of(in.name());
        if (request.isPresent()) {
            return Optional.of(SaajAcsMessages.request(request.get(), in));
        }
        return answered(in).flatMap(CpeMethod::of).flatMap(method -> SaajAcsMessages.response(method, in));
    }

    private static Optional<String> answered(SaajElement in) {
        String name = in.name();
        int end = name.lastIndexOf("Response");
        return end >= 0 && name.endsWith("Response") ? Optional.of(name.substring(0, end)) : Optional.empty();
    }

    private static FaultMessage fault(SaajElement soap) {
        String said = soap.text("faultstring").isEmpty() ? soap.text("faultcode") : soap.text("faultstring");
        Optional<SaajElement> detail = soap.first("detail").or(() -> soap.first("Detail"));
        Optional<SaajElement> cwmp = detail.flatMap(found -> found.first("Fault"))
                .or(() -> detail.filter(found -> found.first("FaultCode").isPresent()));
        return new FaultMessage(cwmp.map(found -> new Fault(
                        found.code(),
                        found.first("FaultString").map(SaajElement::text).orElse(said),
                        found.all("SetParameterValuesFault").stream()
                                .map(entry -> new Fault.ParameterFault(
                                        entry.word("ParameterName"), entry.code(), entry.text("FaultString")))
                                .toList()))
                .orElse(new Fault(0, said, List.of())));
    }

    private static XMLInputFactory closed() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    private static MessageFactory messages() {
        try {
            return MessageFactory.newInstance(SOAPConstants.SOAP_1_1_PROTOCOL);
        } catch (SOAPException missing) {
            throw new IllegalStateException("there is no SAAJ for SOAP 1.1", missing);
        }
    }
}
