package carillon.server.cwmp;

import carillon.cwmp.DeviceId;
import carillon.db.CredentialState;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.Proof;
import carillon.rpc.enrol.Credentials;
import carillon.rpc.session.Caller;
import carillon.rpc.session.TrustMode;
import carillon.server.config.PhoneLoginConfig;
import carillon.server.login.Authorization;
import carillon.server.login.Challenges;
import carillon.server.login.Nonces;
import carillon.server.login.Passwords;
import carillon.server.tls.ClientCertificate;
import carillon.server.tls.ClientTrust;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is calling: credentials or their absence, against the device that an Inform names. Digest MD5 with and without qop
 * on every road, Basic over TLS alone (CWMP-044 to CWMP-059).
 */
public final class CpeAuthenticator {
    private static final Logger LOG = LoggerFactory.getLogger(CpeAuthenticator.class);
    private static final int MOST_UNANSWERED = 2;

    /** Stands for the login that phones share: no device's own has this number. */
    private static final int FIRST_CONTACT = 0;

    private final TrustMode trust;
    private final PhoneLoginConfig login;
    private final Credentials credentials;
    private final ClientTrust clients;
    private final Nonces nonces = new Nonces();
    private final Challenges challenges;
    private final LoginLimits limits = new LoginLimits();
    private final Cache<String, AtomicInteger> challenged = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .executor(Runnable::run) // a moment's work: not worth another thread
            .build();

    public CpeAuthenticator(TrustMode trust, PhoneLoginConfig login, Credentials credentials, ClientTrust clients) {
        this.trust = trust;
        this.clients = clients;
        this.login = login;
        this.challenges = new Challenges(nonces, login.overTls());
        this.credentials = credentials;
    }

    /**
     * A request as far as authentication cares.
     *
     * @param authorization the header, empty where there is none
     * @param certificates the client's own and those it sent with it; empty where it showed none
     */
    record Attempt(
            String method,
            String target,
            String authorization,
            boolean tls,
            List<X509Certificate> certificates,
            String connection,
            String sourceAddress) {
        Passwords.Asked asked() {
            return new Passwords.Asked(method, target, tls);
        }
    }

    /** What comes of it. */
    sealed interface Decision {
        /** A session may be opened for this caller. */
        record Admit(Caller caller) implements Decision {}

        /**
         * 401 with this challenge.
         *
         * @param reason what was wrong with the login; empty where there was none yet, or one that was good once
         */
        record Challenge(String header, String reason) implements Decision {}

        /** 403: no login would help. */
        record Forbid(String reason) implements Decision {}

        /** Too many failures of this device from this address: 503. */
        record TooMany() implements Decision {}
    }

    /** What a login is worth. */
    private sealed interface Login {
        /** It is this device's own of this generation, or the shared one. */
        record Right(int generation) implements Login {}

        /** It is right but for its nonce, which is too old or was used elsewhere. */
        record Stale() implements Login {}

        record Wrong(String why) implements Login {}

        record Missing() implements Login {}

        /** It was not looked at. */
        record PutOff() implements Login {}
    }

    /** The challenge for a call that names no device yet: an empty one, to see how one logs in. */
    String probed(boolean tls, Instant now) {
        return challenges.header(tls, now);
    }

    Decision decide(DeviceId id, Optional<Device> known, Attempt attempt, Instant now) {
        if (trust == TrustMode.OPEN) {
            return admit(attempt, Proof.OPEN_LAB, 0);
        }
        Optional<Decision> certified = certified(id, attempt);
        if (certified.isPresent()) {
            return certified.get();
        }
        boolean approved =
                known.filter(device -> device.state() == DeviceState.APPROVED).isPresent();
        if (!approved) {
            return stranger(id, known, attempt, now);
        }
        Device device = known.get();
        return device.trust().credentials() == CredentialState.NONE
                ? withoutOwn(device, attempt, now)
                : withOwn(device, attempt, now);
    }

