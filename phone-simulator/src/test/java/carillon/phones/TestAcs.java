package carillon.phones;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.codec.CodecLimits;
import carillon.cwmp.codec.EnvelopeReader;
import carillon.cwmp.codec.EnvelopeWriter;
import carillon.cwmp.codec.MalformedEnvelopeException;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.FaultMessage;
import carillon.cwmp.message.WireStyle;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that asks what a test wants it to, and remembers what phones say; files for downloads as well. */
final class TestAcs implements AutoCloseable {
    final List<CpeRequest.Inform> informs = new CopyOnWriteArrayList<>();
    final List<Envelope> envelopes = new CopyOnWriteArrayList<>();
    final List<CwmpMessage> heard = new CopyOnWriteArrayList<>();
    final List<String> cookies = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();
    final Deque<AcsRequest> asks = new ArrayDeque<>();
    volatile int informStatus = 200;
    volatile int transferStatus = 200;
    final Deque<FaultCode> faults = new ArrayDeque<>();
    volatile String challenge = "";
    private final HttpServer server;
    private final EnvelopeReader reader = new EnvelopeReader(CodecLimits.DEFAULT, EnvelopeReader.Peer.CPE);
    private final EnvelopeWriter writer = new EnvelopeWriter();

    TestAcs() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", this::take);
        server.createContext("/file", exchange -> answer(exchange, 200, new byte[1000]));
        server.createContext("/gone", exchange -> answer(exchange, 404, new byte[0]));
        server.createContext("/locked", exchange -> {
            boolean right = "Basic dTpw".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"files\"");
            answer(exchange, right ? 200 : 401, new byte[10]);
        });
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** A phone of this server. */
    Phone phone(String username, String password) {
        return new Phone(PhoneModel.CP_8851, 7, url(), username, password);
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (!challenge.isEmpty() && authorization.equals("null")) {
            exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
            answer(exchange, 401, new byte[0]);
            return;
        }
        authorizations.add(authorization);
        cookies.add(String.valueOf(exchange.getRequestHeaders().getFirst("Cookie")));
        try {
            Envelope envelope = reader.read(body, body.length, "utf-8").envelope();
            CwmpMessage message = envelope.message();
            envelopes.add(envelope);
            heard.add(message);
            answer(exchange, message);
        } catch (MalformedEnvelopeException malformed) {
            answer(exchange, 400, new byte[0]);
        }
    }

    private void answer(HttpExchange exchange, CwmpMessage message) throws IOException {
        if (message instanceof CpeRequest && !faults.isEmpty()) {
            if (message instanceof CpeRequest.Inform inform) {
                informs.add(inform);
            }
            say(exchange, 200, new FaultMessage(Fault.of(faults.remove())));
            return;
        }
        if (message instanceof CpeRequest.Inform inform) {
            informs.add(inform);
            exchange.getResponseHeaders().set("Set-Cookie", "SID=abc; Path=/");
            say(exchange, informStatus, new AcsResponse.InformResponse(1));
        } else if (message instanceof CpeRequest.TransferComplete) {
            say(exchange, transferStatus, new AcsResponse.TransferCompleteResponse());
        } else if (asks.isEmpty()) {
            answer(exchange, 204, new byte[0]);
        } else {
            say(exchange, 200, asks.remove());
        }
    }

    private void say(HttpExchange exchange, int status, CwmpMessage message) throws IOException {
        byte[] body = writer.write(Envelope.of(Optional.of("17"), WireStyle.of(CwmpVersion.V1_2), message));
        answer(exchange, status, status == 200 ? body : new byte[0]);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
