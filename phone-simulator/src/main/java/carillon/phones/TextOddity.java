package carillon.phones;

import static carillon.phones.Bends.cannotBear;
import static carillon.phones.Bends.everyText;
import static carillon.phones.Bends.informPost;
import static carillon.phones.Bends.text;
import static carillon.phones.Prediction.UNDERSTOOD;
import static carillon.phones.Prediction.fault;
import static carillon.phones.Prediction.refused;

/** What phones do to SOAP, to XML and to characters. */
@SuppressWarnings("ImmutableEnumChecker") // a manner keeps nothing
public enum TextOddity implements Misbehaviour {
    NAMESPACE_1_3("Q-11: the unofficial namespace cwmp-1-3", UNDERSTOOD, XmlSpelling.namespace("cwmp-1-3")),
    NAMESPACE_1_4("Q-11: the unofficial namespace cwmp-1-4", UNDERSTOOD, XmlSpelling.namespace("cwmp-1-4")),
    NAMESPACE_1_9("Q-11: a namespace of the future, cwmp-1-9", UNDERSTOOD, XmlSpelling.namespace("cwmp-1-9")),
    NAMESPACE_LITERAL(
            "Q-11: goes when it is answered in another namespace", UNDERSTOOD, cannotBear(XmlSpelling::otherNamespace)),
    NAMESPACE_NO_CWMP("a namespace that is no CWMP", refused(400), XmlSpelling.namespace("cwmp-x")),
    PREFIXES_LITERAL(
            "Q-12: finds elements by the text of the prefix", UNDERSTOOD, cannotBear(XmlSpelling::otherPrefix)),
    PREFIXES_SOAPENV("Q-14: the prefixes soapenv and soapenc", UNDERSTOOD, everyText(XmlSpelling::soapenv)),
    PREFIXES_SHORT("Q-14: the prefixes s, soap and c", UNDERSTOOD, everyText(XmlSpelling::shortPrefixes)),
    PREFIX_DEFAULT(
            "Q-14: the default namespace for the envelope", UNDERSTOOD, everyText(XmlSpelling::defaultNamespace)),
    PREFIX_UNDECLARED(
            "Q-14: a prefix that is not declared",
            UNDERSTOOD,
            everyText(xml -> xml.replaceFirst(" xmlns:xsi=\"[^\"]*\"", ""))),
    SCHEMA_OF_1999(
            "Q-14: the schema namespaces of 1999",
            UNDERSTOOD,
            everyText(xml -> xml.replace("www.w3.org/2001/XMLSchema", "www.w3.org/1999/XMLSchema"))),
    SINGLE_QUOTES("Q-14: single quotes", UNDERSTOOD, everyText(xml -> xml.replace('"', '\''))),
    XML_DECLARATION("Q-13: needs a declaration, as it writes one", UNDERSTOOD, XmlSpelling.DECLARES),
    NO_XML_DECLARATION(
            "Q-13: cannot bear a declaration, and writes none",
            UNDERSTOOD,
            cannotBear((inform, heard) -> heard.startsWith("<?xml") ? "a declaration" : "")),
    SIMPLE_PARSER(
            "Q-26: reads no single quotes, CDATA, comments, true, false",
            UNDERSTOOD,
            cannotBear(XmlSpelling::notSimple)),
    NO_HEADER("Q-16: no Header", UNDERSTOOD, everyText(XmlSpelling::withoutHeader)),
    HEADER_EMPTY(
            "Q-16: an empty Header",
            UNDERSTOOD,
            everyText(xml -> xml.replaceFirst("(?s)<SOAP-ENV:Header>.*</SOAP-ENV:Header>", "<SOAP-ENV:Header/>"))),
    ID_EMPTY("Q-16: an empty ID", UNDERSTOOD, XmlSpelling.id("")),
    ID_ODD("Q-16: an ID with <, & and \"", UNDERSTOOD, XmlSpelling.id("a&lt;b&amp;\"c")),
    ID_LONG("Q-16: an ID of 300 characters", UNDERSTOOD, XmlSpelling.id("x".repeat(300))),
    ID_WITH_LINE_BREAKS("Q-16: line breaks around the ID", UNDERSTOOD, XmlSpelling.id("\r\n\t 7 \r\n")),
    MUST_UNDERSTAND_IN_ENCODING(
            "Q-17: mustUnderstand in the encoding namespace",
            UNDERSTOOD,
            everyText(xml -> xml.replace("SOAP-ENV:mustUnderstand", "SOAP-ENC:mustUnderstand"))),
    MUST_UNDERSTAND_TRUE(
            "Q-17: mustUnderstand is true",
            UNDERSTOOD,
            everyText(xml -> xml.replace("mustUnderstand=\"1\"", "mustUnderstand=\"true\""))),
    NO_MORE_REQUESTS(
            "Q-17: NoMoreRequests that must be understood",
            UNDERSTOOD,
            text(xml -> XmlSpelling.withHeader(xml, "cwmp:NoMoreRequests"))),
    UNKNOWN_HEADER(
            "a header that must be understood and is not known",
            fault("SOAP"),
            text(xml -> XmlSpelling.withHeader(xml, "cwmp:Unheard"))),
    COUNT_ZERO(
            "Q-18: lists that say they are empty",
            UNDERSTOOD,
            everyText(xml -> xml.replaceAll("Struct\\[\\d+]", "Struct[0]"))),
    COUNT_WRONG(
            "Q-18: lists that say they have 99",
            UNDERSTOOD,
            everyText(xml -> xml.replaceAll("Struct\\[\\d+]", "Struct[99]"))),
    COUNT_PADDED(
            "Q-18: counts as [0008]",
            UNDERSTOOD,
            everyText(xml -> xml.replaceAll("Struct\\[(\\d+)]", "Struct[000$1]"))),
    COUNT_MISSING(
            "Q-18: no arrayType", UNDERSTOOD, everyText(xml -> xml.replaceAll(" SOAP-ENC:arrayType=\"[^\"]*\"", ""))),
    ARRAY_TYPED("Q-18: xsi:type on lists, encodingStyle on the Body", UNDERSTOOD, everyText(xml -> xml.replace(
                    " SOAP-ENC:arrayType", " xsi:type=\"SOAP-ENC:Array\" SOAP-ENC:arrayType")
            .replace(
                    "<SOAP-ENV:Body>",
                    "<SOAP-ENV:Body SOAP-ENV:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\">"))),
    TYPE_MISSING(
            "Q-19: values without a type",
            UNDERSTOOD,
            everyText(xml -> xml.replaceAll("<Value xsi:type=\"[^\"]*\"", "<Value"))),
    TYPE_WITH_LENGTH(
            "Q-19: xsd:string(256)",
            UNDERSTOOD,
            everyText(xml -> xml.replace("\"xsd:string\"", "\"xsd:string(256)\""))),
    TYPE_WRONG("Q-19: xsd:int on text", UNDERSTOOD, everyText(xml -> xml.replace("\"xsd:string\"", "\"xsd:int\""))),
    TYPE_WITH_SOFT_HYPHEN(
            "Q-19: a stray character in the type's name",
            UNDERSTOOD,
            everyText(xml -> xml.replace("\"xsd:string\"", "\"xsd:hexBinary\u00ad\""))),
    TYPE_ON_NAMES(
            "Q-19: a type on names too",
            UNDERSTOOD,
            everyText(xml -> xml.replace("<Name>", "<Name xsi:type=\"xsd:string\">"))),
    VALUE_MISSING(
            "Q-20: a parameter without Value",
            UNDERSTOOD,
            everyText(xml -> xml.replaceFirst(
                    "<Value[^<]*</Value></ParameterValueStruct></ParameterList>",
                    "</ParameterValueStruct></ParameterList>"))),
    SHUFFLED(
            "Q-21: MaxEnvelopes, CurrentTime and RetryCount before the Event", UNDERSTOOD, text(XmlSpelling::shuffled)),
    ELEMENTS_MISSING(
            "Q-21: no Manufacturer, MaxEnvelopes, CurrentTime, RetryCount",
            UNDERSTOOD,
            text(xml -> xml.replaceAll("<(Manufacturer|MaxEnvelopes|CurrentTime|RetryCount)>[^<]*</\\1>", ""))),
    LINE_BREAKS("Q-22: line breaks and tabs around names and codes", UNDERSTOOD, everyText(XmlSpelling::pretty)),
    CONTROL_CHARACTERS(
            "Q-23: octets 1 to 8 in a value", UNDERSTOOD, XmlSpelling.value("a\u0001\u0002\u0003\u0007\u0008z")),
    CONTROL_REFERENCES("Q-23: &#2; and &#0; in a value", UNDERSTOOD, XmlSpelling.value("a&#2;&#0;z")),
    LONE_SURROGATE("Q-23: half a pair in a value", UNDERSTOOD, XmlSpelling.value("a&#xD800;z")),
    NUL_IN_VALUE("Q-23: a NUL octet in a value", UNDERSTOOD, XmlSpelling.value("a\u0000z")),
    LATIN_1("Q-24: ISO-8859-1, and says so", UNDERSTOOD, XmlSpelling.encoded("ISO-8859-1", "ISO-8859-1")),
    LATIN_1_UNLABELLED("Q-24: ISO-8859-1, and does not say so", UNDERSTOOD, XmlSpelling.encoded("ISO-8859-1", "")),
    WINDOWS_1252_AS_UTF_8(
            "Q-24: windows-1252 with the label UTF-8", UNDERSTOOD, XmlSpelling.encoded("windows-1252", "UTF-8")),
    BYTE_ORDER_MARK(
            "Q-24: UTF-8 with a byte order mark",
            UNDERSTOOD,
            informPost(post -> post.body(Post.joined(new byte[] {-17, -69, -65}, post.body())))),
    UTF_16("UTF-16 with a byte order mark", UNDERSTOOD, XmlSpelling.encoded("UTF-16", "UTF-16")),
    UTF_16_UNLABELLED("UTF-16 with a byte order mark and no label", UNDERSTOOD, XmlSpelling.encoded("UTF-16", "")),
    CHARSET_UNKNOWN("Q-24: a charset that nobody knows", UNDERSTOOD, XmlSpelling.encoded("UTF-8", "x-klingon")),
    BARE_AMPERSAND("Q-25: a bare & in a value", UNDERSTOOD, XmlSpelling.value("http://a/?b=1&c=2 & more")),
    TRAILING_NULS(
            "Q-25: NUL octets behind the end",
            UNDERSTOOD,
            informPost(post -> post.body(Post.joined(post.body(), new byte[3])))),
    TRAILING_TEXT("Q-25: text behind the end", UNDERSTOOD, text(xml -> xml + "\r\n-- end --\r\n")),
    TWO_ENVELOPES("Q-25: two envelopes in one body", UNDERSTOOD, text(xml -> xml + xml)),
    BODY_CUT(
            "Q-25: an Inform that is cut off, with the right length",
            refused(400),
            text(xml -> xml.substring(0, xml.length() * 2 / 3))),
    XML_BOMB("entities that grow to a billion", refused(400), text(XmlSpelling::bomb)),
    DOCUMENT_TYPE(
            "a document type that names a file",
            refused(400),
            text(xml ->
                    "<!DOCTYPE e [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + xml.replace("Cisco Systems", "&x;"))),
    NOT_XML("no XML", refused(400), text(xml -> "{\"inform\": true}")),
    NOT_SOAP("XML that is no SOAP", refused(400), text(xml -> "<a><b/></a>")),
    NO_BODY(
            "an envelope without a Body",
            refused(400),
            text(xml -> xml.replaceFirst("(?s)<SOAP-ENV:Body>.*</SOAP-ENV:Body>", ""))),
    WRONG_END_TAG(
            "elements that are closed in the wrong order",
            refused(400),
            text(xml -> xml.replace("</cwmp:Inform></SOAP-ENV:Body>", "</SOAP-ENV:Body></cwmp:Inform>"))),
    DEEP(
            "elements a thousand deep",
            refused(413),
            text(xml -> xml.replace("<DeviceId>", "<a>".repeat(1000) + "</a>".repeat(1000) + "<DeviceId>")));

    private final Trait trait;

    TextOddity(String wire, Prediction prediction, Manner manner) {
        this.trait = new Trait(wire, prediction, manner);
    }

    @Override
    public Trait trait() {
        return trait;
    }
}
