package carillon.cwmp.codec;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.codec.EnvelopeReader.Peer;
import carillon.cwmp.codec.MalformedEnvelopeException.Kind;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.CpeMethod;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Reads the one envelope that a cursor walks through. Used once. */
final class EnvelopeParser {
    private static final String RESPONSE = "Response";
    private static final int LONGEST_ID = 4096;

    private final XmlCursor in;
    private final Peer from;
    private final StyleSeen style;

    @Nullable
    private String id;

    private boolean holdRequests;
    private Optional<Integer> sessionTimeout = Optional.empty();
    private List<String> supportedVersions = List.of();
    private Optional<CwmpVersion> useVersion = Optional.empty();

    @Nullable
    private CwmpMessage message;

    EnvelopeParser(XmlCursor in, Peer from, boolean xmlDeclaration) {
        this.in = in;
        this.from = from;
        this.style = new StyleSeen(xmlDeclaration);
    }

    Envelope parse() throws XMLStreamException, MalformedEnvelopeException {
        in.root();
        if (!in.name().equals("Envelope")) {
            throw new MalformedEnvelopeException(
                    Kind.NOT_SOAP,
                    "the root element is '" + Remarks.printable(in.name()) + "' and not a SOAP Envelope");
        }
        try {
            style.envelope(in);
            return content();
        } catch (MalformedEnvelopeException refused) {
            throw refused.seenIn(Optional.ofNullable(id), style.style());
        }
    }

    private Envelope content() throws XMLStreamException, MalformedEnvelopeException {
        while (in.nextChild()) {
            switch (in.name()) {
                case "Header" -> header();
                case "Body" -> body();
                default -> in.skip();
            }
        }
        if (message == null) {
            throw new MalformedEnvelopeException(Kind.NOT_SOAP, "the envelope has no Body");
        }
        in.finish();
        Envelope.Headers headers = new Envelope.Headers(holdRequests, sessionTimeout, supportedVersions, useVersion);
        return new Envelope(Optional.ofNullable(id), headers, style.style(), message);
    }

    private void header() throws XMLStreamException, MalformedEnvelopeException {
        String notUnderstood = null;
        while (in.nextChild()) {
            switch (in.name()) {
                case "ID" -> id();
                case "HoldRequests" -> holdRequests = Scalars.flag(in.text(), "HoldRequests", in.remarks());
                case "SessionTimeout", "sessionTimeout" -> sessionTimeout();
                case "SupportedCWMPVersions" -> supportedVersions = versions(in.text());
                case "UseCWMPVersion" -> useVersion = CwmpVersion.ofNumber(in.text());
                case "NoMoreRequests" -> in.skip();
                default -> {
                    if (notUnderstood == null && mustBeUnderstood()) {
                        notUnderstood = in.name();
                    }
                    in.skip();
                }
            }
        }
        if (notUnderstood != null) {
            throw new MalformedEnvelopeException(
                    Kind.MUST_UNDERSTAND,
                    "the header '" + Remarks.printable(notUnderstood) + "' must be understood and is not known");
        }
    }

    private void id() throws XMLStreamException, MalformedEnvelopeException {
        style.cwmp(in);
        String text = Scalars.withoutLayout(in.text());
        if (text.length() > LONGEST_ID) {
            throw new MalformedEnvelopeException(Kind.TOO_LARGE, "the ID is longer than " + LONGEST_ID + " characters");
        }
        id = text;
    }

    private void sessionTimeout() throws XMLStreamException, MalformedEnvelopeException {
        long seconds = Scalars.unsigned(in.text(), "SessionTimeout", in.remarks());
        sessionTimeout = seconds > 0 ? Optional.of((int) Math.min(Integer.MAX_VALUE, seconds)) : Optional.empty();
    }

    private static List<String> versions(String text) {
        List<String> versions = new ArrayList<>();
        for (String version : text.split(",", 33)) {
            if (!version.isBlank() && versions.size() < 32) {
                versions.add(version.strip());
            }
        }
        return versions;
    }

    private boolean mustBeUnderstood() {
        String mark = in.attribute("mustUnderstand").orElse("0").strip();
        String actor = in.attribute("actor").orElse("").strip();
        boolean forUs = actor.isEmpty() || actor.equals("http://schemas.xmlsoap.org/soap/actor/next");
        return forUs && (mark.equals("1") || mark.equalsIgnoreCase("true"));
    }

    private void body() throws XMLStreamException, MalformedEnvelopeException {
        CwmpMessage first = null;
        while (in.nextChild()) {
            if (first != null || message != null) {
                in.remarks().add("a second element in the Body was ignored: " + in.name());
                in.skip();
                continue;
            }
            String name = in.name();
            if (!name.equals("Fault")) {
                style.cwmp(in);
            }
            first = message(name);
        }
        if (first != null) {
            message = first;
        } else if (message == null) {
            in.remarks().add("the Body is empty");
            message = new Empty();
        }
    }

    private CwmpMessage message(String name) throws XMLStreamException, MalformedEnvelopeException {
        if (name.equals("Fault")) {
            return FaultReader.read(in.struct(), in.remarks());
        }
        Optional<? extends CwmpMessage> known =
                switch (from) {
                    case CPE -> fromCpe(name);
                    case ACS -> fromAcs(name);
                };
        if (known.isPresent()) {
            return known.get();
        }
        in.skip();
        return new CpeRequest.Unknown(name);
    }

    private Optional<? extends CwmpMessage> fromCpe(String name) throws XMLStreamException, MalformedEnvelopeException {
        Optional<CpeMethod> request = CpeMethod.of(name);
        if (request.isPresent()) {
            return Optional.of(CpeRequestReader.read(request.get(), in));
        }
        Optional<AcsMethod> answered = asked(name).flatMap(AcsMethod::of);
        return answered.isPresent() ? Optional.of(CpeResponseReader.read(answered.get(), in)) : Optional.empty();
    }

    private Optional<? extends CwmpMessage> fromAcs(String name) throws XMLStreamException, MalformedEnvelopeException {
        Optional<AcsMethod> request = AcsMethod.of(name);
        if (request.isPresent()) {
            return Optional.of(AcsRequestReader.read(request.get(), in));
        }
        Optional<CpeMethod> answered = asked(name).flatMap(CpeMethod::of);
        return answered.isPresent() ? AcsResponseReader.read(answered.get(), in.struct()) : Optional.empty();
    }

    private static Optional<String> asked(String name) {
        return name.endsWith(RESPONSE)
                ? Optional.of(name.substring(0, name.length() - RESPONSE.length()))
                : Optional.empty();
    }
}
