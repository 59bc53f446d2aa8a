package carillon.cwmp.codec;

import carillon.cwmp.message.WireStyle;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Attr;

/** The style of an envelope, from the elements of a SOAP document. */
final class SaajStyle {
    private static final String DECLARES = "xmlns:";

    private final boolean xmlDeclaration;
    private String envelope = "";
    private String encoding = "";
    private String method = "";
    private String namespace = "";

    SaajStyle(boolean xmlDeclaration) {
        this.xmlDeclaration = xmlDeclaration;
    }

    void root(SaajElement root) {
        declarations(root);
        envelope = root.prefix();
    }

    /** An element of CWMP: the method or the ID. */
    void cwmp(SaajElement element) {
        declarations(element);
        if (!element.namespace().isEmpty() && !element.namespace().equals(Namespaces.ENVELOPE)) {
            namespace = element.namespace();
            method = element.prefix();
        }
    }

    WireStyle style() {
        WireStyle usual = WireStyle.DEFAULT;
        String uri = namespace.isEmpty() || namespace.length() > 256 ? usual.namespace() : namespace;
        String first = usable(envelope, usual.envelopePrefix());
        String second = usable(encoding, usual.encodingPrefix());
        String third = usable(method, usual.methodPrefix());
        return Set.copyOf(List.of(first, second, third)).size() == 3
                ? new WireStyle(first, second, third, uri, xmlDeclaration)
                : new WireStyle(
                        usual.envelopePrefix(), usual.encodingPrefix(), usual.methodPrefix(), uri, xmlDeclaration);
    }

    private static String usable(String prefix, String usual) {
        return StyleSeen.usable(prefix) ? prefix : usual;
    }

    private void declarations(SaajElement element) {
        for (Attr attribute : element.attributes()) {
            String name = attribute.getName();
            boolean prefixed = name.startsWith(DECLARES);
            if (!prefixed && !name.equals("xmlns")) {
                continue;
            }
            String prefix = prefixed ? name.substring(DECLARES.length()) : "";
            String uri = attribute.getValue();
            if (uri.equals(Namespaces.ENCODING) && prefixed) {
                encoding = prefix;
            } else if (namespace.isEmpty() && uri.startsWith(Namespaces.CWMP)) {
                namespace = uri;
                method = prefix;
            }
        }
    }
}
