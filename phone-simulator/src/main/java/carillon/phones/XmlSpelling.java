package carillon.phones;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How an envelope can be spelt other than usual, and what a simple parser makes of one. */
final class XmlSpelling {
    private static final Pattern NAMESPACE = Pattern.compile("urn:dslforum-org:cwmp-[0-9-]+");
    private static final Pattern PREFIX = Pattern.compile("<([A-Za-z_-]+):Envelope");
    private static final Pattern TRUTH = Pattern.compile(">(true|false)<");

    /** Writes a declaration, and cannot read what has none. */
    static final Manner DECLARES = Bends.both(
            Bends.everyText(xml -> "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n" + xml),
            Bends.cannotBear((inform, heard) -> heard.startsWith("<?xml") ? "" : "no declaration"));

    private XmlSpelling() {}

    /** In this namespace. */
    static Manner namespace(String name) {
        return Bends.everyText(xml -> NAMESPACE.matcher(xml).replaceAll("urn:dslforum-org:" + name));
    }

    static String otherNamespace(String inform, String heard) {
        Matcher asked = NAMESPACE.matcher(inform);
        return asked.find() && !heard.contains('"' + asked.group() + '"')
                ? "another namespace than " + asked.group()
                : "";
    }

    static String otherPrefix(String inform, String heard) {
        Matcher asked = PREFIX.matcher(inform);
        return asked.find() && !heard.contains('<' + asked.group(1) + ":Body>")
                ? "no Body under the prefix " + asked.group(1)
                : "";
    }

    static String notSimple(String inform, String heard) {
        if (heard.indexOf('\'') >= 0 || heard.contains("<![CDATA[") || heard.contains("<!--")) {
            return "single quotes, CDATA or a comment";
        }
        return TRUTH.matcher(heard).find() ? "true or false" : "";
    }

    static String soapenv(String xml) {
        return xml.replace("SOAP-ENV", "soapenv").replace("SOAP-ENC", "soapenc");
    }

    static String shortPrefixes(String xml) {
        return xml.replace("SOAP-ENV", "s")
                .replace("SOAP-ENC", "soap")
                .replace("cwmp:", "c:")
                .replace("xmlns:cwmp", "xmlns:c");
    }

    static String defaultNamespace(String xml) {
        return xml.replace("<SOAP-ENV:", "<")
                .replace("</SOAP-ENV:", "</")
                .replace("<Envelope", "<Envelope xmlns=\"http://schemas.xmlsoap.org/soap/envelope/\"");
    }

    static String withoutHeader(String xml) {
        return xml.replaceFirst("(?s)<SOAP-ENV:Header>.*</SOAP-ENV:Header>", "");
    }

    static String withHeader(String xml, String name) {
        return xml.replace(
                "</SOAP-ENV:Header>", "<" + name + " SOAP-ENV:mustUnderstand=\"1\">1</" + name + "></SOAP-ENV:Header>");
    }

    /** With this ID, as it stands in the text. */
    static Manner id(String written) {
        return Bends.everyText(
                xml -> xml.replaceFirst("(?s)(<cwmp:ID [^>]*>)[^<]*", "$1" + Matcher.quoteReplacement(written)));
    }

    /** Where the provisioning code stands, this stands, as it stands in the text. */
    static Manner value(String written) {
        return Bends.text(xml -> xml.replaceFirst(
                "(ProvisioningCode</Name><Value[^>]*>)[^<]*", "$1" + Matcher.quoteReplacement(written)));
    }

    static String shuffled(String xml) {
        Matcher found = Pattern.compile("(?s)(<Event .*</Event>)(<MaxEnvelopes>.*</RetryCount>)")
                .matcher(xml);
        return found.replaceFirst("$2$1");
    }

    static String pretty(String xml) {
        return xml.replaceAll("<(Name|EventCode|OUI|MaxEnvelopes|RetryCount)>([^<]*)</\\1>", "<$1>\n\t\t$2\n\t</$1>");
    }

    /** An é, in these octets, under this label. */
    static Manner encoded(String charset, String label) {
        Charset written = Charset.forName(charset);
        return Bends.informPost(post -> {
            String xml =
                    new String(post.body(), StandardCharsets.UTF_8).replace("Cisco Systems", "Cisco Systèmes Télécom");
            post.body(xml.getBytes(written));
            post.headers().put("Content-Type", label.isEmpty() ? "text/xml" : "text/xml; charset=" + label);
        });
    }

    static String bomb(String xml) {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE l [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 12; i++) {
            bomb.append("<!ENTITY l")
                    .append(i)
                    .append(" \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return bomb.append("]>") + xml.replace("Cisco Systems", "&l11;");
    }
}
