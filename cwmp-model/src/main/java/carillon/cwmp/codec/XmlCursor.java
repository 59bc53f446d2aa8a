package carillon.cwmp.codec;

import carillon.cwmp.ParameterType;
import carillon.cwmp.codec.MalformedEnvelopeException.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Walks through an envelope element by element, by local names, and keeps to the limits. After {@link #nextChild()} said
 * yes the child must be consumed: by {@link #text()}, by {@link #skip()}, or by asking for its own children until there
 * are no more.
 */
final class XmlCursor {
    private static final Map<String, ParameterType> USUAL_TYPES = usualTypes();

    private final XMLStreamReader in;
    private final CodecLimits limits;
    private final Remarks remarks;
    /** Prefixes seen so far, where the parser does not resolve them itself; null where it does. */
    @Nullable
    private final Map<String, String> bindings;

    private int depth;
    private int entries;

    /** @param namespaces whether the parser resolves prefixes */
    XmlCursor(XMLStreamReader in, CodecLimits limits, Remarks remarks, boolean namespaces) {
        this.in = in;
        this.limits = limits;
        this.remarks = remarks;
        this.bindings = namespaces ? null : new HashMap<>();
    }

    Remarks remarks() {
        return remarks;
    }

    /** Moves to the root element. */
    void root() throws XMLStreamException, MalformedEnvelopeException {
        int event = next();
        while (event != XMLStreamConstants.START_ELEMENT) {
            event = next();
        }
        opened();
    }

    /** Moves to the next child of the element that was opened last and is not closed yet; false when it closes. */
    boolean nextChild() throws XMLStreamException, MalformedEnvelopeException {
        while (true) {
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    opened();
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    return false;
                }
                default -> {}
            }
        }
    }

    /** Counts one more entry of a list; all lists of an envelope together have one limit. */
    void countEntry() throws MalformedEnvelopeException {
        if (++entries > limits.listEntries()) {
            throw new MalformedEnvelopeException(
                    Kind.TOO_LARGE, "the lists of the message hold more than " + limits.listEntries() + " entries");
        }
    }

    /** The local name of the element. */
    String name() {
        String name = in.getLocalName();
        return bindings == null ? name : local(name);
    }

    /** The element's prefix, empty where it has none. */
    String prefix() {
        if (bindings != null) {
            return prefixOf(in.getLocalName());
        }
        String prefix = in.getPrefix();
        return prefix == null ? "" : prefix;
    }

    /** The element's namespace, empty where it has none or its prefix is not declared. */
    String namespace() {
        if (bindings != null) {
            return bindings.getOrDefault(prefix(), "");
        }
        String uri = in.getNamespaceURI();
        return uri == null ? "" : uri;
    }

    /** Told of every declaration of a namespace. */
    interface Binding {
        void declared(String prefix, String namespace);
    }

    /** The namespace declarations that stand on this element. */
    void bindings(Binding each) {
        if (bindings == null) {
            for (int i = 0; i < in.getNamespaceCount(); i++) {
                String prefix = in.getNamespacePrefix(i);
                String uri = in.getNamespaceURI(i);
                each.declared(prefix == null ? "" : prefix, uri == null ? "" : uri);
            }
            return;
        }
        for (int i = 0; i < in.getAttributeCount(); i++) {
            String name = in.getAttributeLocalName(i);
            if (name.equals("xmlns") || name.startsWith("xmlns:")) {
                String prefix = name.length() > 6 ? name.substring(6) : "";
                bindings.put(prefix, in.getAttributeValue(i));
                each.declared(prefix, in.getAttributeValue(i));
            }
        }
    }

    /** An attribute's value by the local name of the attribute, whatever its namespace. */
    Optional<String> attribute(String local) {
        for (int i = 0; i < in.getAttributeCount(); i++) {
            String name = in.getAttributeLocalName(i);
            if ((bindings == null ? name : local(name)).equals(local)) {
                return Optional.of(in.getAttributeValue(i));
            }
        }
        return Optional.empty();
    }

    /** The type that xsi:type names; text where there is none or one that is not known. */
    ParameterType valueType() {
        for (int i = 0; i < in.getAttributeCount(); i++) {
            String name = in.getAttributeLocalName(i);
            if ((bindings == null ? name : local(name)).equals("type")) {
                String text = in.getAttributeValue(i);
                ParameterType usual = USUAL_TYPES.get(text);
                return usual != null ? usual : unusualType(text);
            }
        }
        remarks.add("a Value without xsi:type was taken as text");
        return ParameterType.STRING;
    }

    private ParameterType unusualType(String text) {
        Optional<ParameterType> type = ParameterType.of(text);
        remarks.add("the type '" + text + "' was taken as "
                + type.orElse(ParameterType.STRING).text());
        return type.orElse(ParameterType.STRING);
    }

    /** The whole text of the element, which is closed then; elements inside are passed over. */
    String text() throws XMLStreamException, MalformedEnvelopeException {
        String first = "";
        StringBuilder more = null;
        while (true) {
            switch (next()) {
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    String piece = piece();
                    if (first.isEmpty()) {
                        checkLength(piece.length());
                        first = piece;
                    } else {
                        if (more == null) {
                            more = new StringBuilder(first);
                        }
                        checkLength(more.length() + piece.length());
                        more.append(piece);
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    return more == null ? first : more.toString();
                }
                case XMLStreamConstants.START_ELEMENT -> {
                    opened();
                    remarks.add("an element '" + name() + "' inside a text was passed over");
                    skip();
                }
                default -> {}
            }
        }
    }

    /** Passes over the element and all in it. */
    void skip() throws XMLStreamException, MalformedEnvelopeException {
        int outside = depth - 1;
        while (depth > outside) {
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT -> opened();
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {}
            }
        }
    }

    /** Reads an element with its children into memory: for messages that are small by nature. */
    Struct struct() throws XMLStreamException, MalformedEnvelopeException {
        countEntry();
        Struct struct =
                new Struct(name(), attribute("type").map(XmlCursor::local).orElse(""), remarks);
        StringBuilder text = new StringBuilder();
        while (true) {
            switch (next()) {
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    text.append(piece());
                    checkLength(text.length());
                }
                case XMLStreamConstants.START_ELEMENT -> {
                    opened();
                    struct.add(struct());
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    struct.say(text.toString());
                    return struct;
                }
                default -> {}
            }
        }
    }

    /** Reads what follows the root element; says so where that is more than blanks. */
    void finish() {
        try {
            while (in.hasNext()) {
                in.next();
            }
        } catch (XMLStreamException | RuntimeException rubbish) {
            remarks.add("what followed the end of the envelope was ignored");
        }
    }

    void close() {
        try {
            in.close();
        } catch (XMLStreamException harmless) {
            remarks.add("the parser did not close: " + harmless.getMessage());
        }
    }

    static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    private static String prefixOf(String name) {
        return name.substring(0, Math.max(0, name.indexOf(':')));
    }

    private String piece() throws XMLStreamException {
        try {
            return in.getText();
        } catch (RuntimeException lateFailure) {
            // The parser reads texts only when asked for them, and then has no checked way to fail.
            throw failure(lateFailure);
        }
    }

    private int next() throws XMLStreamException, MalformedEnvelopeException {
        int event;
        try {
            event = in.next();
        } catch (RuntimeException lateFailure) {
            throw failure(lateFailure);
        }
        return switch (event) {
            case XMLStreamConstants.DTD ->
                throw new MalformedEnvelopeException(Kind.FORBIDDEN_DTD, "the body has a DOCTYPE, which SOAP forbids");
            case XMLStreamConstants.ENTITY_REFERENCE ->
                throw new XMLStreamException("a reference to an entity that is not declared", in.getLocation());
            case XMLStreamConstants.END_DOCUMENT ->
                throw new XMLStreamException("the body ends inside the envelope", in.getLocation());
            default -> event;
        };
    }

    private XMLStreamException failure(RuntimeException cause) {
        String message = cause.getMessage();
        return new XMLStreamException(message == null ? cause.getClass().getSimpleName() : message, cause);
    }

    private void opened() throws MalformedEnvelopeException {
        if (++depth > limits.depth()) {
            throw new MalformedEnvelopeException(
                    Kind.TOO_LARGE, "elements are nested more than " + limits.depth() + " deep");
        }
    }

    private void checkLength(int length) throws MalformedEnvelopeException {
        if (length > limits.textLength()) {
            throw new MalformedEnvelopeException(
                    Kind.TOO_LARGE, "a text is longer than " + limits.textLength() + " characters");
        }
    }

    private static Map<String, ParameterType> usualTypes() {
        Map<String, ParameterType> types = new HashMap<>();
        for (ParameterType type : ParameterType.values()) {
            types.put("xsd:" + type.localName(), type);
            types.put("xs:" + type.localName(), type);
        }
        return Map.copyOf(types);
    }
}
