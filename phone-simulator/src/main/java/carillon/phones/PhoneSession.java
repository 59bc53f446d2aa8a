package carillon.phones;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.codec.CodecLimits;
import carillon.cwmp.codec.EnvelopeReader;
import carillon.cwmp.codec.EnvelopeWriter;
import carillon.cwmp.codec.MalformedEnvelopeException;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.WireStyle;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One CWMP session as the phone sees it (TR-069 Amendment 6, 3.7.2.1). */
final class PhoneSession {
    private static final EnvelopeReader READER = new EnvelopeReader(CodecLimits.DEFAULT, EnvelopeReader.Peer.ACS);
    private static final EnvelopeWriter WRITER = new EnvelopeWriter();
    private static final int MOST_REQUESTS = 10_000;
    private static final int SESSION_TIMEOUT_SECONDS = 60;
    private static final List<WireWatch> WATCHES =
            ServiceLoader.load(WireWatch.class, WireWatch.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    private final Phone phone;
    private final PhoneAnswers answers;
    private final URI url;
    private final CwmpVersion version;
    private final WireStyle style;
    private final List<AcsRequest> requests = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private @Nullable HttpWire wire;
    private String cookie = "";
    private int ids;
    private int acknowledged;

    PhoneSession(Phone phone, URI url) {
        this.phone = phone;
        this.answers = new PhoneAnswers(phone);
        this.url = url;
        this.version = phone.version();
        this.style = WireStyle.of(version);
    }

    /** The phone goes away in the middle. */
    private static final class Vanished extends IOException {
        private static final long serialVersionUID = 1;

        Vanished(Misbehaviour why) {
            super(why.name());
        }
    }

    SessionLog run() {
        long start = System.nanoTime();
        String reason = "";
        try {
            talk();
        } catch (IOException | MalformedEnvelopeException failed) {
            reason = String.valueOf(failed.getMessage());
        } catch (RuntimeException strange) {
            // what a server says must not end a thread that serves other phones
            reason = "an answer that cannot be understood: " + strange;
        } finally {
            hangUp();
        }
        return new SessionLog(reason.isEmpty(), reason, acknowledged, requests, received, System.nanoTime() - start);
    }

    private void talk() throws IOException, MalformedEnvelopeException {
        CpeRequest.Inform inform = phone.inform(Instant.now());
        Envelope answer = sends(new Envelope(nextId(), headers(), style, inform));
        if (!(answer.message() instanceof AcsResponse.InformResponse)) {
            throw new IOException(
                    "the Inform was answered with " + answer.message().name());
        }
        phone.acknowledged(inform);
        acknowledged = inform.events().size();
        vanish(Misbehaviour.DROP_AFTER_INFORM);
        for (CpeRequest report : phone.reports()) {
            CwmpMessage said = sends(Envelope.of(nextId(), style, report)).message();
            if (!(said instanceof AcsResponse)) {
                throw new IOException("a " + report.name() + " was answered with " + said.name());
            }
            phone.delivered(report);
        }
        Envelope said = sends(Envelope.of(Optional.empty(), style, new Empty()));
        while (said.message() instanceof AcsRequest request) {
            requests.add(request);
            if (requests.size() > MOST_REQUESTS) {
                throw new IOException("the server asks without end");
            }
            vanish(Misbehaviour.DROP_ON_REQUEST);
            CwmpMessage reply = answers.answer(request);
            vanish(Misbehaviour.DROP_BEFORE_ANSWER);
            Optional<String> id = phone.does(Misbehaviour.WRONG_ID) ? Optional.of("nobody") : said.id();
            said = sends(Envelope.of(id, style, reply));
        }
        if (!(said.message() instanceof Empty)) {
            throw new IOException("the server ended with " + said.message().name());
        }
    }

    /** What an Inform of this version says in its header: SessionTimeout from 1.3, the versions from 1.4 (3.4.7, 3.6.6). */
    private Envelope.Headers headers() {
        return new Envelope.Headers(
                false,
                version.compareTo(CwmpVersion.V1_3) < 0 ? Optional.empty() : Optional.of(SESSION_TIMEOUT_SECONDS),
                version.compareTo(CwmpVersion.V1_4) < 0
                        ? List.of()
                        : Stream.of(CwmpVersion.values())
                                .map(CwmpVersion::number)
                                .toList(),
                Optional.empty());
    }

    private void vanish(Misbehaviour when) throws IOException {
        if (phone.does(when)) {
            throw new Vanished(when);
        }
    }

    private Optional<String> nextId() {
        return Optional.of(Integer.toString(++ids));
    }

    private Envelope sends(Envelope envelope) throws IOException, MalformedEnvelopeException {
        byte[] body = WRITER.write(envelope);
        HttpWire.Answer answer = post(body, "");
        if (answer.status() == 401) {
            String login = login(answer.header("www-authenticate"));
            if (login.isEmpty()) {
                throw new IOException("401, and no credentials for it");
            }
            answer = post(body, login);
        }
        if (answer.status() != 200 && answer.status() != 204) {
            throw new IOException("HTTP " + answer.status());
        }
        if (answer.body().length > 0) {
            received.add(answer.text());
            for (WireWatch watch : WATCHES) {
                watch.heard(version, answer.body());
            }
        }
        return READER.read(answer.body(), answer.body().length, "utf-8").envelope();
    }

    private HttpWire.Answer post(byte[] body, String authorization) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        if (body.length > 0) {
            headers.put("Content-Type", "text/xml; charset=\"utf-8\"");
            headers.put("SOAPAction", "");
        }
        if (!cookie.isEmpty() && !phone.does(Misbehaviour.NO_COOKIE)) {
            headers.put("Cookie", cookie);
        }
        if (!authorization.isEmpty()) {
            headers.put("Authorization", authorization);
        }
        HttpWire.Answer answer = wire().call("POST", target(), headers, body);
        String set = answer.header("set-cookie");
        if (!set.isEmpty()) {
            cookie = set.split(";", 2)[0];
        }
        if (answer.header("connection").equals("close") || phone.does(Misbehaviour.CONNECTION_PER_POST)) {
            hangUp();
        }
        return answer;
    }

    private HttpWire wire() throws IOException {
        HttpWire open = wire;
        if (open == null) {
            open = new HttpWire(url);
            wire = open;
        }
        return open;
    }

    private void hangUp() {
        HttpWire open = wire;
        wire = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException goneAnyway) {
                // nothing is lost
            }
        }
    }

    private String target() {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private String login(String challenge) {
        String username = phone.value(Phone.MANAGEMENT + "Username");
        String password = phone.value(Phone.MANAGEMENT + "Password");
        if (challenge.regionMatches(true, 0, "Digest", 0, 6)) {
            // without credentials the phone repeats itself with an empty name, as the field's phones do
            return DigestAnswer.to(
                    challenge, username, password, "POST", target(), Long.toHexString(System.nanoTime()));
        }
        return "";
    }
}
