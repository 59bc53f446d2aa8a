package carillon.server.cwmp;

import carillon.cwmp.DeviceId;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.codec.EnvelopeReader;
import carillon.cwmp.codec.EnvelopeWriter;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.FaultMessage;
import carillon.db.CommitResult;
import carillon.db.Device;
import carillon.db.Effect;
import carillon.db.GroupCommit;
import carillon.db.Ids;
import carillon.rpc.engine.SessionEngine;
import carillon.rpc.session.Admission;
import carillon.rpc.session.CwmpSession;
import carillon.rpc.session.SessionPhase;
import carillon.rpc.session.Turn;
import carillon.server.config.RedirectConfig;
import carillon.server.cwmp.TurnGate.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes turns: the engine decides, the group commit makes it durable, then the phone is answered. A turn whose guard was
 * lost is taken again on the row as it is now.
 */
public final class Turns {
    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);
    private static final int ATTEMPTS = 6;

    /** How often a phone is asked to repeat itself at once within one session; then it is put off (CWMP-132). */
    private static final int MOST_REPEATS = 3;

    private static final int RETRY_SECONDS = 30;

    /**
     * What turns work with.
     *
     * @param answerLimit how long the store may keep a phone waiting; then it hears 503, and not silence (CWMP-101)
     */
    public record Parts(
            SessionEngine engine,
            GroupCommit commits,
            KnownDevices devices,
            OpenSessions sessions,
            CpeAuthenticator authenticator,
            InformLimits limits,
            RedirectConfig redirect,
            Duration answerLimit,
            CwmpMetrics metrics,
            TurnGate gate) {}

    private final Parts parts;
    private final EnvelopeWriter writer = new EnvelopeWriter();
    private final ChallengedInforms challenged = new ChallengedInforms();
    private final InstantSource clock;
    private final AtomicLong toldFull = new AtomicLong();
    private volatile Consumer<DeviceId> movedRpcs = device -> {};
    private volatile Consumer<Device> secureCalls = device -> {};

    public Turns(Parts parts, InstantSource clock) {
        this.parts = parts;
        this.clock = clock;
    }

    /** One message under way: from where the session stood to its answer. */
    private record Visit(HttpExchange exchange, OpenSession open, CwmpSession before, Envelope envelope, int attempt) {
        Visit again() {
            return new Visit(exchange, open, before, envelope, attempt + 1);
        }
    }

    /** Who is told of the device whose RPCs were moved by what it said; one only, and it must not block. */
    public void onMovedRpcs(Consumer<DeviceId> watcher) {
        movedRpcs = watcher;
    }

    /** Who is told of devices that have proven themselves over TLS; one only, and it must not block. */
    public void onSecureCall(Consumer<Device> watcher) {
        secureCalls = watcher;
    }

    OpenSessions sessions() {
        return parts.sessions();
    }

    /** What need not be read again. */
    ChallengedInforms challenged() {
        return challenged;
    }

    /** For a call that names no device yet. */
    String challenge(boolean tls, Instant now) {
        return parts.authenticator().probed(tls, now);
    }

    /** An Inform opens a session, whatever cookie it brings (CWMP-025). */
    void inform(HttpExchange exchange, EnvelopeReader.Read read, CpeRequest.Inform inform, byte[] body, Instant now) {
        if (parts.sessions().isFull()) {
            parts.metrics().putOff();
            long minute = now.getEpochSecond() / 60;
            if (toldFull.getAndSet(minute) != minute) {
                LOG.info(
                        "put off {} from {}: too many sessions are open; not told again within this minute",
                        inform.device(),
                        exchange.sourceAddress());
            }
            exchange.later(RETRY_SECONDS);
            return;
        }
        InformLimits.Verdict verdict = parts.limits().inform(inform.device(), exchange.sourceAddress());
        if (verdict != InformLimits.Verdict.FINE) {
            if (verdict == InformLimits.Verdict.FIRST_OVER) {
                LOG.info(
                        "put off {} from {}: too many Informs within a minute; not told again within it",
                        inform.device(),
                        exchange.sourceAddress());
            }
            parts.metrics().putOff();
            exchange.later(RETRY_SECONDS);
            return;
        }
        if (parts.redirect().url().isPresent()) {
            parts.metrics().redirected();
            exchange.redirect(
                    parts.redirect().status(), parts.redirect().url().get().toString());
            return;
        }
        CompletableFuture<?> unused = find(inform.device()).whenComplete((device, failed) -> {
            if (failed != null) {
                unwritten(exchange, inform.device(), failed);
            } else {
                admit(exchange, read, inform, device, body, now);
            }
        });
    }

    private CompletableFuture<Optional<Device>> find(DeviceId device) {
        return parts.devices().find(device).orTimeout(parts.answerLimit().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void admit(
            HttpExchange exchange,
            EnvelopeReader.Read read,
            CpeRequest.Inform inform,
            Optional<Device> device,
            byte[] body,
            Instant now) {
        CpeAuthenticator.Attempt attempt = new CpeAuthenticator.Attempt(
                "POST",
                exchange.target(),
                exchange.header(HttpHeader.AUTHORIZATION),
                exchange.isTls(),
                exchange.clientCertificates(),
                exchange.connection(),
                exchange.sourceAddress());
        CpeAuthenticator.Decision decision = parts.authenticator().decide(inform.device(), device, attempt, now);
        if (decision instanceof CpeAuthenticator.Decision.Challenge challenge) {
            parts.metrics().challenged();
            if (!challenge.reason().isEmpty()) {
                parts.metrics().failedLogin();
                LOG.info(
                        "refused with 401, {} from {}: {}",
                        inform.device(),
                        exchange.sourceAddress(),
                        challenge.reason());
            }
            challenged.keep(exchange.connection(), body, read);
            exchange.challenge(challenge.header());
        } else if (decision instanceof CpeAuthenticator.Decision.Admit admitted) {
            int repeats = repeatsBefore(exchange, inform.device(), now);
            CwmpSession session = parts.engine().begin(Ids.next(), admitted.caller(), now);
            OpenSession open = parts.sessions().open(inform.device(), exchange.connection(), session, now);
            open.repeats(repeats);
            open.enter();
            exchange.cookie(open.id());
            exchange.begins();
            if (exchange.isTls() && device.isPresent() && open.isProven()) {
                secureCalls.accept(device.get());
            }
            parts.metrics().informed(inform.events());
            say(open, read, body, now);
            heard(new Visit(exchange, open, session, read.envelope(), 1), device);
        } else if (decision instanceof CpeAuthenticator.Decision.Forbid forbidden) {
            LOG.info("refused with 403, {} from {}: {}", inform.device(), exchange.sourceAddress(), forbidden.reason());
            exchange.refuse(403);
        } else {
            parts.metrics().putOff();
            exchange.later(RETRY_SECONDS);
        }
    }

    /** How often the phone was asked to repeat this Inform; the session in which it was asked ends here. */
    private int repeatsBefore(HttpExchange exchange, DeviceId device, Instant now) {
        Optional<OpenSession> asked = parts.sessions()
                .find(exchange.cookies(), exchange.connection())
                .filter(session -> session.repeats() > 0
                        && session.value().phase() == SessionPhase.AWAITING_INFORM
                        && session.device().equals(device)
                        && session.sourceAddress().equals(exchange.sourceAddress()));
        asked.ifPresent(session -> parts.sessions().close(session, "the phone was asked to repeat its Inform", now));
        return asked.map(OpenSession::repeats).orElse(0);
    }

    /** Any other message of an open session, which is this message's alone by now. */
    void message(HttpExchange exchange, OpenSession open, EnvelopeReader.Read read, byte[] body, Instant now) {
        say(open, read, body, now);
        CwmpMessage message = read.envelope().message();
        if (message instanceof FaultMessage fault) {
            parts.metrics().fault(fault.fault());
        }
        if (message instanceof FaultMessage || message instanceof CpeResponse) {
            open.value().outstanding().ifPresent(outstanding -> parts.metrics()
                    .answered(outstanding.request().method(), open.askedFor()));
        }
        heard(
                new Visit(exchange, open, open.value(), read.envelope(), 1),
                open.value().device());
    }

    private void heard(Visit visit, Optional<Device> device) {
        parts.gate().pass(Moment.HEARD, visit.open().device(), visit.envelope().message(), () -> take(visit, device));
    }

    private static void say(OpenSession open, EnvelopeReader.Read read, byte[] body, Instant now) {
        open.say(now, true, read.envelope().message().name(), body);
        if (!read.remarks().isEmpty()) {
            open.tolerates(read.remarks());
        }
    }

    private void take(Visit visit, Optional<Device> device) {
        Instant now = clock.instant();
        try {
            Turn turn = parts.engine().take(visit.before(), device, visit.open().takeRing(), visit.envelope(), now);
            follow(visit, turn, true);
        } catch (RuntimeException broken) {
            broken(visit, broken);
        }
    }

    private void follow(Visit visit, Turn turn, boolean first) {
        boolean asks = turn instanceof Turn.Ask;
        if (!asks && turn.effects().isEmpty()) {
            answer(visit, turn);
            return;
        }
        long key = turn.session().device().map(Device::key).orElse(0L);
        CompletableFuture<?> unused = parts.commits()
                .submit(visit.open().device(), key, turn.effects())
                .orTimeout(parts.answerLimit().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((result, failed) -> written(visit, turn, first, result, failed));
    }

    private void written(Visit visit, Turn turn, boolean first, CommitResult result, Throwable failed) {
        try {
            if (failed != null) {
                end(visit, "its effects could not be written");
                unwritten(visit.exchange(), visit.open().device(), failed);
            } else if (result.refused()) {
                parts.metrics().putOff();
                end(
                        visit,
                        turn.session().admission() == Admission.CLAIM
                                ? "put off: there is no room for another claim or for what it tells; decide about those"
                                        + " there are"
                                : "put off: the waiting list is full, or there are as many devices as devices.limit"
                                        + " says");
                visit.exchange().later(3600);
            } else if (result.guardLost()) {
                again(visit, first);
            } else {
                result.device().ifPresent(parts.devices()::remember);
                if (movesRpcs(turn)) {
                    movedRpcs.accept(visit.open().device());
                }
                if (first) {
                    parts.gate()
                            .pass(
                                    Moment.STORED,
                                    visit.open().device(),
                                    visit.envelope().message(),
                                    () -> onward(visit, turn, result));
                } else {
                    onward(visit, turn, result);
                }
            }
        } catch (RuntimeException broken) {
            broken(visit, broken);
        }
    }

    private void onward(Visit visit, Turn turn, CommitResult result) {
        if (turn instanceof Turn.Ask) {
            follow(visit, parts.engine().resume(turn.session(), result, clock.instant()), false);
        } else {
            answer(visit, turn);
        }
    }

    private static boolean movesRpcs(Turn turn) {
        for (Effect effect : turn.effects()) {
            if (effect instanceof Effect.RpcMoved
                    || effect instanceof Effect.MethodReported
                    || effect instanceof Effect.OnlyOneReported
                    || effect instanceof Effect.FailureReported
                    || effect instanceof Effect.TransferDone) {
                return true;
            }
        }
        return false;
    }

    private void again(Visit visit, boolean first) {
        DeviceId device = visit.open().device();
        parts.devices().forget(device);
        if (!parts.sessions().isOpen(visit.open())) {
            visit.exchange().later(RETRY_SECONDS); // another session of the device has taken its place
            return;
        }
        if (!first || visit.attempt() >= ATTEMPTS) {
            repeatOrPutOff(visit);
            return;
        }
        parts.metrics().repeated();
        visit.open().ring();
        CompletableFuture<?> unused = find(device).whenComplete((row, failed) -> {
            if (failed != null) {
                end(visit, "its row could not be read");
                unwritten(visit.exchange(), device, failed);
            } else {
                heard(visit.again(), row);
            }
        });
    }

    /** Others change the device's row at this very moment, which is over in a moment: a short wait, for a phone that asks. */
    private void repeatOrPutOff(Visit visit) {
        OpenSession open = visit.open();
        if (visit.envelope().message() instanceof CpeRequest && open.repeats() < MOST_REPEATS) {
            open.repeats(open.repeats() + 1);
            byte[] body = faulted(visit, FaultCode.ACS_RETRY_REQUEST);
            open.leave();
            visit.exchange().xml(body);
            return;
        }
        end(visit, "put off: the device's row changed too often");
        visit.exchange().later(RETRY_SECONDS);
    }

    private byte[] faulted(Visit visit, FaultCode code) {
        FaultMessage fault = new FaultMessage(Fault.of(code));
        byte[] body =
                writer.write(Envelope.of(visit.envelope().id(), visit.envelope().style(), fault));
        parts.metrics().error(Integer.toString(code.number()));
        visit.open().say(clock.instant(), false, fault.name(), body);
        return body;
    }

    private void answer(Visit visit, Turn turn) {
        OpenSession open = visit.open();
        Instant now = clock.instant();
        open.become(turn.session());
        if (turn instanceof Turn.Refuse refuse) {
            parts.metrics().error("400");
            end(visit, "refused with 400: " + refuse.reason());
            visit.exchange().refuseAndClose(400);
            return;
        }
        Optional<Envelope> answer = turn instanceof Turn.Reply reply ? reply.answer() : Optional.empty();
        if (answer.isEmpty()) {
            if (turn.session().phase() == SessionPhase.CLOSED) {
                if (isLeftUnanswered(visit)) {
                    parts.metrics().error("unanswered");
                    end(visit, "the phone left our request without an answer");
                } else {
                    end(visit, OpenSessions.WELL);
                }
                visit.exchange().over();
            } else {
                open.leave();
            }
            visit.exchange().empty();
            return;
        }
        byte[] body = writer.write(answer.get());
        CwmpMessage said = answer.get().message();
        if (said instanceof AcsRequest) {
            open.asks();
        } else if (said instanceof FaultMessage fault) {
            parts.metrics().error(Integer.toString(fault.fault().code()));
        }
        open.say(now, false, said.name(), body);
        if (turn.session().phase() == SessionPhase.CLOSED) {
            end(visit, "refused with a fault");
        } else {
            open.leave(); // before the answer is on its way: the phone may be quicker than we are
        }
        send(visit, answer.get().message(), body);
    }

    private void send(Visit visit, CwmpMessage said, byte[] body) {
        TurnGate gate = parts.gate();
        DeviceId device = visit.open().device();
        gate.pass(Moment.DECIDED, device, said, () -> visit.exchange()
                .xml(body, onward -> gate.pass(Moment.SENT, device, said, onward)));
    }

    /** Something of ours was outstanding, and the phone had nothing to say to it (CWMP-089). */
    private static boolean isLeftUnanswered(Visit visit) {
        return visit.envelope().message() instanceof Empty said
                && visit.before()
                        .outstanding()
                        .filter(ours ->
                                !SessionEngine.isKnownMisanswer(ours.request().method(), said))
                        .isPresent();
    }

    private void end(Visit visit, String outcome) {
        List<String> remarks = visit.open().value().memory().remarks().stream()
                .filter(remark -> !outcome.contains(remark))
                .toList();
        String told = remarks.isEmpty() ? outcome : outcome + "; " + String.join("; ", remarks);
        parts.sessions().close(visit.open(), told, clock.instant());
        visit.open().leave();
    }

    private static void unwritten(HttpExchange exchange, DeviceId device, Throwable failed) {
        LOG.error("{} was put off: {}", device, failed.toString());
        exchange.later(RETRY_SECONDS);
    }

    private void broken(Visit visit, RuntimeException broken) {
        LOG.error("a message of {} could not be answered", visit.open().device(), broken);
        if (visit.envelope().message() instanceof CpeRequest) {
            // the phone asked something, so it can be told; it comes again by its own retries (CWMP-131)
            byte[] body = faulted(visit, FaultCode.ACS_INTERNAL_ERROR);
            end(visit, "an error of this server, told with fault 8002");
            visit.exchange().xml(body);
            return;
        }
        parts.metrics().error("500");
        end(visit, "an error of this server");
        visit.exchange().refuse(500);
    }
}
