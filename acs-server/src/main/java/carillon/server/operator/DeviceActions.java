package carillon.server.operator;

import carillon.cwmp.DeviceId;
import carillon.db.Association;
import carillon.db.CredentialState;
import carillon.db.Device;
import carillon.db.DeviceQuery;
import carillon.db.DeviceRow;
import carillon.db.DeviceState;
import carillon.db.Page;
import carillon.db.Stores;
import carillon.server.access.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** What people do with devices: announce, label, approve, refuse, delete. */
public final class DeviceActions {
    /** How many devices one request may announce. */
    public static final int MOST_AT_ONCE = 5000;

    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_NAME = 64;
    private static final int MOST_TAGS = 30;
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(10);
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(30);

    private final Guard guard;
    private final DeviceWatch watch;

    public DeviceActions(Guard guard, DeviceWatch watch) {
        this.guard = guard;
        this.watch = watch;
    }

    /** A device that is expected. */
    public record Announcement(DeviceId id, String label, String site, Set<String> tags) {
        public Announcement {
            tags = Set.copyOf(tags);
        }
    }

    /**
     * What shall be different; what is left out stays.
     *
     * @param state {@code approved} or {@code refused}
     * @param informInterval zero for the server's own
     */
    public record Patch(
            Optional<String> state,
            Optional<String> label,
            Optional<String> site,
            Optional<Set<String>> tags,
            Optional<Duration> informInterval) {
        /** Nothing but another state. */
        public static Patch toState(String state) {
            return new Patch(
                    Optional.of(state), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /** The device that this text names (encoded, decoded, or encoded once more). */
    public Device find(Actor actor, String deviceId) {
        return guard.read(actor, Permission.READ, stores -> Devices.named(stores, actor.scope(), deviceId));
    }

    /**
     * Whom a device belongs with.
     *
     * @param gateway the one it is behind
     * @param behind the ones that are behind it
     */
    public record Company(Optional<Association.Linked> gateway, List<Association.Linked> behind) {}

    /** The gateway that a device is behind, and the devices behind it; rows in the actor's scope alone are told of. */
    public Company company(Actor actor, Device device) {
        return guard.read(
                actor,
                Permission.READ,
                stores -> new Company(
                        stores.associations().gateway(device).map(linked -> seen(actor, linked)),
                        stores.associations().behind(device).stream()
                                .map(linked -> seen(actor, linked))
                                .toList()));
    }

    private static Association.Linked seen(Actor actor, Association.Linked linked) {
        return new Association.Linked(
                linked.id(), linked.device().filter(device -> Devices.within(actor.scope(), device)));
    }

    /** One page of the devices in the actor's scope. */
    public Page<DeviceRow> search(Actor actor, DeviceQuery query) {
        return guard.read(actor, Permission.READ, stores -> stores.devices().search(actor.scope(), query));
    }

    /** How many RPCs of a device have not ended. */
    public int pendingRpcs(Actor actor, Device device) {
        return guard.read(actor, Permission.READ, stores -> stores.rpcs().open(device.key()));
    }

    /** Announces devices; all or none. */
    public List<Device> announce(Actor actor, List<Announcement> announcements) {
        if (announcements.isEmpty() || announcements.size() > MOST_AT_ONCE) {
            throw ActionRefused.invalid(
                    announcements.size() + " devices in one request; 1 to " + MOST_AT_ONCE + " are allowed");
        }
        return guard.changeOnce(
                        actor,
                        Permission.CHANGE_DEVICE,
                        ledger -> announcements.stream()
                                .map(announcement -> announce(ledger, actor, announcement))
                                .toList(),
                        devices -> devices.stream()
                                .map(device -> Long.toString(device.key()))
                                .collect(Collectors.joining(",")),
                        DeviceActions::again)
                .result();
    }

    private static Optional<List<Device>> again(Stores stores, String keys) {
        List<Device> devices = new ArrayList<>();
        for (String key : keys.split(",")) {
            stores.devices().find(Long.parseLong(key)).ifPresent(devices::add);
        }
        return devices.isEmpty() ? Optional.empty() : Optional.of(devices);
    }

    private static Device announce(Ledger ledger, Actor actor, Announcement announcement) {
        Set<String> tags = checkedTags(announcement.tags());
        Device device = new Device(
                0,
                actor.scope().tenant(),
                checked("site", announcement.site(), LONGEST_NAME),
                announcement.id(),
                DeviceState.ANNOUNCED,
                checked("label", announcement.label(), LONGEST_TEXT),
                tags,
                Device.Reported.NOTHING,
                Device.Trust.NONE,
                new Device.Presence(ledger.now(), Optional.empty(), Optional.empty(), "", Optional.empty(), false, ""),
                Device.Spoken.NOTHING,
                0);
        mustBeWithin(actor, device);
        if (ledger.stores().devices().find(device.id()).isPresent()) {
            throw ActionRefused.conflict(
                    "the device " + device.id() + " exists already; change it with PATCH, or leave it out");
        }
        Device stored = ledger.stores().devices().insert(device);
        ledger.note("device.announce", stored, Map.of(), shown(stored));
        return stored;
    }

    /** Changes what people say of a device. */
    public Device patch(Actor actor, String deviceId, Patch patch) {
        Guard.Done<Device> done = guard.changeOnce(
                actor,
                Permission.CHANGE_DEVICE,
                ledger -> patch(ledger, actor, deviceId, patch),
                device -> Long.toString(device.key()),
                (stores, key) -> stores.devices().find(Long.parseLong(key)));
        if (done.now()) {
            watch.changed(done.result().id());
        }
        return done.result();
    }

    private static Device patch(Ledger ledger, Actor actor, String deviceId, Patch patch) {
        long key = Devices.named(ledger.stores(), actor.scope(), deviceId).key();
        Device before = Devices.change(ledger.stores(), key, device -> {
            Device after = patched(device, patch);
            mustBeWithin(actor, after);
            return after;
        });
        Device after = ledger.stores().devices().find(key).orElseThrow();
        if (after.version() != before.version()) {
            ledger.note("device.change", after, shown(before), shown(after));
        }
        return after;
    }

    private static Device patched(Device device, Patch patch) {
        Device next = device.withLabels(
                checked("site", patch.site().orElse(device.site()), LONGEST_NAME),
                checked("label", patch.label().orElse(device.label()), LONGEST_TEXT),
                patch.tags().map(DeviceActions::checkedTags).orElse(device.tags()));
        if (patch.informInterval().isPresent()) {
            Duration interval = patch.informInterval().get();
            if (!interval.isZero()
                    && (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0)) {
                throw ActionRefused.invalid("informInterval is " + interval.toSeconds()
                        + " seconds; it must be 10 to 2592000, or 0 for the server's own");
            }
            next = next.withPresence(every(next.presence(), interval));
        }
        return patch.state().isPresent() ? inState(next, patch.state().get()) : next;
    }

    private static Device.Presence every(Device.Presence was, Duration interval) {
        return new Device.Presence(
                was.createdAt(),
                was.lastInform(),
                interval.isZero() ? Optional.empty() : Optional.of(interval),
                was.informPlan(),
                was.expectedBy(),
                was.late(),
                was.sourceAddress());
    }

    private static Device inState(Device device, String wanted) {
        DeviceState state =
                switch (wanted) {
                    case "approved" -> DeviceState.APPROVED;
                    case "refused" -> DeviceState.REFUSED;
                    default ->
                        throw ActionRefused.invalid(
                                "state is " + Devices.shown(wanted) + "; a person can set 'approved' or 'refused'");
                };
        if (state == device.state()) {
            return device;
        }
        if (state == DeviceState.REFUSED) {
            return device.withState(state);
        }
        if (device.state() == DeviceState.ANNOUNCED) {
            throw ActionRefused.conflict("the device " + device.id()
                    + " was announced and has never called; approve it when it waits, so that you approve the device in"
                    + " front of you and not whoever calls first");
        }
        // its next session is taken as its own, also with 0 BOOTSTRAP and without credentials
        Device.Trust trust =
                new Device.Trust(CredentialState.NONE, device.trust().generation(), Optional.<Instant>empty(), true);
        return device.withState(state).withTrust(trust);
    }

    /** The device shall have new credentials when it comes next over TLS; those it has are good until it used the new. */
    public Device rotateCredentials(Actor actor, String deviceId) {
        Device changed = guard.change(actor, Permission.CHANGE_DEVICE, ledger -> {
            long key = Devices.named(ledger.stores(), actor.scope(), deviceId).key();
            Device before = Devices.change(ledger.stores(), key, DeviceActions::due);
            Device after = ledger.stores().devices().find(key).orElseThrow();
            ledger.note("credentials.rotate", after, generation(before), generation(after));
            return after;
        });
        watch.changed(changed.id());
        return changed;
    }

    private static Device due(Device device) {
        Device.Trust trust = device.trust();
        boolean held = trust.credentials() == CredentialState.SEEN
                || trust.credentials() == CredentialState.ISSUED && trust.certified();
        if (device.state() != DeviceState.APPROVED || trust.credentials() == CredentialState.NONE) {
            throw ActionRefused.conflict("the device " + device.id()
                    + " has no credentials of its own yet; it gets them when it comes over TLS after its approval");
        }
        if (trust.credentials() == CredentialState.DUE) {
            return device;
        }
        if (!held) {
            throw ActionRefused.conflict("the device " + device.id()
                    + " was sent new credentials and has not used them yet; wait until it has come once more");
        }
        return device.withTrust(trust.with(CredentialState.DUE, trust.generation(), trust.issuedAt()));
    }

    private static Map<String, Object> generation(Device device) {
        return Map.of(
                "credentials",
                device.trust().credentials().name().toLowerCase(Locale.ROOT),
                "generation",
                device.trust().generation());
    }

    /** Deletes a device and all that is known of it. */
    public void delete(Actor actor, String deviceId) {
        AtomicReference<DeviceId> deleted = new AtomicReference<>();
        guard.removeOnce(actor, Permission.DELETE_DEVICE, ledger -> {
            Device device = Devices.named(ledger.stores(), actor.scope(), deviceId);
            ledger.stores().devices().delete(device.key());
            ledger.note("device.delete", device, shown(device), Map.of());
            deleted.set(device.id());
        });
        if (deleted.get() != null) {
            watch.changed(deleted.get());
        }
    }

    private static void mustBeWithin(Actor actor, Device device) {
        if (!Devices.within(actor.scope(), device)) {
            throw ActionRefused.notPermitted("with this site and these tags the device " + device.id()
                    + " lies outside of what " + actor.name() + " may see");
        }
    }

    private static String checked(String field, String text, int longest) {
        if (text.length() > longest || text.chars().anyMatch(c -> c < ' ')) {
            throw ActionRefused.invalid(field + " is " + Devices.shown(text.replaceAll("\\p{Cntrl}", "?"))
                    + "; at most " + longest + " characters without control characters are allowed");
        }
        return text.strip();
    }

    private static Set<String> checkedTags(Set<String> tags) {
        if (tags.size() > MOST_TAGS) {
            throw ActionRefused.invalid(tags.size() + " tags; at most " + MOST_TAGS + " are allowed");
        }
        return tags.stream()
                .map(tag -> checked("a tag", tag, LONGEST_NAME))
                .filter(tag -> !tag.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, Object> shown(Device device) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("state", device.state().name().toLowerCase(Locale.ROOT));
        shown.put("label", device.label());
        shown.put("site", device.site());
        shown.put("tags", new TreeSet<>(device.tags()));
        device.presence().informInterval().ifPresent(every -> shown.put("informInterval", every.toSeconds()));
        return shown;
    }
}
