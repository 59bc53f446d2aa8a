package carillon.server.login;

import carillon.server.config.PhoneLoginConfig.Scheme;
import java.time.Instant;

/** What phones are told when they shall log in: one header, since clients that are offered a choice choose wrong (CWMP-045, CWMP-049). */
public final class Challenges {
    private final Nonces nonces;
    private final Scheme overTls;

    /** With what is asked for over TLS; over plain HTTP it is always Digest. */
    public Challenges(Nonces nonces, Scheme overTls) {
        this.nonces = nonces;
        this.overTls = overTls;
    }

    /** The value of a WWW-Authenticate header. */
    public String header(boolean tls, Instant now) {
        return tls && overTls == Scheme.BASIC
                ? "Basic realm=\"" + Passwords.REALM + "\", charset=\"UTF-8\""
                : digest(now);
    }

    /** The login was good, or was once: with a fresh nonce it will be again. */
    public String stale(Instant now) {
        return digest(now) + ", stale=true";
    }

    private String digest(Instant now) {
        return "Digest realm=\"" + Passwords.REALM + "\", qop=\"auth\", nonce=\"" + nonces.next(now)
                + "\", algorithm=MD5";
    }
}
