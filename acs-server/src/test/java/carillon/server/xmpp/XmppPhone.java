package carillon.server.xmpp;

import carillon.server.tls.Authorities;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.iqrequest.AbstractIqRequestHandler;
import org.jivesoftware.smack.iqrequest.IQRequestHandler.Mode;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.IqData;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.provider.IqProvider;
import org.jivesoftware.smack.provider.ProviderManager;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smack.xml.XmlPullParser;

/** A phone's XMPP side: it answers a connection request as Annex K says. */
public final class XmppPhone implements AutoCloseable {
    private final XMPPTCPConnection connection;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** What came, as the phone reads it. */
    private static final class Heard extends IQ {
        private final String username;
        private final String password;

        Heard(String username, String password) {
            super(ConnectionRequestIq.ELEMENT, ConnectionRequestIq.NAMESPACE);
            this.username = username;
            this.password = password;
        }

        @Override
        protected IQChildElementXmlStringBuilder getIQChildElementBuilder(IQChildElementXmlStringBuilder xml) {
            xml.setEmptyElement();
            return xml;
        }
    }

    private static final class Reader extends IqProvider<Heard> {
        @Override
        public Heard parse(XmlPullParser parser, int depth, IqData data, XmlEnvironment environment)
                throws org.jivesoftware.smack.xml.XmlPullParserException, java.io.IOException {
            String username = "";
            String password = "";
            while (true) {
                XmlPullParser.Event event = parser.next();
                if (event == XmlPullParser.Event.START_ELEMENT
                        && parser.getName().equals("username")) {
                    username = parser.nextText();
                } else if (event == XmlPullParser.Event.START_ELEMENT
                        && parser.getName().equals("password")) {
                    password = parser.nextText();
                } else if (event == XmlPullParser.Event.END_ELEMENT && parser.getDepth() == depth) {
                    return new Heard(username, password);
                }
            }
        }
    }

    /** Connects. */
    public XmppPhone(XmppServer server, String account, String resource, String username, String password)
            throws Exception {
        ProviderManager.addIQProvider(ConnectionRequestIq.ELEMENT, ConnectionRequestIq.NAMESPACE, new Reader());
        connection = new XMPPTCPConnection(XMPPTCPConnectionConfiguration.builder()
                .setXmppDomain("xmpp.test")
                .setHost("127.0.0.1")
                .setPort(server.port())
                .setUsernameAndPassword(account, XmppServer.PASSWORD)
                .setResource(resource)
                .setSecurityMode(SecurityMode.required)
                .setCustomX509TrustManager(Authorities.of(server.certificate()))
                .build());
        connection.registerIQRequestHandler(
                new AbstractIqRequestHandler(
                        ConnectionRequestIq.ELEMENT, ConnectionRequestIq.NAMESPACE, IQ.Type.get, Mode.async) {
                    @Override
                    public IQ handleIQRequest(IQ request) {
                        Heard asked = (Heard) request;
                        heard.add(request.getFrom().toString());
                        return asked.username.equals(username) && asked.password.equals(password)
                                ? IQ.createResultIQ(request)
                                : IQ.createErrorResponse(request, StanzaError.Condition.not_authorized);
                    }
                });
        connection.connect();
        connection.login();
    }

    /** Who asked it to come. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
