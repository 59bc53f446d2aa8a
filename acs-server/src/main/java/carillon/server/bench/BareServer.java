package carillon.server.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The limit that a CWMP server is held to: a bare Jetty handler that answers the exchange of an idle session (401,
 * InformResponse, 204) with canned bytes, understanding nothing. Runs in a process of its own, so that its processor time
 * can be read.
 */
public final class BareServer extends Handler.Abstract.NonBlocking {
    private static final byte[] INFORM_RESPONSE = ("<SOAP-ENV:Envelope"
                    + " xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\""
                    + " xmlns:SOAP-ENC=\"http://schemas.xmlsoap.org/soap/encoding/\""
                    + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
                    + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                    + " xmlns:cwmp=\"urn:dslforum-org:cwmp-1-2\"><SOAP-ENV:Header>"
                    + "<cwmp:ID SOAP-ENV:mustUnderstand=\"1\">1</cwmp:ID></SOAP-ENV:Header><SOAP-ENV:Body>"
                    + "<cwmp:InformResponse><MaxEnvelopes>1</MaxEnvelopes></cwmp:InformResponse>"
                    + "</SOAP-ENV:Body></SOAP-ENV:Envelope>")
            .getBytes(StandardCharsets.US_ASCII);

    /** Starts on a free loopback port, prints it, and runs until its standard input ends. */
    public static void main(String[] args) throws Exception {
        Server server = new Server(new QueuedThreadPool(32));
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(1024);
        server.addConnector(connector);
        server.setHandler(new BareServer());
        server.start();
        System.out.println(connector.getLocalPort());
        while (System.in.read() >= 0) {
            // until the parent goes away
        }
        server.stop();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (request.getLength() == 0) {
            response.setStatus(204);
            response.write(true, BufferUtil.EMPTY_BUFFER, callback);
            return true;
        }
        Content.Source.asByteBuffer(request, new Answer(request, response, callback));
        return true;
    }

    private record Answer(Request request, Response response, Callback callback)
            implements org.eclipse.jetty.util.Promise<ByteBuffer> {
        @Override
        public void succeeded(ByteBuffer body) {
            if (request.getHeaders().get(HttpHeader.AUTHORIZATION) == null) {
                response.setStatus(401);
                response.getHeaders()
                        .put(
                                HttpHeader.WWW_AUTHENTICATE,
                                "Digest realm=\"bare\", qop=\"auth\", nonce=\"0123456789abcdef\", algorithm=MD5");
                response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
                response.write(true, BufferUtil.EMPTY_BUFFER, callback);
                return;
            }
            response.setStatus(200);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/xml; charset=\"utf-8\"");
            response.getHeaders().put(HttpHeader.SET_COOKIE, "SID=ABCDEFGHJKMNPQRSTVWXYZ0123; Path=/; HttpOnly");
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, INFORM_RESPONSE.length);
            response.write(true, ByteBuffer.wrap(INFORM_RESPONSE), callback);
        }

        @Override
        public void failed(Throwable failure) {
            callback.failed(failure);
        }
    }
}