    /**
     * What the client's certificate decides: one that names this device admits it, one that names another forbids it
     * (CWMP-041); one that names nobody, or does not count, decides nothing (CWMP-042).
     */
    private Optional<Decision> certified(DeviceId id, Attempt attempt) {
        if (attempt.certificates().isEmpty()) {
            return Optional.empty();
        }
        ClientCertificate shown = clients.judge(attempt.certificates());
        return shown.device()
                .map(named -> named.is(id)
                        ? admit(attempt, Proof.CLIENT_CERTIFICATE, 0)
                        : new Decision.Forbid(
                                "the client certificate of " + shown.subject() + " names another device"));
    }

    /** Nobody has decided about it, or somebody has refused it: it gets nothing, so little is asked of it. */
    private Decision stranger(DeviceId id, Optional<Device> known, Attempt attempt, Instant now) {
        boolean refused =
                known.filter(device -> device.state() == DeviceState.REFUSED).isPresent();
        if (trust == TrustMode.ENROLL || refused) {
            return admit(attempt, Proof.NONE, 0);
        }
        if (!login.hasFirstContact()) {
            return challenge(id, attempt, "nobody knows this device, and cpe.auth=required", now);
        }
        Login given = look(id, List.of(FIRST_CONTACT), attempt, false, now);
        return given instanceof Login.Missing
                ? challenge(id, attempt, "nobody knows this device, and cpe.auth=required", now)
                : decided(id, given, attempt, Proof.FIRST_CONTACT, now);
    }

    /**
     * An approved device that was never known to have credentials. The first ones may have reached it although its answer
     * was lost (CWMP-058).
     */
    private Decision withoutOwn(Device device, Attempt attempt, Instant now) {
        if (device.trust().certified() && !device.trust().readmit()) {
            // it has always come with its certificate, and whoever this is comes without
            return trust == TrustMode.ENROLL
                    ? admit(attempt, Proof.NONE, 0)
                    : challenge(device.id(), attempt, "it came without the device's certificate", now);
        }
        if (trust != TrustMode.REQUIRED || !login.hasFirstContact()) {
            return admit(attempt, Proof.APPROVAL, 0);
        }
        List<Integer> good = List.of(device.trust().generation() + 1, FIRST_CONTACT);
        Login given = look(device.id(), good, attempt, isAtHome(device, attempt), now);
        return decided(device.id(), given, attempt, Proof.APPROVAL, now);
    }

    private Decision decided(DeviceId id, Login given, Attempt attempt, Proof proof, Instant now) {
        if (given instanceof Login.Right) {
            return admit(attempt, proof, 0);
        }
        return refused(id, given, attempt, now);
    }

    private Decision withOwn(Device device, Attempt attempt, Instant now) {
        boolean unapplied = Credentials.mayBeUnapplied(device.trust(), now);
        boolean shared =
                unapplied && !device.trust().certified() && trust == TrustMode.REQUIRED && login.hasFirstContact();
        List<Integer> good = new ArrayList<>(Credentials.goodGenerations(device.trust(), now));
        if (shared) {
            good.add(FIRST_CONTACT);
        }
        Login given = look(device.id(), good, attempt, isAtHome(device, attempt), now);
        if (given instanceof Login.Right right) {
            forgetChallenges(device.id(), attempt);
            return right.generation() == FIRST_CONTACT
                    ? admit(attempt, Proof.APPROVAL, 0)
                    : admit(attempt, Proof.OWN_CREDENTIALS, right.generation());
        }
        if (isUnableToLogIn(device.id(), given, attempt)) {
            // its first ones were never used, and it still calls from where it was approved: a phone may apply them
            // only when it restarts (CWMP-058); they are not sent to it again, and after a day it has to be confirmed
            boolean believed = unapplied && !shared && !device.trust().certified() && isAtHome(device, attempt);
            if (believed || trust == TrustMode.ENROLL) {
                forgetChallenges(device.id(), attempt);
                return admit(attempt, believed ? Proof.APPROVAL : Proof.NONE, 0);
            }
        }
        return refused(device.id(), given, attempt, now);
    }

    private Decision refused(DeviceId id, Login given, Attempt attempt, Instant now) {
        if (given instanceof Login.PutOff) {
            return new Decision.TooMany();
        }
        if (given instanceof Login.Stale) {
            return new Decision.Challenge(challenges.stale(now), "");
        }
        return challenge(id, attempt, given instanceof Login.Wrong wrong ? wrong.why() : "", now);
    }

