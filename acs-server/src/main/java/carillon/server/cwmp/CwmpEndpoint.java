package carillon.server.cwmp;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.codec.EnvelopeReader;
import carillon.cwmp.codec.EnvelopeWriter;
import carillon.cwmp.codec.MalformedEnvelopeException;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.FaultMessage;
import carillon.cwmp.message.WireStyle;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where phones call: reads one POST within its limits, finds its session, and hands the envelope to {@link Turns}, which
 * answers once what has to be durable is. Every refusal is one line in the log, without a stack trace.
 */
public final class CwmpEndpoint extends Handler.Abstract.NonBlocking {
    private static final Logger LOG = LoggerFactory.getLogger(CwmpEndpoint.class);
    private static final int RETRY_SECONDS = 30;

    /** Octets of a message that was not asked for: an Inform with five hundred parameters has two thirds of it. */
    private static final int OWN_MESSAGE = 64 * 1024;

    private final PhoneReader reader;
    private final EnvelopeWriter writer = new EnvelopeWriter();
    private final Turns turns;
    private final CwmpMetrics metrics;
    private final InstantSource clock;
    private final InformLimits limits;
    private final int bodyLimit;

    public CwmpEndpoint(
            PhoneReader reader,
            Turns turns,
            InformLimits limits,
            CwmpMetrics metrics,
            InstantSource clock,
            int bodyLimit) {
        this.reader = reader;
        this.turns = turns;
        this.limits = limits;
        this.metrics = metrics;
        this.clock = clock;
        this.bodyLimit = bodyLimit;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        HttpExchange exchange = new HttpExchange(request, response, callback);
        int bodyLimit = bodyLimit(exchange);
        if (!HttpMethod.POST.is(request.getMethod())) {
            told(exchange, 405, "the method " + Refusals.shown(request.getMethod()));
            exchange.refuseAndClose(405, HttpHeader.ALLOW, "POST");
        } else if (limits.isOver(exchange.sourceAddress()) && session(exchange).isEmpty()) {
            metrics.putOff();
            exchange.closing();
            exchange.later(RETRY_SECONDS);
        } else if (!Bodies.isKnown(exchange.header(HttpHeader.CONTENT_ENCODING))) {
            told(exchange, 415, "the content coding " + Refusals.shown(exchange.header(HttpHeader.CONTENT_ENCODING)));
            exchange.refuseAndClose(415, HttpHeader.ACCEPT_ENCODING, "gzip, deflate");
        } else if (request.getLength() > bodyLimit) {
            endAndRefuse(
                    exchange,
                    session(exchange),
                    413,
                    "a body of " + request.getLength() + " octets, more than " + bodyLimit);
        } else if (request.getLength() == 0) {
            received(exchange, new byte[0], bodyLimit);
        } else {
            new BodyReader(
                            request,
                            request.getLength(),
                            bodyLimit,
                            body -> received(exchange, body, bodyLimit),
                            failed -> unread(exchange, failed, bodyLimit))
                    .run();
        }
        return true;
    }

    /** Only what we asked for may be large: a phone's own messages are small, and who sends them may be anybody. */
    private int bodyLimit(HttpExchange exchange) {
        long length = exchange.request().getLength();
        boolean small = length >= 0 && length <= OWN_MESSAGE;
        return small || session(exchange).filter(OpenSession::isAsked).isPresent()
                ? bodyLimit
                : Math.min(bodyLimit, OWN_MESSAGE);
    }

    /** Notes a message that belongs to no open session. Those that do are not limited: the phone was let in. */
    private void count(HttpExchange exchange) {
        if (limits.isLastOf(exchange.sourceAddress())) {
            LOG.info(
                    "refused with 503, from {}: too many calls within a minute; not told again within it",
                    exchange.sourceAddress());
        }
    }

    private void unread(HttpExchange exchange, Throwable failed, int bodyLimit) {
        Refusals.Refusal refusal = Refusals.ofUnreadBody(failed, bodyLimit);
        refuse(exchange, refusal.status(), refusal.reason());
    }

    private void received(HttpExchange exchange, byte[] body, int bodyLimit) {
        try {
            byte[] plain = Bodies.unpacked(body, exchange.header(HttpHeader.CONTENT_ENCODING), bodyLimit);
            Optional<EnvelopeReader.Read> before = turns.challenged().take(exchange.connection(), plain);
            take(exchange, before.isPresent() ? before.get() : reader.read(plain, exchange.charset()), plain);
        } catch (Bodies.TooLargeException bomb) {
            endAndRefuse(
                    exchange, session(exchange), 413, "a packed body that unpacks to over " + bodyLimit + " octets");
        } catch (IOException notPacked) {
            refuse(exchange, 400, "a body that is not packed as its header says");
        } catch (MalformedEnvelopeException malformed) {
            malformed(exchange, malformed);
        } catch (RuntimeException broken) {
            LOG.error("a message from {} could not be taken", exchange.sourceAddress(), broken);
            exchange.later(RETRY_SECONDS);
        }
    }

