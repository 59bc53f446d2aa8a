package carillon.phones;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.FaultCode;
import carillon.cwmp.codec.CodecLimits;
import carillon.cwmp.codec.EnvelopeReader;
import carillon.cwmp.codec.EnvelopeWriter;
import carillon.cwmp.codec.MalformedEnvelopeException;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeRequest.Inform;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.FaultMessage;
import carillon.cwmp.message.WireStyle;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One CWMP session as the phone sees it (TR-069 Amendment 6, 3.7.2.1), bent by what the phone does wrong. */
final class PhoneSession {
    private static final EnvelopeReader READER = new EnvelopeReader(CodecLimits.DEFAULT, EnvelopeReader.Peer.ACS);
    private static final EnvelopeWriter WRITER = new EnvelopeWriter();
    private static final int MOST_REQUESTS = 10_000;

    /** How often the phone repeats a call that it is asked to repeat; then it gives the session up. */
    private static final int MOST_REPEATS = 10;

    private static final int SESSION_TIMEOUT_SECONDS = 60;
    private static final List<WireWatch> WATCHES =
            ServiceLoader.load(WireWatch.class, WireWatch.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    /** What phones follow, and how often in a row. */
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307);

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int MOST_REDIRECTS = 5;

    private final Phone phone;
    private final PhoneAnswers answers;
    private final Manners manners;
    private URI url;
    private final CwmpVersion version;
    private final WireStyle style;
    private final List<AcsRequest> requests = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private final SessionEnd end = new SessionEnd();
    private @Nullable HttpWire wire;
    private String cookie = "";
    private String informed = "";
    private boolean begunAnew;
    private int ids;
    private int acknowledged;

    PhoneSession(Phone phone, URI url) {
        this.phone = phone;
        this.answers = new PhoneAnswers(phone);
        this.manners = new Manners(
                phone.misbehaviours().stream().map(Misbehaviour::manner).toList());
        this.url = url;
        this.version = phone.version();
        this.style = WireStyle.of(version);
    }

    /** The phone forgets this session and begins another one. */
    private static final class BeginsAnew extends IOException {
        private static final long serialVersionUID = 1;
    }

    SessionLog run() {
        long start = System.nanoTime();
        try {
            converse();
            end.well();
        } catch (IOException | MalformedEnvelopeException failed) {
            end.because(failed);
        } catch (RuntimeException strange) {
            // what a server says must not end a thread that serves other phones
            end.because(strange);
        } finally {
            hangUp();
        }
        return new SessionLog(
                end.reason(), end.seen(), manners.bent(), acknowledged, requests, received, System.nanoTime() - start);
    }

    private void converse() throws IOException, MalformedEnvelopeException {
        try {
            talk();
        } catch (BeginsAnew again) {
            talk();
        }
        manners.at(Moment.END, this);
    }

    private void talk() throws IOException, MalformedEnvelopeException {
        manners.at(Moment.START, this);
        Inform inform = phone.inform(Instant.now());
        informs(manners.inform(inform));
        phone.acknowledged(inform);
        acknowledged += inform.events().size();
        manners.at(Moment.ACKNOWLEDGED, this);
        for (CpeRequest report : phone.reports()) {
            CwmpMessage said = calls(report);
            if (!(said instanceof AcsResponse)) {
                throw new IOException("a " + report.name() + " was answered with " + said.name());
            }
            phone.delivered(report);
        }
        Envelope said = sends(Step.EMPTY, Envelope.of(Optional.empty(), style, new Empty()));
        while (said.message() instanceof AcsRequest request) {
            requests.add(request);
            if (requests.size() > MOST_REQUESTS) {
                throw new IOException("the server asks without end");
            }
            manners.at(Moment.ASKED, this);
            CwmpMessage reply = manners.answer(request, answers.answer(request));
            manners.at(Moment.DONE, this);
            said = sends(reply instanceof Empty ? Step.EMPTY : Step.ANSWER, Envelope.of(said.id(), style, reply));
        }
        if (!(said.message() instanceof Empty)) {
            throw end.unexpected("the server ended with ", said.message());
        }
    }

    // what acts of a manner are made of, beside what a session needs

    /** Sends an Inform and takes its answer. */
    void informs(Inform inform) throws IOException, MalformedEnvelopeException {
        CwmpMessage said = asks(Step.INFORM, headers(), inform);
        if (!(said instanceof AcsResponse.InformResponse)) {
            throw end.unexpected("the Inform was answered with ", said);
        }
    }

    /** Calls the server, and returns what it says. */
    CwmpMessage calls(CwmpMessage call) throws IOException, MalformedEnvelopeException {
        CwmpMessage said = asks(Step.CALL, Envelope.Headers.NONE, call);
        if (said instanceof FaultMessage fault) {
            end.told(fault);
        }
        return said;
    }

    /** Asks the server, and again at once where it wants that (8005; TR-069 Amendment 6, A.5.1). */
    private CwmpMessage asks(Step step, Envelope.Headers headers, CwmpMessage question)
            throws IOException, MalformedEnvelopeException {
        CwmpMessage said = new Empty();
        for (int attempt = 0; attempt <= MOST_REPEATS; attempt++) {
            said = sends(step, new Envelope(nextId(), headers, style, question)).message();
            if (!(said instanceof FaultMessage fault) || fault.fault().code() != FaultCode.ACS_RETRY_REQUEST.number()) {
                return said;
            }
        }
        return said;
    }

