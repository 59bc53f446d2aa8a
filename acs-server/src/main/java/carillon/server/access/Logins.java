package carillon.server.access;

import carillon.db.ApiToken;
import carillon.db.Database;
import carillon.db.User;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Checks passwords and tokens. A name that nobody has takes as long as a wrong password; after five wrong ones for a name
 * from an address that pair is put off, for longer each time. Thread-safe.
 */
public final class Logins {
    private static final int FREE_FAILURES = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private static final Duration BASIC_REMEMBERED = Duration.ofSeconds(60);

    private final Database database;
    private final PasswordHash hashes;
    private final InstantSource clock;
    private final String pepper = Hashes.randomText();
    private final Cache<String, Failures> failures = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();
    private final Cache<String, Verified> verified =
            Caffeine.newBuilder().maximumSize(1000).build();

    private record Failures(int count, Instant until) {}

    private record Verified(String passwordHash, Instant until) {}

    public Logins(Database database, PasswordHash hashes, InstantSource clock) {
        this.database = database;
        this.hashes = hashes;
        this.clock = clock;
    }

    /**
     * Who has this name and password.
     *
     * @param address where the request came from, counted together with the name
     * @throws AccessDeniedException after too many wrong passwords
     */
    public Optional<Identity> password(String name, String password, String address) {
        String attempt = name + "\n" + address;
        Instant now = clock.instant();
        Failures before = failures.getIfPresent(attempt);
        if (before != null && before.count() >= FREE_FAILURES && before.until().isAfter(now)) {
            Duration pause = Duration.between(now, before.until()).plusSeconds(1);
            throw new AccessDeniedException(
                    "too many wrong passwords for this user from this address; try again in " + pause.toSeconds()
                            + " seconds",
                    pause);
        }
        Optional<User> user = name.length() > 64
                ? Optional.empty()
                : database.read(stores -> stores.users().find(name));
        if (user.isEmpty()) {
            hashes.pretend(password);
        } else if (hashes.matches(password, user.get().passwordHash())
                && !user.get().disabled()) {
            failures.invalidate(attempt);
            return user.map(Identity::of);
        }
        failures.asMap().compute(attempt, (key, old) -> {
            int count = old == null ? 1 : old.count() + 1;
            long seconds = 1L << Math.min(10, Math.max(0, count - FREE_FAILURES) + 2);
            Duration pause = Duration.ofSeconds(Math.min(seconds, LONGEST_PAUSE.toSeconds()));
            return new Failures(count, now.plus(pause));
        });
        return Optional.empty();
    }

    /** The same for scripts that send the password with each request: a right one is remembered for a minute. */
    public Optional<Identity> basic(String name, String password, String address) {
        String key = Hashes.sha256(pepper + "\n" + name.length() + "\n" + name + password);
        Instant now = clock.instant();
        Verified known = verified.getIfPresent(key);
        if (known != null && known.until().isAfter(now)) {
            // the row is read all the same: a disabled user or a changed password counts at once
            return database.read(stores -> stores.users().find(name))
                    .filter(user -> !user.disabled() && user.passwordHash().equals(known.passwordHash()))
                    .map(Identity::of);
        }
        Optional<Identity> identity = password(name, password, address);
        if (identity.isPresent()) {
            database.read(stores -> stores.users().find(name))
                    .ifPresent(
                            user -> verified.put(key, new Verified(user.passwordHash(), now.plus(BASIC_REMEMBERED))));
        }
        return identity;
    }

    /** Who has this token, if it is neither revoked nor expired and its user is not disabled. */
    public Optional<Identity> token(String text) {
        if (text.length() < 20 || text.length() > 200) {
            return Optional.empty();
        }
        String hash = Hashes.sha256(text);
        Instant now = clock.instant();
        return database.read(stores -> {
            Optional<ApiToken> token = stores.users()
                    .findToken(hash)
                    .filter(found -> !found.revoked() && found.expiresAt().isAfter(now));
            return token.flatMap(found -> stores.users()
                    .find(found.userKey())
                    .filter(user -> !user.disabled())
                    .map(user -> Identity.of(found, user)));
        });
    }
}
