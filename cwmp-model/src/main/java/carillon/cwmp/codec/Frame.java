package carillon.cwmp.codec;

import carillon.cwmp.message.WireStyle;

/**
 * What surrounds a message, in the octets of one style, with the whole of the usual InformResponse: made once per style.
 */
final class Frame {
    private final String envelope;
    private final String method;
    private final byte[] start;
    private final byte[] idStart;
    private final byte[] idEnd;
    private final byte[] headerStart;
    private final byte[] headerEnd;
    private final byte[] bodyStart;
    private final byte[] end;
    private final byte[] informResponse;

    /** @throws IllegalArgumentException if the style's prefixes cannot be declared next to each other */
    Frame(WireStyle style) {
        this.envelope = style.envelopePrefix();
        this.method = style.methodPrefix();
        String encoding = style.encodingPrefix();
        check(envelope, "SOAP envelope");
        check(encoding, "SOAP encoding");
        check(method, "CWMP");
        if (envelope.equals(encoding) || envelope.equals(method) || encoding.equals(method)) {
            throw new IllegalArgumentException("the style uses the prefix '" + envelope + "', '" + encoding + "' or '"
                    + method + "' for two namespaces");
        }
        this.start = start(style);
        this.headerStart = XmlBytes.ascii("<" + envelope + ":Header>");
        this.headerEnd = XmlBytes.ascii("</" + envelope + ":Header>");
        this.idStart = XmlBytes.ascii("<" + method + ":ID " + envelope + ":mustUnderstand=\"1\">");
        this.idEnd = XmlBytes.ascii("</" + method + ":ID>");
        this.bodyStart = XmlBytes.ascii("<" + envelope + ":Body>");
        this.end = XmlBytes.ascii("</" + envelope + ":Body></" + envelope + ":Envelope>");
        this.informResponse = XmlBytes.ascii(
                "<" + method + ":InformResponse><MaxEnvelopes>1</MaxEnvelopes></" + method + ":InformResponse>");
    }

    void start(XmlBytes out) {
        out.raw(start);
    }

    void openHeader(XmlBytes out) {
        out.raw(headerStart);
    }

    void closeHeader(XmlBytes out) {
        out.raw(headerEnd);
    }

    void id(XmlBytes out, String id) {
        out.raw(idStart);
        out.text(id, "the ID header");
        out.raw(idEnd);
    }

    /** A header of CWMP other than the ID. */
    void header(XmlBytes out, String name, boolean mustUnderstand, String text) {
        out.raw("<" + method + ":" + name + " " + envelope + ":mustUnderstand=\"" + (mustUnderstand ? '1' : '0')
                + "\">");
        out.text(text, "the " + name + " header");
        out.raw("</" + method + ":" + name + ">");
    }

    void openBody(XmlBytes out) {
        out.raw(bodyStart);
    }

    /** The InformResponse that allows one envelope, which is what the standard asks for. */
    void informResponse(XmlBytes out) {
        out.raw(informResponse);
    }

    /** Opens or closes the SOAP Fault. */
    void fault(XmlBytes out, boolean open) {
        out.raw((open ? "<" : "</") + envelope + ":Fault>");
    }

    void end(XmlBytes out) {
        out.raw(end);
    }

    private static byte[] start(WireStyle style) {
        XmlBytes out = new XmlBytes(style.encodingPrefix(), style.methodPrefix(), 512);
        if (style.xmlDeclaration()) {
            out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        }
        out.raw("<" + style.envelopePrefix() + ":Envelope");
        declare(out, style.envelopePrefix(), Namespaces.ENVELOPE);
        declare(out, style.encodingPrefix(), Namespaces.ENCODING);
        declare(out, "xsd", Namespaces.SCHEMA);
        declare(out, "xsi", Namespaces.INSTANCE);
        declare(out, style.methodPrefix(), style.namespace());
        out.raw(">");
        return out.toByteArray();
    }

    private static void declare(XmlBytes out, String prefix, String namespace) {
        out.raw(" xmlns:" + prefix + "=\"");
        out.text(namespace, "the namespace of " + prefix);
        out.raw("\"");
    }

    private static void check(String prefix, String what) {
        if (!StyleSeen.usable(prefix)) {
            throw new IllegalArgumentException("'" + prefix + "' cannot be the prefix of the " + what
                    + " namespace; use a plain name other than xsd and xsi");
        }
    }
}
