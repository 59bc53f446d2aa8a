package carillon.server.operator;

import carillon.db.Database;
import carillon.db.Stores;
import carillon.server.access.Permission;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Permission and audit, shared by all actions: a change is permitted, written and noted in one transaction. */
public final class Guard {
    private static final String MAC = "HmacSHA256";

    private final Database database;
    private final InstantSource clock;

    public Guard(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Throws {@link ActionRefused} unless the actor may. */
    public void check(Actor actor, Permission permission) {
        if (!permission.isOf(actor.role())) {
            throw ActionRefused.notPermitted("this needs the role " + text(permission.leastRole()) + "; " + actor.name()
                    + " is " + text(actor.role()));
        }
    }

    /** Reads in a permitted way. */
    public <T> T read(Actor actor, Permission permission, Function<Stores, T> work) {
        check(actor, permission);
        return database.read(work);
    }

    /** One change. The work may be repeated, and does nothing but work with the stores. */
    public <T> T change(Actor actor, Permission permission, Function<Ledger, T> work) {
        check(actor, permission);
        Instant now = clock.instant();
        return database.write(stores -> work.apply(new Ledger(stores, actor, now)));
    }

    /**
     * One change that is done once for each {@link Actor.Once}: asked for again, what it made is found again.
     *
     * @param idOf what the result is found again by
     * @param again finds the result of the first time
     */
    <T> Done<T> changeOnce(
            Actor actor,
            Permission permission,
            Function<Ledger, T> work,
            Function<T, String> idOf,
            BiFunction<Stores, String, Optional<T>> again) {
        check(actor, permission);
        if (actor.once().isEmpty()) {
            return new Done<>(change(actor, permission, work), true);
        }
        Actor.Once once = actor.once().get();
        Optional<T> before = database.read(stores -> before(stores, actor, once, again));
        if (before.isPresent()) {
            return new Done<>(before.get(), false);
        }
        Instant now = clock.instant();
        try {
            return new Done<>(
                    database.write(stores -> {
                        T result = work.apply(new Ledger(stores, actor, now));
                        stores.settings()
                                .putAnswer(
                                        actor.scope().tenant(),
                                        actor.name(),
                                        once.key(),
                                        keyed(once) + " " + idOf.apply(result),
                                        now);
                        return result;
                    }),
                    true);
        } catch (ActionRefused refused) {
            throw refused;
        } catch (RuntimeException failed) {
            // perhaps the same request, sent at the same time, was first: then its result counts
            return database.read(stores -> before(stores, actor, once, again))
                    .map(result -> new Done<>(result, false))
                    .orElseThrow(() -> failed);
        }
    }

    /** One change of something that is not there any more when it is asked for again: then nothing is left to do. */
    Done<Boolean> removeOnce(Actor actor, Permission permission, Consumer<Ledger> work) {
        return changeOnce(
                actor,
                permission,
                ledger -> {
                    work.accept(ledger);
                    return true;
                },
                removed -> "removed",
                (stores, removed) -> Optional.of(true));
    }

    /**
     * A result.
     *
     * @param now it was done by this very request, not by an earlier one with the same key
     */
    record Done<T>(T result, boolean now) {}

    private <T> Optional<T> before(
            Stores stores, Actor actor, Actor.Once once, BiFunction<Stores, String, Optional<T>> again) {
        Optional<String> answer = stores.settings().findAnswer(actor.scope().tenant(), actor.name(), once.key());
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        int space = answer.get().indexOf(' ');
        if (!answer.get().substring(0, Math.max(0, space)).equals(keyed(once))) {
            throw ActionRefused.invalid(
                    "the Idempotency-Key was used for another request; take a new key for a new request");
        }
        return Optional.of(again.apply(stores, answer.get().substring(space + 1))
                .orElseThrow(() -> ActionRefused.conflict(
                        "this was done before with the same Idempotency-Key, and what it made is gone by now")));
    }

    /** What is kept of a request: a body may hold a password, which the database alone must not give away to guessing. */
    private String keyed(Actor.Once once) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(database.seal().credentialKey(), MAC));
            byte[] text = ("idempotency\n" + once.fingerprint()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(mac.doFinal(text));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java runtime has " + MAC, missing);
        }
    }

    private static String text(Enum<?> role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
