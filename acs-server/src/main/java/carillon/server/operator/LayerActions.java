package carillon.server.operator;

import carillon.cwmp.flatprofile.KeyCatalogue;
import carillon.cwmp.flatprofile.KeyProblem;
import carillon.cwmp.flatprofile.ProfileKey;
import carillon.db.Device;
import carillon.db.DeviceQuery;
import carillon.db.DeviceRow;
import carillon.db.DeviceState;
import carillon.db.Ids;
import carillon.db.LayerStore;
import carillon.db.Page;
import carillon.db.Scope;
import carillon.db.StoredLayer;
import carillon.db.Stores;
import carillon.rpc.provision.DesiredConfiguration;
import carillon.rpc.provision.Layer;
import carillon.rpc.provision.LayerJson;
import carillon.rpc.provision.LayerValue;
import carillon.rpc.provision.Layers;
import carillon.server.access.Permission;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What people do with layers of configuration: look, change, go back, try before. */
public final class LayerActions {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int LONGEST_NOTE = 200;
    private static final int LONGEST_CONTENT = 1 << 20;
    private static final int PAGE = 500;

    private final Guard guard;
    private final Layers layers = new Layers(KeyCatalogue.standard());

    public LayerActions(Guard guard) {
        this.guard = guard;
    }

    /**
     * What somebody wants a layer to be.
     *
     * @param scopeKind all, model, tag, site or device
     * @param ifVersion the version that it was changed from; empty where that does not matter
     */
    public record Draft(
            String scopeKind,
            String scopeValue,
            int priority,
            JsonNode values,
            String note,
            Optional<Integer> ifVersion) {}

    /** A layer that was written, and what is odd about it. */
    public record Written(StoredLayer layer, boolean created, List<KeyProblem> warnings) {}

    /** A phone and the keys of it that would change. */
    public record Change(Device device, Set<ProfileKey> keys) {}

    /**
     * What a change would do.
     *
     * @param looked how many phones were looked at
     * @param changed how many of them would change
     * @param first the first of these
     */
    public record Preview(int looked, int changed, List<Change> first) {}

    /** The layers that the actor may see, by name. */
    public List<StoredLayer> list(Actor actor) {
        return guard.read(
                actor,
                Permission.READ,
                stores -> stores.layers().list(actor.scope().tenant()).stream()
                        .filter(layer -> sees(actor, layer))
                        .toList());
    }

    /** The newest version of a layer, or a certain one. */
    public StoredLayer find(Actor actor, String name, Optional<Integer> version) {
        return guard.read(actor, Permission.READ, stores -> found(stores, actor, name, version));
    }

    /** The versions that are kept, the newest first. */
    public List<StoredLayer> versions(Actor actor, String name) {
        return guard.read(actor, Permission.READ, stores -> {
            found(stores, actor, name, Optional.empty());
            return stores.layers().versions(actor.scope().tenant(), name);
        });
    }

    /** Makes a layer, or its next version. */
    public Written put(Actor actor, String name, Draft draft) {
        everywhere(actor);
        if (!NAME.matcher(name).matches()) {
            throw ActionRefused.invalid(
                    "the name of a layer is 1 to 64 letters, digits, dots, hyphens and underscores");
        }
        return guard.change(actor, Permission.CHANGE_PROFILES, ledger -> {
            String tenant = actor.scope().tenant();
            Optional<StoredLayer> before = ledger.stores().layers().find(tenant, name);
            draft.ifVersion()
                    .filter(version ->
                            !version.equals(before.map(StoredLayer::version).orElse(0)))
                    .ifPresent(version -> {
                        throw ActionRefused.conflict("the layer " + name + " is at version "
                                + before.map(StoredLayer::version).orElse(0) + " and not at " + version);
                    });
            Layer wanted = layer(name, draft, before);
            List<KeyProblem> problems = problems(wanted);
            refuseErrors(problems);
            StoredLayer next = stored(ledger, actor, wanted, draft, before);
            write(ledger, next, before);
            ledger.note(
                    before.isPresent() ? "profile.change" : "profile.add",
                    actor.scope(),
                    name,
                    before.map(LayerActions::told).orElse(Map.of()),
                    told(next));
            return new Written(next, before.isEmpty(), problems);
        });
    }

