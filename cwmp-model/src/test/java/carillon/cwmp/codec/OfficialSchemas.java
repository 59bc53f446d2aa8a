package carillon.cwmp.codec;

import carillon.cwmp.CwmpVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.w3c.dom.ls.LSResourceResolver;
import org.xml.sax.SAXException;

/** The Broadband Forum's own schemas, one for each version of CWMP: what we write must be valid by the session's one. */
public final class OfficialSchemas {
    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final Map<CwmpVersion, Schema> LOADED = new EnumMap<>(CwmpVersion.class);

    private OfficialSchemas() {}

    /** What is wrong with this envelope by the schema of this version; empty if nothing is. */
    public static Optional<String> complaint(CwmpVersion version, byte[] envelope) {
        try {
            Document document = parsed(envelope);
            schema(version).newValidator().validate(new DOMSource(document));
            return strangeElement(version, document)
                    .map(strange -> told(version, "the schema has no element " + strange, envelope));
        } catch (SAXException invalid) {
            return Optional.of(told(version, String.valueOf(invalid.getMessage()), envelope));
        } catch (IOException | ParserConfigurationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String told(CwmpVersion version, String what, byte[] envelope) {
        return "CWMP " + version.number() + ": " + what + "\n" + new String(envelope, StandardCharsets.UTF_8);
    }

    private static Document parsed(byte[] envelope) throws SAXException, IOException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        var builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(new ByteArrayInputStream(envelope));
    }

    /** The schema of SOAP lets anything be in a Header or Body: what CWMP has no element for is found here. */
    private static Optional<String> strangeElement(CwmpVersion version, Document document) throws SAXException {
        for (String part : new String[] {"Header", "Body"}) {
            NodeList holders = document.getElementsByTagNameNS(SOAP, part);
            for (int i = 0; i < holders.getLength(); i++) {
                for (Node child = holders.item(i).getFirstChild(); child != null; child = child.getNextSibling()) {
                    boolean fault = SOAP.equals(child.getNamespaceURI()) && "Fault".equals(child.getLocalName());
                    if (child instanceof Element element && !fault && !isDeclared(version, element)) {
                        return Optional.of(element.getNodeName());
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** An element alone: a validator looks for the declaration of its root, and strictly. */
    private static boolean isDeclared(CwmpVersion version, Element element) throws SAXException {
        try {
            Element alone = (Element) element.cloneNode(false);
            schema(version).newValidator().validate(new DOMSource(alone));
            return true;
        } catch (SAXException told) {
            return !String.valueOf(told.getMessage()).startsWith("cvc-elt.1");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static synchronized Schema schema(CwmpVersion version) {
        return LOADED.computeIfAbsent(version, OfficialSchemas::load);
    }

    private static Schema load(CwmpVersion version) {
        try {
            SchemaFactory factory = SchemaFactory.newDefaultInstance();
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setResourceResolver(local());
            return factory.newSchema(new Source[] {
                source("soap-encoding-1-1.xsd"),
                source("soap-envelope-1-1-relaxed.xsd"),
                source("cwmp-" + version.number().replace('.', '-') + ".xsd")
            });
        } catch (SAXException broken) {
            throw new IllegalStateException("the schema of CWMP " + version.number() + " cannot be read", broken);
        }
    }

    /** The schemas name each other by addresses; ours are files. */
    private static LSResourceResolver local() {
        try {
            DOMImplementationLS ls = (DOMImplementationLS)
                    DOMImplementationRegistry.newInstance().getDOMImplementation("LS");
            return (type, namespace, publicId, systemId, base) -> {
                String name =
                        switch (String.valueOf(systemId)) {
                            case SOAP -> "soap-envelope-1-1-relaxed.xsd";
                            case "http://schemas.xmlsoap.org/soap/encoding/" -> "soap-encoding-1-1.xsd";
                            default -> String.valueOf(systemId).replaceFirst("^.*/", "");
                        };
                LSInput input = ls.createLSInput();
                input.setSystemId(name);
                input.setByteStream(stream(name));
                return input;
            };
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static StreamSource source(String name) {
        return new StreamSource(stream(name), name);
    }

    private static InputStream stream(String name) {
        InputStream in = OfficialSchemas.class.getResourceAsStream("/xsd/" + name);
        if (in == null) {
            throw new IllegalStateException("the schema " + name + " is missing");
        }
        return in;
    }
}
