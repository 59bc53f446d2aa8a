package carillon.server.operator;

import carillon.cwmp.Secret;
import carillon.db.Ids;
import carillon.db.Scope;
import carillon.db.Stores;
import carillon.db.Webhook;
import carillon.db.WebhookStore.NewMessage;
import carillon.server.access.Permission;
import carillon.server.access.Tokens;
import carillon.server.events.LiveEvent.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is done with webhooks: make, change, test, delete. Where they are may be a secret, and is shown in part. */
public final class WebhookActions {
    private static final int MOST = 20;
    private static final int LONGEST_URL = 2000;
    private static final Set<String> KINDS =
            Arrays.stream(Kind.values()).map(Kind::text).collect(Collectors.toUnmodifiableSet());

    private final Guard guard;
    private final Function<URI, Optional<String>> against;
    private final Runnable watch;

    /**
     * @param against says what is against calling an address
     * @param watch called after a change
     */
    public WebhookActions(Guard guard, Function<URI, Optional<String>> against, Runnable watch) {
        this.guard = guard;
        this.against = against;
        this.watch = watch;
    }

    /**
     * A webhook as somebody asks for it.
     *
     * @param secret what messages are signed with; a random one where it is left out
     * @param kinds what it is told of, all where it is left out
     */
    public record Request(
            String name,
            String url,
            Optional<Secret> secret,
            Optional<Set<String>> kinds,
            Optional<Scope> scope,
            boolean enabled) {}

    /** A new webhook; its secret is shown this once. */
    public record Made(Webhook webhook, Secret secret) {}

    /** What shall be different; what is left out stays. */
    public record Patch(Optional<String> url, Optional<Set<String>> kinds, Optional<Boolean> enabled) {}

    /** A webhook and how many events wait for it. */
    public record Shown(Webhook webhook, long waiting) {}

    /** All that lie in the actor's scope. */
    public List<Shown> list(Actor actor) {
        return guard.read(
                actor,
                Permission.MANAGE_WEBHOOKS,
                stores -> stores.webhooks().list(actor.scope().tenant()).stream()
                        .filter(webhook -> UserActions.covers(actor.scope(), webhook.scope()))
                        .map(webhook -> new Shown(webhook, stores.webhooks().waiting(webhook.id())))
                        .toList());
    }

    /** One. */
    public Shown find(Actor actor, String id) {
        return guard.read(actor, Permission.MANAGE_WEBHOOKS, stores -> {
            Webhook webhook = found(stores, actor, id);
            return new Shown(webhook, stores.webhooks().waiting(id));
        });
    }

    /** Makes one. */
    public Made create(Actor actor, Request wanted) {
        guard.check(actor, Permission.MANAGE_WEBHOOKS);
        if (!wanted.name().matches("[A-Za-z0-9._ -]{1,64}")) {
            throw ActionRefused.invalid("name is " + Devices.shown(wanted.name())
                    + "; 1 to 64 letters, digits, spaces and . _ - are allowed");
        }
        Secret secret = wanted.secret().orElseGet(() -> new Secret(Tokens.next()));
        if (secret.reveal().length() < 16 || secret.reveal().length() > 200) {
            throw ActionRefused.invalid(
                    "secret has " + secret.reveal().length() + " characters; 16 to 200 are allowed");
        }
        Scope scope = wanted.scope().orElse(actor.scope());
        if (!UserActions.covers(actor.scope(), scope)) {
            throw ActionRefused.notPermitted("a webhook can hear of at most what " + actor.name() + " can see");
        }
        Secret url = url(wanted.url());
        Set<String> kinds = kinds(wanted.kinds().orElse(KINDS));
        Made made = guard.change(actor, Permission.MANAGE_WEBHOOKS, ledger -> {
            List<Webhook> there = ledger.stores().webhooks().list(scope.tenant());
            if (there.size() >= MOST) {
                throw ActionRefused.conflict("there are " + there.size() + " webhooks already; delete one first");
            }
            if (there.stream().anyMatch(webhook -> webhook.name().equals(wanted.name()))) {
                throw ActionRefused.conflict("there is a webhook " + Devices.shown(wanted.name()) + " already");
            }
            Webhook webhook = new Webhook(
                    Ids.next(),
                    scope,
                    wanted.name(),
                    url,
                    secret,
                    kinds,
                    wanted.enabled(),
                    actor.name(),
                    ledger.now(),
                    Webhook.Delivery.none(ledger.now()));
            ledger.stores().webhooks().insert(webhook);
            ledger.note("webhook.create", scope, webhook.id(), Map.of(), particulars(webhook));
            return new Made(webhook, secret);
        });
        watch.run();
        return made;
    }

