package carillon.server.operator;

import carillon.cwmp.flatprofile.Evidence;
import carillon.cwmp.flatprofile.KeyCatalogue;
import carillon.cwmp.flatprofile.MappingLines;
import carillon.cwmp.flatprofile.MappingTable;
import carillon.cwmp.flatprofile.PhoneMappings;
import carillon.cwmp.flatprofile.PhoneTree;
import carillon.db.Device;
import carillon.db.ModelFact;
import carillon.db.ModelKey;
import carillon.db.OwnMapping;
import carillon.db.ReportedParameter;
import carillon.db.Stores;
import carillon.rpc.provision.DesiredConfiguration;
import carillon.rpc.provision.Drift;
import carillon.rpc.provision.Layer;
import carillon.rpc.provision.Layers;
import carillon.rpc.provision.PhoneFacts;
import carillon.rpc.provision.Plan;
import carillon.rpc.provision.Planner;
import carillon.rpc.provision.Reported;
import carillon.rpc.provision.Roads;
import carillon.server.access.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a phone should have, what it reported, and how the one becomes the other. */
public final class ConfigurationActions {
    private static final int MOST_PARAMETERS = 50_000;

    private final Guard guard;
    private final byte[] serverKey;
    private final Layers layers = new Layers(KeyCatalogue.standard());

    /**
     * Actions.
     *
     * @param serverKey what versions of configurations are keyed with
     */
    public ConfigurationActions(Guard guard, byte[] serverKey) {
        this.guard = guard;
        this.serverKey = serverKey.clone();
    }

    /**
     * The configuration of a phone.
     *
     * @param layers those that are for it, from the one that loses to the one that wins
     * @param version names exactly this configuration
     * @param plan what each road can do, wherever it may be used
     */
    public record Configuration(
            Device device, List<Layer> layers, DesiredConfiguration desired, String version, Drift drift, Plan plan) {}

    /** The configuration of this phone as it is now. */
    public Configuration of(Actor actor, String deviceId) {
        return guard.read(actor, Permission.READ, stores -> {
            Device device = Devices.named(stores, actor.scope(), deviceId);
            PhoneFacts facts = StoredLayers.facts(device);
            List<Layer> all = stores.layers().list(device.tenant()).stream()
                    .map(StoredLayers::layer)
                    .toList();
            DesiredConfiguration desired = layers.merge(all, facts);
            String version = desired.version(serverKey);
            PhoneMappings phone = phone(stores, device);
            Reported reported = new Reported(
                    phone.toKeys().values(), Set.of(), device.reported().parameterKey());
            Drift drift = Drift.of(desired, version, reported, KeyCatalogue.standard());
            Roads roads = new Roads(true, true, true, true, refused(stores, device));
            return new Configuration(
                    device, Layers.of(all, facts), desired, version, drift, Planner.plan(drift, phone, roads));
        });
    }

    private static PhoneMappings phone(Stores stores, Device device) {
        List<PhoneTree.Leaf> leaves = new ArrayList<>();
        for (ReportedParameter parameter : stores.parameters()
                .list(device.key(), "", 0, MOST_PARAMETERS, "")
                .items()) {
            leaves.add(new PhoneTree.Leaf(parameter.path(), parameter.value(), parameter.type(), parameter.writable()));
        }
        List<OwnMapping> own = stores.mappings().list(device.tenant());
        MappingTable table = own.isEmpty()
                ? MappingTable.standard()
                : MappingTable.standard()
                        .with(own.stream()
                                .map(line -> MappingLines.parse(line.line(), Evidence.SITE))
                                .toList());
        return new PhoneMappings(table, PhoneTree.of(leaves), KeyCatalogue.standard());
    }

    /** What phones of this model and firmware do not have, or do not let be set. */
    private static Set<String> refused(Stores stores, Device device) {
        return ModelKey.of(device).stream()
                .flatMap(model -> stores.models().facts(model).all().stream())
                .filter(fact -> fact.kind() == ModelFact.Kind.READ_ONLY || fact.kind() == ModelFact.Kind.UNKNOWN_NAME)
                .map(ModelFact::name)
                .collect(Collectors.toSet());
    }
}