    /** Makes an earlier version the newest again, as a version of its own. */
    public StoredLayer rollBack(Actor actor, String name, int version) {
        everywhere(actor);
        return guard.change(actor, Permission.CHANGE_PROFILES, ledger -> {
            StoredLayer newest = found(ledger.stores(), actor, name, Optional.empty());
            StoredLayer earlier = found(ledger.stores(), actor, name, Optional.of(version));
            StoredLayer next = new StoredLayer(
                    newest.id(),
                    newest.tenant(),
                    earlier.site(),
                    name,
                    newest.version() + 1,
                    earlier.scopeKind(),
                    earlier.scopeValue(),
                    earlier.priority(),
                    earlier.content(),
                    "back to version " + version,
                    actor.name(),
                    ledger.now());
            write(ledger, next, Optional.of(newest));
            ledger.note("profile.rollback", actor.scope(), name, told(newest), told(next));
            return next;
        });
    }

    /** Removes a layer and its history. */
    public void delete(Actor actor, String name) {
        everywhere(actor);
        guard.removeOnce(actor, Permission.CHANGE_PROFILES, ledger -> {
            StoredLayer layer = found(ledger.stores(), actor, name, Optional.empty());
            ledger.stores().layers().delete(layer.id());
            ledger.note("profile.delete", actor.scope(), name, told(layer), Map.of());
        });
    }

    /** Which phones would change which keys if the layer were this; nothing is changed. */
    public Preview preview(Actor actor, String name, Draft draft, int most) {
        everywhere(actor);
        guard.check(actor, Permission.READ);
        List<StoredLayer> all = guard.read(actor, Permission.READ, stores -> stores.layers()
                .list(actor.scope().tenant()));
        Optional<StoredLayer> before =
                all.stream().filter(layer -> layer.name().equals(name)).findFirst();
        Layer wanted = layer(name, draft, before);
        refuseErrors(problems(wanted));
        List<Layer> now = all.stream().map(StoredLayers::layer).toList();
        List<Layer> then = new ArrayList<>(
                now.stream().filter(layer -> !layer.name().equals(name)).toList());
        then.add(wanted);
        int looked = 0;
        int changed = 0;
        List<Change> first = new ArrayList<>();
        String cursor = "";
        do {
            String place = cursor;
            Page<DeviceRow> page = guard.read(
                    actor, Permission.READ, stores -> stores.devices().search(actor.scope(), everyDevice(place)));
            for (DeviceRow row : page.items()) {
                looked++;
                Set<ProfileKey> keys = difference(
                        layers.merge(now, StoredLayers.facts(row.device())),
                        layers.merge(then, StoredLayers.facts(row.device())));
                if (!keys.isEmpty()) {
                    changed++;
                    if (first.size() < most) {
                        first.add(new Change(row.device(), keys));
                    }
                }
            }
            cursor = page.next().orElse("");
        } while (!cursor.isEmpty());
        return new Preview(looked, changed, first);
    }

    private static DeviceQuery everyDevice(String cursor) {
        return new DeviceQuery("", Optional.<DeviceState>empty(), Optional.empty(), "", "", "", "", PAGE, cursor);
    }

    private static Set<ProfileKey> difference(DesiredConfiguration one, DesiredConfiguration other) {
        Set<ProfileKey> keys = new TreeSet<>(one.values().keySet());
        keys.addAll(other.values().keySet());
        keys.removeIf(key -> {
            DesiredConfiguration.Value before = one.values().get(key);
            DesiredConfiguration.Value after = other.values().get(key);
            return before != null
                    && after != null
                    && before.text().equals(after.text())
                    && before.attributes().equals(after.attributes());
        });
        return keys;
    }

    private static Layer layer(String name, Draft draft, Optional<StoredLayer> before) {
        try {
            Map<String, LayerValue> values = LayerJson.read(
                    draft.values(),
                    before.map(StoredLayers::layer).map(Layer::values).orElse(Map.of()));
            return new Layer(name, StoredLayers.scope(draft.scopeKind(), draft.scopeValue()), draft.priority(), values);
        } catch (IllegalArgumentException wrong) {
            throw ActionRefused.invalid(String.valueOf(wrong.getMessage()));
        }
    }

