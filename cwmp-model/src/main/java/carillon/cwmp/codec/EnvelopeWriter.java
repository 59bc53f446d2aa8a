package carillon.cwmp.codec;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.FaultMessage;
import carillon.cwmp.message.WireStyle;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes envelopes as UTF-8, valid against the schema of their namespace, in the style they carry. Thread-safe.
 *
 * <p>The form is the one that no client that was measured stumbles over: all namespaces on the Envelope, double quotes,
 * booleans as 0 and 1, exact counts in arrayType, xsi:type on values only, no comments, no CDATA, no indentation.
 */
public final class EnvelopeWriter {
    /** Styles are what devices chose, so there is an end to how many are kept. */
    private static final int FRAMES_KEPT = 64;

    private final Map<WireStyle, Frame> frames = new ConcurrentHashMap<>();

    /**
     * The envelope's octets. An Empty message has none.
     *
     * @throws IllegalArgumentException if a text holds a character that XML forbids, or the style's prefixes cannot be
     *     used; the message names the place
     */
    public byte[] write(Envelope envelope) {
        if (envelope.message() instanceof Empty) {
            return new byte[0];
        }
        WireStyle style = envelope.style();
        Frame frame = frame(style);
        XmlBytes out = new XmlBytes(style.encodingPrefix(), style.methodPrefix(), expected(envelope.message()));
        frame.start(out);
        headers(envelope.id(), envelope.headers(), frame, out);
        frame.openBody(out);
        message(envelope.message(), frame, out);
        frame.end(out);
        return out.toByteArray();
    }

    /**
     * SOAP's own fault for a header that is not known and must be (SOAP 1.1, 4.4.1): it carries no CWMP detail, since that
     * would speak of the body.
     */
    public byte[] mustUnderstand(Optional<String> id, WireStyle style, String text) {
        Frame frame = frame(style);
        XmlBytes out = new XmlBytes(style.encodingPrefix(), style.methodPrefix(), 1024);
        frame.start(out);
        headers(id, Envelope.Headers.NONE, frame, out);
        frame.openBody(out);
        frame.fault(out, true);
        out.leaf("faultcode", style.envelopePrefix() + ":MustUnderstand");
        out.leaf("faultstring", text);
        frame.fault(out, false);
        frame.end(out);
        return out.toByteArray();
    }

    private Frame frame(WireStyle style) {
        Frame known = frames.get(style);
        if (known != null) {
            return known;
        }
        Frame made = new Frame(style);
        if (frames.size() < FRAMES_KEPT) {
            frames.put(style, made);
        }
        return made;
    }

    private static void headers(Optional<String> id, Envelope.Headers headers, Frame frame, XmlBytes out) {
        if (id.isEmpty() && headers.equals(Envelope.Headers.NONE)) {
            return;
        }
        frame.openHeader(out);
        id.ifPresent(text -> frame.id(out, text));
        if (headers.holdRequests()) {
            frame.header(out, "HoldRequests", true, "1");
        }
        headers.sessionTimeoutSeconds()
                .ifPresent(seconds -> frame.header(out, "SessionTimeout", false, Integer.toString(seconds)));
        if (!headers.supportedVersions().isEmpty()) {
            frame.header(out, "SupportedCWMPVersions", false, String.join(",", headers.supportedVersions()));
        }
        headers.useVersion()
                .map(CwmpVersion::number)
                .ifPresent(number -> frame.header(out, "UseCWMPVersion", true, number));
        frame.closeHeader(out);
    }

    private static void message(CwmpMessage message, Frame frame, XmlBytes out) {
        if (message instanceof AcsResponse response) {
            AcsResponseWriter.write(response, frame, out);
        } else if (message instanceof AcsRequest request) {
            AcsRequestWriter.write(request, out);
        } else if (message instanceof CpeRequest request) {
            CpeRequestWriter.write(request, out);
        } else if (message instanceof CpeResponse response) {
            CpeResponseWriter.write(response, out);
        } else if (message instanceof FaultMessage fault) {
            FaultWriter.write(fault.fault(), frame, out);
        }
    }

    private static int expected(CwmpMessage message) {
        if (message instanceof CpeRequest.Inform inform) {
            return 1500 + 170 * inform.parameters().size();
        }
        if (message instanceof CpeResponse.GetParameterValuesResponse values) {
            return 1024 + 170 * values.values().size();
        }
        if (message instanceof CpeResponse.GetParameterNamesResponse names) {
            return 1024 + 150 * names.parameters().size();
        }
        return 1024;
    }
}
