package carillon.server.operator;

import carillon.cwmp.ParameterValue;
import carillon.cwmp.flatprofile.AssumedPhone;
import carillon.cwmp.flatprofile.Evidence;
import carillon.cwmp.flatprofile.ExtensionLayout;
import carillon.cwmp.flatprofile.KeyCatalogue;
import carillon.cwmp.flatprofile.Mapping;
import carillon.cwmp.flatprofile.MappingLines;
import carillon.cwmp.flatprofile.MappingTable;
import carillon.cwmp.flatprofile.PhoneMappings;
import carillon.cwmp.flatprofile.PhoneTree;
import carillon.cwmp.flatprofile.ProfileKey;
import carillon.db.Device;
import carillon.db.Ids;
import carillon.db.MappingStore;
import carillon.db.OwnMapping;
import carillon.db.Page;
import carillon.db.ReportedParameter;
import carillon.db.Stores;
import carillon.server.access.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** The table of parameters and keys: look, translate by it, add lines of one's own. */
public final class MappingActions {
    private static final int MOST_PARAMETERS = 50_000;

    private final Guard guard;

    public MappingActions(Guard guard) {
        this.guard = guard;
    }

    /**
     * A line of the table.
     *
     * @param own how it came in, where an operator added it
     */
    public record Line(Mapping mapping, Optional<OwnMapping> own) {}

    /**
     * What values become.
     *
     * @param layout where the phone keeps its extensions, or was taken to
     * @param keys what the parameters say
     * @param writes what the keys need
     */
    public record Translated(ExtensionLayout layout, PhoneMappings.Keys keys, PhoneMappings.Writes writes) {}

    /** All lines, the preferred first. */
    public List<Line> lines(Actor actor) {
        return guard.read(actor, Permission.READ, stores -> {
            List<Line> lines = new ArrayList<>();
            for (OwnMapping own : stores.mappings().list(actor.scope().tenant())) {
                lines.add(new Line(MappingLines.parse(own.line(), Evidence.SITE), Optional.of(own)));
            }
            MappingTable.standard().lines().forEach(mapping -> lines.add(new Line(mapping, Optional.empty())));
            return lines;
        });
    }

    /** One line that an operator added. */
    public Line find(Actor actor, String id) {
        return guard.read(actor, Permission.READ, stores -> line(own(stores, actor, id)));
    }

    /** Adds a line; it comes before all others. */
    public Line add(Actor actor, String text) {
        everywhere(actor);
        Mapping mapping;
        try {
            mapping = MappingLines.parse(text.strip(), Evidence.SITE);
        } catch (IllegalArgumentException wrong) {
            throw ActionRefused.invalid(String.valueOf(wrong.getMessage()));
        }
        return guard.changeOnce(
                        actor,
                        Permission.CHANGE_MAPPINGS,
                        ledger -> add(ledger, actor, mapping),
                        line -> line.own().orElseThrow().id(),
                        (stores, id) -> stores.mappings()
                                .find(actor.scope().tenant(), id)
                                .map(MappingActions::line))
                .result();
    }

    private static Line add(Ledger ledger, Actor actor, Mapping mapping) {
        MappingStore store = ledger.stores().mappings();
        String tenant = actor.scope().tenant();
        if (store.find(tenant, mapping.path().text(), mapping.key()).isPresent()) {
            throw ActionRefused.conflict("there is a line for " + mapping.path() + " and "
                    + (mapping.key().isEmpty() ? "no key" : mapping.key()) + " already; delete it first");
        }
        if (store.list(tenant).size() >= MappingStore.MOST) {
            throw ActionRefused.noRoom("there are " + MappingStore.MOST + " lines already, which is the most");
        }
        OwnMapping own = new OwnMapping(
                Ids.next(), tenant, mapping.path().text(), mapping.key(), mapping.line(), actor.name(), ledger.now());
        store.add(own);
        ledger.note("mapping.add", actor.scope(), own.id(), Map.of(), Map.of("line", own.line()));
        return new Line(mapping, Optional.of(own));
    }

    /** Removes a line that an operator added. */
    public void delete(Actor actor, String id) {
        everywhere(actor);
        guard.removeOnce(actor, Permission.CHANGE_MAPPINGS, ledger -> {
            OwnMapping own = own(ledger.stores(), actor, id);
            ledger.stores().mappings().delete(own.id());
            ledger.note("mapping.delete", actor.scope(), own.id(), Map.of("line", own.line()), Map.of());
        });
    }

    /** Translates as it would be on this phone, by what it reported. */
    public Translated onDevice(
            Actor actor, String deviceId, List<ParameterValue> parameters, SortedMap<ProfileKey, String> keys) {
        return guard.read(actor, Permission.READ, stores -> {
            Device device = Devices.named(stores, actor.scope(), deviceId);
            Page<ReportedParameter> reported = stores.parameters().list(device.key(), "", 0, MOST_PARAMETERS, "");
            List<PhoneTree.Leaf> leaves = new ArrayList<>();
            for (ReportedParameter parameter : reported.items()) {
                leaves.add(new PhoneTree.Leaf(
                        parameter.path(), parameter.value(), parameter.type(), parameter.writable()));
            }
            return translated(table(stores, actor), PhoneTree.of(leaves), parameters, keys);
        });
    }

    /** Translates as it would be on a phone that has everything, with its extensions kept in this way. */
    public Translated assumed(
            Actor actor,
            ExtensionLayout.Kind kind,
            List<ParameterValue> parameters,
            SortedMap<ProfileKey, String> keys) {
        return guard.read(actor, Permission.READ, stores -> {
            MappingTable table = table(stores, actor);
            return translated(table, AssumedPhone.tree(table, kind), parameters, keys);
        });
    }

    private static Translated translated(
            MappingTable table, PhoneTree tree, List<ParameterValue> parameters, SortedMap<ProfileKey, String> keys) {
        PhoneMappings phone = new PhoneMappings(table, tree, KeyCatalogue.standard());
        return new Translated(phone.layout(), phone.toKeys(parameters), phone.toPaths(keys));
    }

    /** The table as it is for this tenant. */
    private static MappingTable table(Stores stores, Actor actor) {
        List<OwnMapping> own = stores.mappings().list(actor.scope().tenant());
        return own.isEmpty()
                ? MappingTable.standard()
                : MappingTable.standard()
                        .with(own.stream()
                                .map(line -> MappingLines.parse(line.line(), Evidence.SITE))
                                .toList());
    }

    private static Line line(OwnMapping own) {
        return new Line(MappingLines.parse(own.line(), Evidence.SITE), Optional.of(own));
    }

    private static OwnMapping own(Stores stores, Actor actor, String id) {
        return stores.mappings()
                .find(actor.scope().tenant(), id)
                .orElseThrow(() -> ActionRefused.notFound("there is no mapping " + Devices.shown(id)));
    }

    /** What counts for all sites is not changed by somebody who sees one of them. */
    private static void everywhere(Actor actor) {
        if (!actor.scope().site().isEmpty() || !actor.scope().tag().isEmpty()) {
            throw ActionRefused.notPermitted("mappings count for all phones; " + actor.name() + " sees some of them");
        }
    }
}