    /** What is wrong with the values that hold no macros; the others are judged phone by phone. */
    private static List<KeyProblem> problems(Layer layer) {
        List<KeyProblem> problems = new ArrayList<>();
        layer.values().forEach((key, value) -> {
            if (value instanceof LayerValue.Put put) {
                String name = key.replace("{n}", "1");
                String text = put.text().contains("${") ? "" : put.text();
                problems.addAll(KeyCatalogue.standard().check(name, text));
                try {
                    KeyCatalogue.standard().key(name);
                } catch (IllegalArgumentException impossible) {
                    problems.add(
                            new KeyProblem(KeyProblem.Severity.ERROR, key, String.valueOf(impossible.getMessage())));
                }
            }
        });
        return problems;
    }

    private static void refuseErrors(List<KeyProblem> problems) {
        List<String> errors = problems.stream()
                .filter(problem -> problem.severity() == KeyProblem.Severity.ERROR)
                .map(KeyProblem::message)
                .limit(20)
                .toList();
        if (!errors.isEmpty()) {
            throw ActionRefused.invalid(String.join("; ", errors));
        }
    }

    private static StoredLayer stored(
            Ledger ledger, Actor actor, Layer wanted, Draft draft, Optional<StoredLayer> before) {
        String content = LayerJson.write(wanted.values()).toString();
        if (content.length() > LONGEST_CONTENT) {
            throw ActionRefused.tooLarge(
                    "the layer has " + content.length() + " characters; at most " + LONGEST_CONTENT);
        }
        if (draft.note().length() > LONGEST_NOTE || draft.note().chars().anyMatch(Character::isISOControl)) {
            throw ActionRefused.invalid("the note must have at most " + LONGEST_NOTE + " printable characters");
        }
        return new StoredLayer(
                before.map(StoredLayer::id).orElseGet(Ids::next),
                actor.scope().tenant(),
                draft.scopeKind().equals("site") ? draft.scopeValue() : "",
                wanted.name(),
                before.map(StoredLayer::version).orElse(0) + 1,
                draft.scopeKind(),
                draft.scopeValue(),
                wanted.priority(),
                content,
                draft.note(),
                actor.name(),
                ledger.now());
    }

    private static void write(Ledger ledger, StoredLayer next, Optional<StoredLayer> before) {
        LayerStore store = ledger.stores().layers();
        if (before.isEmpty() && store.count(next.tenant()) >= LayerStore.MOST) {
            throw ActionRefused.noRoom("there are " + LayerStore.MOST + " layers already, which is the most");
        }
        boolean written = before.isEmpty() ? store.add(next) : store.next(next);
        if (!written) {
            throw ActionRefused.conflict("the layer " + next.name() + " was changed by somebody else just now");
        }
    }

    private static StoredLayer found(Stores stores, Actor actor, String name, Optional<Integer> version) {
        String tenant = actor.scope().tenant();
        Optional<StoredLayer> layer = version.isPresent()
                ? stores.layers().find(tenant, name, version.get())
                : stores.layers().find(tenant, name);
        return layer.filter(kept -> sees(actor, kept))
                .orElseThrow(() -> ActionRefused.notFound("there is no layer " + Devices.shown(name)
                        + version.map(number -> " of version " + number).orElse("")));
    }

    /** Who sees a part of the fleet sees the layers for all and those for that part. */
    private static boolean sees(Actor actor, StoredLayer layer) {
        Scope scope = actor.scope();
        return switch (layer.scopeKind()) {
            case "all", "model" -> true;
            case "site" ->
                scope.site().isEmpty() && scope.tag().isEmpty()
                        || layer.scopeValue().equals(scope.site());
            case "tag" ->
                scope.site().isEmpty() && scope.tag().isEmpty()
                        || layer.scopeValue().equals(scope.tag());
            default -> scope.site().isEmpty() && scope.tag().isEmpty();
        };
    }

    private static void everywhere(Actor actor) {
        if (!actor.scope().site().isEmpty() || !actor.scope().tag().isEmpty()) {
            throw ActionRefused.notPermitted(
                    "layers count for phones of all sites; " + actor.name() + " sees some of them");
        }
    }

    private static Map<String, ?> told(StoredLayer layer) {
        return Map.of(
                "version", layer.version(),
                "scope", layer.scopeKind() + " " + layer.scopeValue(),
                "priority", layer.priority(),
                "values", LayerJson.masked(StoredLayers.layer(layer).values()));
    }
}
