package carillon.cwmp.codec;

import carillon.cwmp.message.WireStyle;

/** Gathers the style of an envelope while it is read. */
final class StyleSeen {
    private final boolean xmlDeclaration;
    private String envelopePrefix = "";
    private String encodingPrefix = "";
    private String methodPrefix = "";
    private String namespace = "";

    StyleSeen(boolean xmlDeclaration) {
        this.xmlDeclaration = xmlDeclaration;
    }

    /** The cursor stands on the root element. */
    void envelope(XmlCursor in) {
        in.bindings(this::declared);
        envelopePrefix = in.prefix();
        if (!in.namespace().equals(Namespaces.ENVELOPE)) {
            in.remarks().add("the envelope's namespace is '" + in.namespace() + "'");
        }
    }

    /** The cursor stands on an element of CWMP: the method or a header. */
    void cwmp(XmlCursor in) {
        in.bindings(this::declared);
        String uri = in.namespace();
        if (!uri.isEmpty() && !uri.equals(Namespaces.ENVELOPE)) {
            namespace = uri;
            methodPrefix = in.prefix();
        } else if (uri.isEmpty() && !in.prefix().isEmpty()) {
            in.remarks().add("the prefix '" + in.prefix() + "' is not declared");
            methodPrefix = in.prefix();
        }
    }

    /** What was seen, with the usual prefixes where there were none or none that can be used again. */
    WireStyle style() {
        WireStyle usual = WireStyle.DEFAULT;
        String uri = namespace.isEmpty() || namespace.length() > 256 ? usual.namespace() : namespace;
        String envelope = usable(envelopePrefix) ? envelopePrefix : usual.envelopePrefix();
        String encoding = usable(encodingPrefix) ? encodingPrefix : usual.encodingPrefix();
        String method = usable(methodPrefix) ? methodPrefix : usual.methodPrefix();
        boolean distinct = !envelope.equals(encoding) && !envelope.equals(method) && !encoding.equals(method);
        return distinct
                ? new WireStyle(envelope, encoding, method, uri, xmlDeclaration)
                : new WireStyle(
                        usual.envelopePrefix(), usual.encodingPrefix(), usual.methodPrefix(), uri, xmlDeclaration);
    }

    /** Whether a prefix can be declared by ourselves: a plain name that neither XML nor our own types use. */
    static boolean usable(String prefix) {
        return prefix.length() <= 32 && isPlainName(prefix) && !prefix.equals("xsd") && !prefix.equals("xsi");
    }

    /** Whether a text is an ASCII name without colon that XML has not reserved. */
    static boolean isPlainName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_';
            if (!letter && (i == 0 || !(c >= '0' && c <= '9' || c == '-' || c == '.'))) {
                return false;
            }
        }
        return !name.isEmpty() && !name.regionMatches(true, 0, "xml", 0, 3);
    }

    private void declared(String prefix, String uri) {
        if (uri.equals(Namespaces.ENCODING) && !prefix.isEmpty()) {
            encodingPrefix = prefix;
        } else if (namespace.isEmpty() && uri.startsWith(Namespaces.CWMP)) {
            namespace = uri;
            methodPrefix = prefix;
        }
    }
}
