package carillon.server.access;

import carillon.db.Database;
import carillon.db.User;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions of browsers: a random cookie whose SHA-256 is stored. A session ends twelve hours after it was last used; the
 * use is noted at most every ten minutes. Thread-safe.
 */
public final class WebSessions {
    /** The cookie's name. */
    public static final String COOKIE = "carillon";

    /** How long a session lives without being used. */
    public static final Duration LIFE = Duration.ofHours(12);

    /** How many sessions of one user there may be; those that were not used for longest end. */
    public static final int MOST_PER_USER = 100;

    private static final Duration NOTED_EVERY = Duration.ofMinutes(10);
    private static final int MOST_NOTED = 10_000;

    private final Database database;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Instant> noted = new ConcurrentHashMap<>();

    public WebSessions(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Opens a session for somebody whose password was right; returns the cookie's value. */
    public String open(Identity identity) {
        String cookie = Hashes.randomText();
        Instant now = clock.instant();
        database.write(stores -> {
            stores.users().pruneLogins(now);
            stores.users().insertLogin(Hashes.sha256(cookie), identity.userKey(), now.plus(LIFE));
            stores.users().trimLogins(identity.userKey(), MOST_PER_USER);
            return true;
        });
        return cookie;
    }

    /** Whose session this cookie is, if it has not expired and its user is not disabled. */
    public Optional<Identity> find(String cookie) {
        if (cookie.length() != 43) {
            return Optional.empty();
        }
        String hash = Hashes.sha256(cookie);
        Instant now = clock.instant();
        Optional<User> user =
                database.read(stores -> stores.users().findLogin(hash, now)).filter(found -> !found.disabled());
        user.ifPresent(found -> slide(hash, found, now));
        return user.map(Identity::of);
    }

    /** Ends a session. */
    public void close(String cookie) {
        String hash = Hashes.sha256(cookie);
        noted.remove(hash);
        database.write(stores -> {
            stores.users().deleteLogin(hash);
            return true;
        });
    }

    /** The {@code Set-Cookie} line that carries a session; {@code secure} over HTTPS. */
    public static String setCookie(String cookie, boolean secure) {
        return COOKIE + "=" + cookie + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + LIFE.toSeconds()
                + (secure ? "; Secure" : "");
    }

    /** The {@code Set-Cookie} line that removes it. */
    public static String clearCookie() {
        return COOKIE + "=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0";
    }

    private void slide(String hash, User user, Instant now) {
        if (noted.size() > MOST_NOTED) {
            noted.values().removeIf(at -> at.plus(NOTED_EVERY).isBefore(now));
        }
        Instant last = noted.putIfAbsent(hash, now);
        if (last == null || last.plus(NOTED_EVERY).isAfter(now) || !noted.replace(hash, last, now)) {
            return;
        }
        database.write(stores -> {
            // a session that was ended meanwhile stays ended
            if (stores.users().findLogin(hash, now).isPresent()) {
                stores.users().deleteLogin(hash);
                stores.users().insertLogin(hash, user.key(), now.plus(LIFE));
            }
            return true;
        });
    }
}
