package carillon.server.files;

import carillon.db.Transfer;
import carillon.rpc.enrol.TransferTokens;
import carillon.server.config.PhoneLoginConfig.Scheme;
import carillon.server.login.Authorization;
import carillon.server.login.Challenges;
import carillon.server.login.Nonces;
import carillon.server.login.Passwords;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Logins of phones that fetch or leave a file: with the user name and password that the RPC told, by Digest on every road
 * and by Basic over TLS alone. Each is good for one transfer.
 */
public final class FileLogins {
    private final TransferTokens tokens;
    private final Nonces nonces = new Nonces();
    private final Challenges challenges;

    /** With what is asked for over TLS; either is taken. */
    public FileLogins(TransferTokens tokens, Scheme overTls) {
        this.tokens = tokens;
        this.challenges = new Challenges(nonces, overTls);
    }

    /** What the phone is told that has not logged in to this transfer; empty if it has. */
    Optional<String> challenge(Transfer transfer, Request request, Instant now) {
        Optional<Authorization> given = Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION))
                .flatMap(Authorization::parse);
        Passwords.Asked asked =
                new Passwords.Asked(request.getMethod(), request.getHttpURI().getPathQuery(), request.isSecure());
        boolean right = given.isPresent()
                && given.get().get("username").equals(transfer.rpcId())
                && Passwords.fits(
                        given.get(), asked, tokens.password(transfer.rpcId()).reveal());
        if (!right) {
            return Optional.of(challenges.header(request.isSecure(), now));
        }
        Authorization login = given.get();
        String nonce = login.get("nonce");
        String connection = request.getConnectionMetaData().getId();
        boolean fresh = login.scheme().equals("basic")
                || nonces.isFresh(nonce, now) && nonces.use(nonce, login.count(), connection);
        return fresh ? Optional.empty() : Optional.of(challenges.stale(now));
    }
}
