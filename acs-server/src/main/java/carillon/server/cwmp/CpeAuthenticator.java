package carillon.server.cwmp;

import carillon.cwmp.DeviceId;
import carillon.db.CredentialState;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.Proof;
import carillon.rpc.enrol.Credentials;
import carillon.rpc.session.Caller;
import carillon.rpc.session.TrustMode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is calling: credentials or their absence, against the device that an Inform names. Digest MD5 with and without qop
 * on every road, Basic over TLS alone (CWMP-044 to CWMP-059).
 */
public final class CpeAuthenticator {
    private static final Logger LOG = LoggerFactory.getLogger(CpeAuthenticator.class);
    private static final String REALM = "Carillon";
    private static final int MOST_UNANSWERED = 2;
    private static final int MOST_FAILURES = 20;
    private static final Pattern ABSOLUTE = Pattern.compile("^[a-zA-Z]+://[^/]*");

    private final TrustMode trust;
    private final Credentials credentials;
    private final Nonces nonces = new Nonces();
    private final Cache<String, AtomicInteger> challenged = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .executor(Runnable::run) // a moment's work: not worth another thread
            .build();
    private final Cache<String, AtomicInteger> failures = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofSeconds(60))
            .executor(Runnable::run) // a moment's work: not worth another thread
            .build();

    public CpeAuthenticator(TrustMode trust, Credentials credentials) {
        this.trust = trust;
        this.credentials = credentials;
    }

    /**
     * A request as far as authentication cares.
     *
     * @param authorization the header, empty where there is none
     */
    record Attempt(
            String method, String target, String authorization, boolean tls, String connection, String sourceAddress) {}

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

        /** Too many failures of this device from this address: 503. */
        record TooMany() implements Decision {}
    }

    Decision decide(DeviceId id, Optional<Device> known, Attempt attempt, Instant now) {
        if (trust == TrustMode.OPEN) {
            return admit(attempt, Proof.OPEN_LAB, 0);
        }
        if (known.filter(device -> device.state() == DeviceState.APPROVED).isEmpty()) {
            return trust == TrustMode.ENROLL
                            || known.filter(device -> device.state() == DeviceState.REFUSED)
                                    .isPresent()
                    ? admit(attempt, Proof.NONE, 0)
                    : challenge(id, attempt, "nobody knows this device, and cpe.auth=required", now);
        }
        Device device = known.get();
        if (device.trust().credentials() == CredentialState.NONE) {
            return admit(attempt, Proof.APPROVAL, 0);
        }
        return withCredentials(device, attempt, now);
    }

    private Decision withCredentials(Device device, Attempt attempt, Instant now) {
        String caller = device.id().encoded() + ' ' + attempt.sourceAddress();
        AtomicInteger failed = failures.getIfPresent(caller);
        if (failed != null && failed.get() >= MOST_FAILURES) {
            if (failed.getAndIncrement() == MOST_FAILURES) {
                LOG.info(
                        "put off {} from {}: too many failed logins; not told again within a minute",
                        device.id(),
                        attempt.sourceAddress());
            }
            return new Decision.TooMany();
        }
        Optional<Authorization> given = Authorization.parse(attempt.authorization());
        if (given.isPresent()) {
            boolean digest = given.get().scheme().equals("digest");
            if (digest && isCutOff(given.get())) {
                return challenge(device.id(), attempt, "a login without a nonce or a response", now);
            }
            if (digest && !nonces.isFresh(given.get().get("nonce"), now)) {
                return stale(now);
            }
            Optional<Integer> generation = generation(device, given.get(), attempt, now);
            if (generation.isPresent()) {
                if (digest && !nonces.use(given.get().get("nonce"), count(given.get()), attempt.connection())) {
                    return stale(now);
                }
                if (failed != null) {
                    failures.invalidate(caller);
                }
                challenged.invalidate(caller);
                return admit(attempt, Proof.OWN_CREDENTIALS, generation.get());
            }
            failures.get(caller, any -> new AtomicInteger()).incrementAndGet();
        }
        if (isUnableToLogIn(caller, attempt)) {
            boolean believed = isStillWithoutCredentials(device, attempt, now);
            if (believed || trust == TrustMode.ENROLL) {
                challenged.invalidate(caller);
                return admit(attempt, believed ? Proof.APPROVAL : Proof.NONE, 0);
            }
        }
        return challenge(device.id(), attempt, attempt.authorization().isEmpty() ? "" : "wrong credentials", now);
    }

    private static boolean isCutOff(Authorization digest) {
        return digest.get("nonce").isEmpty() || digest.get("response").isEmpty();
    }

    /**
     * Whether the caller cannot answer a challenge: it gave a wrong answer to one, or none to several. One that stays
     * without an answer says nothing: connections break.
     */
    private boolean isUnableToLogIn(String caller, Attempt attempt) {
        AtomicInteger unanswered = challenged.getIfPresent(caller);
        return unanswered != null
                && unanswered.get() >= (attempt.authorization().isEmpty() ? MOST_UNANSWERED : 1);
    }

    /**
     * Whether the device may call without credentials once more: its first ones were acknowledged, were never used, and
     * it still calls from where it was approved. A phone may apply them only when it restarts (CWMP-058). They are not
     * sent to such a caller again, and after a day it has to be confirmed.
     */
    private static boolean isStillWithoutCredentials(Device device, Attempt attempt, Instant now) {
        return Credentials.mayBeUnapplied(device.trust(), now)
                && device.presence().sourceAddress().equals(attempt.sourceAddress());
    }

    private static Decision admit(Attempt attempt, Proof proof, int generation) {
        return new Decision.Admit(new Caller(attempt.sourceAddress(), attempt.tls(), proof, generation));
    }

    private Decision challenge(DeviceId id, Attempt attempt, String reason, Instant now) {
        challenged
                .get(id.encoded() + ' ' + attempt.sourceAddress(), any -> new AtomicInteger())
                .incrementAndGet();
        return new Decision.Challenge(header(now), reason);
    }

    /** The login was good, or was once: with a fresh nonce it will be again. */
    private Decision stale(Instant now) {
        return new Decision.Challenge(header(now) + ", stale=true", "");
    }

    private String header(Instant now) {
        return "Digest realm=\"" + REALM + "\", qop=\"auth\", nonce=\"" + nonces.next(now) + "\", algorithm=MD5";
    }

    /** The generation whose password this is, if it is one that is good. */
    private Optional<Integer> generation(Device device, Authorization given, Attempt attempt, Instant now) {
        if (!isNameOf(device.id(), given.get("username"))) {
            return Optional.empty();
        }
        for (int generation : Credentials.goodGenerations(device.trust(), now)) {
            String password = credentials
                    .password(device.id(), generation, Credentials.Purpose.CWMP)
                    .reveal();
            boolean right = given.scheme().equals("digest")
                    ? digestFits(given, attempt, password)
                    : attempt.tls() && same(password, given.get("password"));
            if (right) {
                return Optional.of(generation);
            }
        }
        return Optional.empty();
    }

    private boolean isNameOf(DeviceId id, String username) {
        DeviceId withoutClass = new DeviceId(id.oui(), "", id.serial());
        return username.equals(credentials.username(id))
                || username.equals(withoutClass.encoded().replace("--", "-"))
                || username.equals(id.decoded());
    }

    private static boolean digestFits(Authorization given, Attempt attempt, String password) {
        String uri = given.get("uri");
        if (!sameResource(uri, attempt.target())) {
            return false;
        }
        String first = md5(given.get("username") + ":" + given.get("realm") + ":" + password);
        if (given.get("algorithm").toLowerCase(Locale.ROOT).equals("md5-sess")) {
            first = md5(first + ":" + given.get("nonce") + ":" + given.get("cnonce"));
        }
        String second = md5(attempt.method() + ":" + uri);
        String middle = given.get("qop").isEmpty()
                ? given.get("nonce")
                : given.get("nonce") + ":" + given.get("nc") + ":" + given.get("cnonce") + ":" + given.get("qop");
        return same(
                md5(first + ":" + middle + ":" + second), given.get("response").toLowerCase(Locale.ROOT));
    }

    /** What the client wrote may be the path, the path with its query, or the absolute form (CWMP-050). */
    private static boolean sameResource(String uri, String target) {
        String path = uri.startsWith("/") ? uri : ABSOLUTE.matcher(uri).replaceFirst("");
        String withoutQuery = target.indexOf('?') < 0 ? target : target.substring(0, target.indexOf('?'));
        String wanted = path.isEmpty() ? "/" : path;
        return wanted.equals(target) || wanted.equals(withoutQuery);
    }

    private static long count(Authorization given) {
        try {
            return given.get("nc").isEmpty() ? 0 : Long.parseLong(given.get("nc"), 16);
        } catch (NumberFormatException odd) {
            return 0;
        }
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("a JDK without MD5", impossible);
        }
    }
}