    private void take(HttpExchange exchange, EnvelopeReader.Read read, byte[] body) {
        Instant now = clock.instant();
        Envelope envelope = read.envelope();
        Optional<OpenSession> found = session(exchange);
        if (envelope.message() instanceof CpeRequest.Inform inform) {
            if (CwmpVersion.ofNamespace(envelope.style().namespace()).isEmpty()) {
                String namespace = Refusals.shown(envelope.style().namespace());
                endAndRefuse(exchange, found, 400, "an Inform in the namespace " + namespace + ", which is no CWMP");
            } else if (found.isPresent() && changesIdentity(found.get(), inform, exchange)) {
                String reason = "the identity changed within the session, to " + inform.device();
                endAndRefuse(exchange, found.get(), 400, reason, now);
            } else if (found.isPresent() && found.get().isBusy()) {
                refuse(exchange, 400, "a second message of " + found.get().device() + " before the first was answered");
            } else {
                count(exchange);
                exchange.informed();
                turns.inform(exchange, read, inform, body, now);
            }
        } else if (found.isEmpty()) {
            outside(exchange, envelope);
        } else if (!found.get().enter()) {
            refuse(exchange, 400, "a second message of " + found.get().device() + " before the first was answered");
        } else {
            turns.message(exchange, found.get(), read, body, now);
        }
    }

    /**
     * The open session that this message belongs to. A cookie is good for the address it was given to, and no other; and a
     * session that began behind TLS does not go on without it, since secrets may be on their way.
     */
    private Optional<OpenSession> session(HttpExchange exchange) {
        return turns.sessions()
                .find(exchange.cookies(), exchange.connection())
                .filter(session -> session.sourceAddress().equals(exchange.sourceAddress()))
                .filter(session -> !session.isTls() || exchange.isTls());
    }

    /**
     * Whether this Inform lies about who is speaking: it comes with the cookie of another device's session. Without a cookie,
     * one connection may carry the sessions of several devices (a proxy).
     */
    private static boolean changesIdentity(OpenSession session, CpeRequest.Inform inform, HttpExchange exchange) {
        return !exchange.cookies().isEmpty() && !session.device().equals(inform.device());
    }

    private void outside(HttpExchange exchange, Envelope envelope) {
        if (envelope.message() instanceof Empty) {
            count(exchange);
            outside(exchange);
        } else {
            refuse(exchange, 400, "a " + envelope.message().name() + " outside a session");
        }
    }

    /** A probe for a challenge gets one, and keeps its connection; one more after the end has no effect (CWMP-035). */
    private void outside(HttpExchange exchange) {
        if (exchange.isProbe()) {
            LOG.info("answered with 401, from {}: an empty message before an Inform", exchange.sourceAddress());
            exchange.challenge(turns.challenge(exchange.isTls(), clock.instant()));
        } else {
            LOG.info("answered with 204, from {}: an empty message outside a session", exchange.sourceAddress());
            exchange.empty();
        }
    }

    private void malformed(HttpExchange exchange, MalformedEnvelopeException malformed) {
        String reason = String.valueOf(malformed.getMessage());
        Optional<OpenSession> session = session(exchange);
        metrics.malformed();
        switch (malformed.kind()) {
            case TOO_LARGE -> endAndRefuse(exchange, session, 413, reason);
            case NOT_XML, FORBIDDEN_DTD, NOT_SOAP -> endAndRefuse(exchange, session, 400, reason);
            case MUST_UNDERSTAND -> {
                metrics.error("SOAP");
                end(exchange, session, "fault MustUnderstand", reason);
                exchange.closing();
                exchange.xml(writer.mustUnderstand(
                        malformed.id(), malformed.style().orElse(WireStyle.of(CwmpVersion.V1_0)), reason));
            }
            case INVALID_ARGUMENTS -> {
                metrics.error("8003");
                end(exchange, session, "fault 8003", reason);
                exchange.closing();
                exchange.xml(writer.write(Envelope.of(
                        malformed.id(),
                        malformed.style().orElse(WireStyle.of(CwmpVersion.V1_0)),
                        new FaultMessage(Fault.of(FaultCode.ACS_INVALID_ARGUMENTS)))));
            }
        }
    }

    private void endAndRefuse(HttpExchange exchange, Optional<OpenSession> session, int status, String reason) {
        metrics.error(Integer.toString(status));
        end(exchange, session, Integer.toString(status), reason);
        exchange.refuseAndClose(status);
    }

    private void endAndRefuse(HttpExchange exchange, OpenSession session, int status, String reason, Instant now) {
        metrics.error(Integer.toString(status));
        turns.sessions().close(session, "refused with " + status + ": " + reason, now);
        exchange.refuseAndClose(status);
    }

    /** One line in the log: the session's own where there is one, since it knows the device. */
    private void end(HttpExchange exchange, Optional<OpenSession> session, String with, String reason) {
        if (session.isPresent()) {
            turns.sessions().close(session.get(), "refused with " + with + ": " + reason, clock.instant());
        } else {
            count(exchange);
            LOG.info("refused with {}, from {}: {}", with, exchange.sourceAddress(), reason);
        }
    }

    private void refuse(HttpExchange exchange, int status, String reason) {
        count(exchange);
        told(exchange, status, reason);
        exchange.refuseAndClose(status);
    }

    private void told(HttpExchange exchange, int status, String reason) {
        metrics.error(Integer.toString(status));
        LOG.info("refused with {}, from {}: {}", status, exchange.sourceAddress(), reason);
    }
}