    /** Changes one, which is tried at once again. */
    public Shown patch(Actor actor, String id, Patch patch) {
        Optional<Secret> url = patch.url().map(this::url);
        Optional<Set<String>> kinds = patch.kinds().map(WebhookActions::kinds);
        guard.change(actor, Permission.MANAGE_WEBHOOKS, ledger -> {
            Webhook before = found(ledger.stores(), actor, id);
            Webhook after = before.with(
                    url.orElse(before.url()),
                    kinds.orElse(before.kinds()),
                    patch.enabled().orElse(before.enabled()));
            ledger.stores().webhooks().update(after, ledger.now());
            ledger.note("webhook.change", before.scope(), id, particulars(before), particulars(after));
            return true;
        });
        watch.run();
        return find(actor, id);
    }

    /** Deletes one, with what it was not told. */
    public void delete(Actor actor, String id) {
        guard.change(actor, Permission.MANAGE_WEBHOOKS, ledger -> {
            Webhook webhook = found(ledger.stores(), actor, id);
            ledger.stores().webhooks().delete(id);
            ledger.note("webhook.delete", webhook.scope(), id, particulars(webhook), Map.of());
            return true;
        });
        watch.run();
    }

    /** Queues an event of the kind {@code test} for one; it is told also while others of its kinds are not wanted. */
    public void test(Actor actor, String id) {
        guard.change(actor, Permission.MANAGE_WEBHOOKS, ledger -> {
            Webhook webhook = found(ledger.stores(), actor, id);
            if (!webhook.enabled()) {
                throw ActionRefused.conflict(
                        "the webhook " + Devices.shown(webhook.name()) + " is turned off; turn it on first");
            }
            ledger.stores()
                    .webhooks()
                    .append(List.of(new NewMessage(
                            webhook,
                            webhook.scope().site(),
                            ledger.now(),
                            Ledger.json(
                                    Map.of("kind", "test", "at", ledger.now().toString(), "by", actor.name())))));
            ledger.note("webhook.test", webhook.scope(), id, Map.of(), Map.of());
            return true;
        });
        watch.run();
    }

    private static Webhook found(Stores stores, Actor actor, String id) {
        return stores.webhooks()
                .find(id)
                .filter(webhook -> UserActions.covers(actor.scope(), webhook.scope()))
                .orElseThrow(() -> ActionRefused.notFound("there is no webhook " + Devices.shown(id)));
    }

    private Secret url(String text) {
        URI url = null;
        try {
            url = text.length() > LONGEST_URL ? null : new URI(text);
        } catch (URISyntaxException invalid) {
            // said below
        }
        if (url == null
                || url.getHost() == null
                || url.getScheme() == null
                || !Set.of("http", "https").contains(url.getScheme().toLowerCase(Locale.ROOT))
                || url.getRawUserInfo() != null
                || url.getRawFragment() != null) {
            throw ActionRefused.invalid("url must be http://… or https://… with a host, without a user, of at most "
                    + LONGEST_URL + " characters");
        }
        against.apply(url).ifPresent(reason -> {
            throw ActionRefused.invalid("the webhook may not be called: " + reason);
        });
        return new Secret(text);
    }

    private static Set<String> kinds(Set<String> kinds) {
        for (String kind : kinds) {
            if (!KINDS.contains(kind)) {
                throw ActionRefused.invalid("there is no kind " + Devices.shown(kind) + "; there are "
                        + String.join(", ", new TreeSet<>(KINDS)));
            }
        }
        if (kinds.isEmpty()) {
            throw ActionRefused.invalid("kinds is empty; leave it out for all, or turn the webhook off");
        }
        return Set.copyOf(kinds);
    }

    /** The part of an address that is no secret. */
    public static String shown(Secret url) {
        URI whole = URI.create(url.reveal());
        return whole.getScheme() + "://" + whole.getRawAuthority() + "/…";
    }

    private static Map<String, Object> particulars(Webhook webhook) {
        return Map.of(
                "name", webhook.name(),
                "url", shown(webhook.url()),
                "kinds", new TreeSet<>(webhook.kinds()),
                "enabled", webhook.enabled());
    }
}
