package carillon.server.operator;

import carillon.cwmp.Secret;
import carillon.db.ApiToken;
import carillon.db.Ids;
import carillon.db.Role;
import carillon.db.Scope;
import carillon.server.access.Permission;
import carillon.server.access.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is done with tokens for scripts: make, list, revoke. */
public final class TokenActions {
    /** How long a token is good unless it is said otherwise. */
    public static final Duration DEFAULT_LIFE = Duration.ofDays(90);

    private static final Duration LONGEST_LIFE = Duration.ofDays(3660);
    private static final int MOST_PER_USER = 200;

    private final Guard guard;

    public TokenActions(Guard guard) {
        this.guard = guard;
    }

    /** A token as somebody asks for it; what is left out is as the asker has it. */
    public record Request(String label, Optional<Role> role, Optional<Scope> scope, Optional<Duration> life) {}

    /** A new token; its text is shown this once. */
    public record Made(ApiToken token, Secret text) {}

    /** Makes a token of the actor's own. */
    public Made create(Actor actor, Request request) {
        if (request.label().length() > 200) {
            throw ActionRefused.invalid("label has " + request.label().length() + " characters; at most 200");
        }
        Duration life = request.life().orElse(DEFAULT_LIFE);
        if (life.isZero() || life.isNegative() || life.compareTo(LONGEST_LIFE) > 0) {
            throw ActionRefused.invalid("a token can live for up to ten years, not for " + life.toDays() + " days");
        }
        Role role = request.role().orElse(actor.role());
        Scope scope = request.scope().orElse(actor.scope());
        if (role.compareTo(actor.role()) > 0 || !UserActions.covers(actor.scope(), scope)) {
            throw ActionRefused.notPermitted("a token can do at most what " + actor.name() + " can do");
        }
        String text = Tokens.next();
        return guard.changeOnce(
                        actor,
                        Permission.MANAGE_OWN_TOKENS,
                        ledger -> make(ledger, actor, request.label(), role, scope, life, text),
                        made -> made.token().id(),
                        (stores, id) -> {
                            throw ActionRefused.conflict(
                                    "the token " + id + " was made with this Idempotency-Key and shown then, once;"
                                            + " where that answer was lost, revoke it and ask with a new"
                                            + " key");
                        })
                .result();
    }

    private static Made make(
            Ledger ledger, Actor actor, String label, Role role, Scope scope, Duration life, String text) {
        long live = ledger.stores().users().listTokens().stream()
                .filter(token -> token.userKey() == actor.userKey()
                        && !token.revoked()
                        && token.expiresAt().isAfter(ledger.now()))
                .count();
        if (live >= MOST_PER_USER) {
            throw ActionRefused.conflict("there are " + live + " live tokens already; revoke some");
        }
        ApiToken token = new ApiToken(
                Ids.next(),
                Tokens.hash(text),
                label,
                actor.userKey(),
                role,
                scope,
                ledger.now(),
                ledger.now().plus(life),
                false);
        ledger.stores().users().insertToken(token);
        ledger.note(
                "token.create",
                scope,
                token.id(),
                Map.of(),
                Map.of(
                        "label",
                        token.label(),
                        "role",
                        role.name().toLowerCase(Locale.ROOT),
                        "expiresAt",
                        token.expiresAt().toString()));
        return new Made(token, new Secret(text));
    }

    /** The actor's tokens; an administrator sees all in their scope. */
    public List<ApiToken> list(Actor actor) {
        return guard.read(actor, Permission.MANAGE_OWN_TOKENS, stores -> stores.users().listTokens().stream()
                .filter(token -> mayTouch(actor, token))
                .toList());
    }

    /** Revokes a token: it stops working at once. */
    public void revoke(Actor actor, String tokenId) {
        guard.removeOnce(actor, Permission.MANAGE_OWN_TOKENS, ledger -> {
            ApiToken token = ledger.stores().users().listTokens().stream()
                    .filter(found -> found.id().equals(tokenId) && mayTouch(actor, found))
                    .findFirst()
                    .orElseThrow(() -> ActionRefused.notFound("there is no token " + Devices.shown(tokenId)));
            ledger.stores().users().revokeToken(tokenId);
            ledger.note("token.revoke", token.scope(), tokenId, Map.of(), Map.of("revoked", true));
        });
    }

    private static boolean mayTouch(Actor actor, ApiToken token) {
        return token.userKey() == actor.userKey()
                || Permission.MANAGE_USERS.isOf(actor.role()) && UserActions.covers(actor.scope(), token.scope());
    }
}
