package carillon.server.xmpp;

import carillon.cwmp.Secret;
import org.jivesoftware.smack.packet.IQ;
import org.jxmpp.jid.Jid;

/** An iq of type get that asks a phone to come (TR-069 Amendment 6, Annex K, K.2.3.1). */
final class ConnectionRequestIq extends IQ {
    static final String ELEMENT = "connectionRequest";
    static final String NAMESPACE = "urn:broadband-forum-org:cwmp:xmppConnReq-1-0";

    private final String username;
    private final Secret password;

    ConnectionRequestIq(Jid to, String username, Secret password) {
        super(ELEMENT, NAMESPACE);
        this.username = username;
        this.password = password;
        setType(Type.get);
        setTo(to);
    }

    @Override
    protected IQChildElementXmlStringBuilder getIQChildElementBuilder(IQChildElementXmlStringBuilder xml) {
        xml.rightAngleBracket();
        xml.element("username", username);
        xml.element("password", password.reveal());
        return xml;
    }
}