    /** Whether this is a login with one of these passwords, the newest first. */
    private Login look(DeviceId id, List<Integer> good, Attempt attempt, boolean atHome, Instant now) {
        if (attempt.authorization().isEmpty()) {
            return new Login.Missing();
        }
        if (limits.isOver(id, attempt.sourceAddress(), atHome)) {
            return new Login.PutOff();
        }
        Optional<Authorization> parsed = Authorization.parse(attempt.authorization());
        if (parsed.isEmpty()) {
            return new Login.Wrong("a login that is neither Digest nor Basic");
        }
        Authorization given = parsed.get();
        boolean digest = given.scheme().equals("digest");
        if (digest && (given.get("nonce").isEmpty() || given.get("response").isEmpty())) {
            return new Login.Wrong("a login without a nonce or a response");
        }
        OptionalInt right = good.stream()
                .filter(generation -> fits(id, generation, given, attempt))
                .mapToInt(Integer::intValue)
                .findFirst();
        if (right.isEmpty()) {
            if (limits.failed(id, attempt.sourceAddress())) {
                LOG.info(
                        "{} from {} has failed to log in {} times: its logins are put off for a minute",
                        id,
                        attempt.sourceAddress(),
                        LoginLimits.PER_DEVICE_AND_SOURCE);
            }
            return new Login.Wrong("wrong credentials");
        }
        boolean fresh = !digest
                || nonces.isFresh(given.get("nonce"), now)
                        && nonces.use(given.get("nonce"), given.count(), attempt.connection());
        if (!fresh) {
            return new Login.Stale();
        }
        limits.succeeded(id, attempt.sourceAddress());
        return new Login.Right(right.getAsInt());
    }

    private boolean fits(DeviceId id, int generation, Authorization given, Attempt attempt) {
        String user = given.get("username");
        if (generation == FIRST_CONTACT) {
            return login.hasFirstContact()
                    && Passwords.same(login.firstContactUser(), user)
                    && Passwords.fits(
                            given, attempt.asked(), login.firstContactPassword().reveal());
        }
        return isNameOf(id, user)
                && Passwords.fits(
                        given,
                        attempt.asked(),
                        credentials
                                .password(id, generation, Credentials.Purpose.CWMP)
                                .reveal());
    }

    /** The forms that the standard recommends, and the first of them without its percent signs (CWMP-055). */
    private boolean isNameOf(DeviceId id, String username) {
        DeviceId withoutClass = new DeviceId(id.oui(), "", id.serial());
        return username.equals(credentials.username(id))
                || username.equals(withoutClass.encoded().replace("--", "-"))
                || username.equals(id.decoded());
    }

    /** Whether the device's last Inform came from this address. */
    private static boolean isAtHome(Device device, Attempt attempt) {
        return device.presence().sourceAddress().equals(attempt.sourceAddress());
    }

    /**
     * Whether the caller cannot answer a challenge: it gave a wrong answer to one, or none to several. One that stays
     * without an answer says nothing: connections break.
     */
    private boolean isUnableToLogIn(DeviceId id, Login given, Attempt attempt) {
        AtomicInteger unanswered = challenged.getIfPresent(caller(id, attempt));
        if (unanswered == null) {
            return false;
        }
        return given instanceof Login.Missing && unanswered.get() >= MOST_UNANSWERED
                || given instanceof Login.Wrong && unanswered.get() >= 1;
    }

    private static Decision admit(Attempt attempt, Proof proof, int generation) {
        return new Decision.Admit(new Caller(attempt.sourceAddress(), attempt.tls(), proof, generation));
    }

    private Decision challenge(DeviceId id, Attempt attempt, String reason, Instant now) {
        challenged.get(caller(id, attempt), any -> new AtomicInteger()).incrementAndGet();
        return new Decision.Challenge(challenges.header(attempt.tls(), now), reason);
    }

    private void forgetChallenges(DeviceId id, Attempt attempt) {
        if (challenged.estimatedSize() > 0) {
            challenged.invalidate(caller(id, attempt));
        }
    }

    private static String caller(DeviceId id, Attempt attempt) {
        return id.encoded() + ' ' + attempt.sourceAddress();
    }
}
