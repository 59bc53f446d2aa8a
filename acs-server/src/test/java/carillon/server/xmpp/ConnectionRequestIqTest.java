package carillon.server.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Secret;
import java.io.StringReader;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.impl.JidCreate;

class ConnectionRequestIqTest {
    @Test
    @Tag("CWMP-216")
    void the_element_is_valid_and_escaped() throws Exception {
        ConnectionRequestIq iq =
                new ConnectionRequestIq(JidCreate.from("phone@xmpp.test/desk"), "cr-user", new Secret("a<b&c"));
        String xml = iq.toXML().toString();
        assertThat(xml).startsWith("<iq ").contains("type='get'", "to='phone@xmpp.test/desk'");
        String element = xml.substring(xml.indexOf("<connectionRequest"), xml.indexOf("</iq>"));
        assertThat(element)
                .isEqualTo("<connectionRequest xmlns='urn:broadband-forum-org:cwmp:xmppConnReq-1-0'>"
                        + "<username>cr-user</username><password>a&lt;b&amp;c</password></connectionRequest>");
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(Path.of("src/test/resources/xsd/cwmp-xmppConnReq-1-0.xsd")
                        .toFile())
                .newValidator()
                .validate(new StreamSource(new StringReader(element)));
    }
}