    /** Sends a message that the server should not like; what it says is not looked at. */
    void says(CwmpMessage message) throws IOException, MalformedEnvelopeException {
        Envelope said = sends(message instanceof Empty ? Step.EMPTY : Step.CALL, Envelope.of(nextId(), style, message));
        if (said.message() instanceof FaultMessage fault) {
            throw end.unexpected("it was answered with ", fault);
        }
    }

    /** Who speaks. */
    Phone phone() {
        return phone;
    }

    /** The cookie of the session, as it is sent back; empty for none. */
    String cookie() {
        return cookie;
    }

    void cookie(String other) {
        cookie = other;
    }

    /** Closes the connection; the next message opens another. */
    void hangUp() {
        HttpWire open = wire;
        wire = null;
        if (open != null) {
            open.close();
        }
    }

    /** Forgets the session and begins another over the same connection, once in a visit. */
    void beginsAnew() throws IOException {
        if (!begunAnew) {
            begunAnew = true;
            throw new BeginsAnew();
        }
    }

    /** The same, and its connection and cookie are lost. */
    void losesItsConnection() throws IOException {
        if (!begunAnew) {
            hangUp();
            cookie = "";
        }
        beginsAnew();
    }

    HttpWire wire() throws IOException {
        HttpWire open = wire;
        if (open == null) {
            open = new HttpWire(url, phone.identity());
            wire = open;
        }
        return open;
    }

    private Optional<String> nextId() {
        return Optional.of(Integer.toString(++ids));
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

    private Envelope sends(Step step, Envelope envelope) throws IOException, MalformedEnvelopeException {
        byte[] body = written(step, envelope);
        HttpWire.Answer answer = delivered(step, body);
        for (int i = 0; i < MOST_REDIRECTS && REDIRECTS.contains(answer.status()); i++) {
            goesTo(answer.header("location"));
            answer = delivered(step, body);
        }
        if (answer.status() != 200 && answer.status() != 204) {
            throw end.refused(answer.status(), "HTTP " + answer.status());
        }
        heard(answer);
        return READER.read(answer.body(), answer.body().length, "utf-8").envelope();
    }

    private HttpWire.Answer delivered(Step step, byte[] body) throws IOException, MalformedEnvelopeException {
        HttpWire.Answer answer = post(step, body, "");
        if (answer.status() != 401) {
            return answer;
        }
        String login = login(answer.header("www-authenticate"));
        if (login.isEmpty()) {
            throw end.refused(401, "401, and no credentials for it");
        }
        return post(step, body, login);
    }

    /** The rest of the session is held there; the next one begins where the phone was told to call (3.4.5). */
    private void goesTo(String location) throws IOException {
        URI next;
        try {
            next = url.resolve(location);
        } catch (IllegalArgumentException noUrl) {
            throw new IOException("it was sent on to '" + location + "', which is no URL", noUrl);
        }
        if (location.isEmpty() || next.getHost() == null || !SCHEMES.contains(String.valueOf(next.getScheme()))) {
            throw new IOException("it was sent on to '" + location + "', which is no place to go");
        }
        hangUp();
        cookie = "";
        url = next;
    }

    private byte[] written(Step step, Envelope envelope) {
        byte[] body = WRITER.write(envelope);
        if (manners.areGood() || body.length == 0) {
            return body;
        }
        String text = manners.text(step, new String(body, StandardCharsets.UTF_8));
        if (step == Step.INFORM) {
            informed = text;
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void heard(HttpWire.Answer answer) throws IOException {
        if (answer.body().length == 0) {
            return;
        }
        received.add(answer.text());
        if (answer.text().contains('"' + style.namespace() + '"')) {
            for (WireWatch watch : WATCHES) {
                watch.heard(version, answer.body());
            }
        }
        String complaint = manners.complaint(informed, answer.text());
        if (!complaint.isEmpty()) {
            throw new IOException("the phone cannot bear what it heard: " + complaint);
        }
    }

    private HttpWire.Answer post(Step step, byte[] body, String authorization)
            throws IOException, MalformedEnvelopeException {
        HttpWire open = wire();
        Post post = new Post(step, target(), body);
        Map<String, String> headers = post.headers();
        headers.put("Host", open.host());
        if (body.length > 0) {
            headers.put("Content-Type", "text/xml; charset=\"utf-8\"");
            headers.put("SOAPAction", "");
        }
        if (!cookie.isEmpty()) {
            headers.put("Cookie", cookie);
        }
        if (!authorization.isEmpty()) {
            headers.put("Authorization", authorization);
        }
        if (!manners.areGood()) {
            manners.post(post);
        }
        HttpWire.Answer answer = manners.deliver(post, open);
        String set = answer.header("set-cookie");
        if (!set.isEmpty()) {
            cookie = set.split(";", 2)[0];
        }
        if (answer.header("connection").equals("close")) {
            hangUp();
        }
        manners.at(Moment.POSTED, this);
        return answer;
    }

    private String target() {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private String login(String challenge) {
        if (!challenge.regionMatches(true, 0, "Digest", 0, 6)) {
            return "";
        }
        // without credentials the phone repeats itself with an empty name, as the field's phones do
        String username = phone.value(Phone.MANAGEMENT + "Username");
        String password = phone.value(Phone.MANAGEMENT + "Password");
        String right =
                DigestAnswer.to(challenge, username, password, "POST", target(), Long.toHexString(System.nanoTime()));
        return manners.login(new Login(challenge, username, password, target(), right));
    }
}
