package carillon.server.operator;

import carillon.db.Device;
import carillon.db.ModelFacts;
import carillon.db.ModelKey;
import carillon.server.access.Permission;
import java.util.Map;
import java.util.Optional;

/** What was learned of phones of one model and software version: look, and have it forgotten. */
public final class ModelActions {
    private final Guard guard;

    public ModelActions(Guard guard) {
        this.guard = guard;
    }

    /** What is known of a device's model; the model is absent while its software version is not known. */
    public record Learned(Optional<ModelKey> model, ModelFacts facts) {}

    /** What was learned of the model of this device. */
    public Learned learned(Actor actor, String deviceId) {
        return guard.read(actor, Permission.READ, stores -> {
            Optional<ModelKey> model = ModelKey.of(Devices.named(stores, actor.scope(), deviceId));
            return new Learned(model, model.map(stores.models()::facts).orElse(ModelFacts.NONE));
        });
    }

    /** Forgets all that was learned of the model of this device, for all devices that are alike. */
    public void forget(Actor actor, String deviceId) {
        guard.removeOnce(actor, Permission.QUEUE_RPC, ledger -> {
            Device device = Devices.named(ledger.stores(), actor.scope(), deviceId);
            int forgotten =
                    ModelKey.of(device).map(ledger.stores().models()::forget).orElse(0);
            ledger.note(
                    "model.forget",
                    device,
                    Map.of("facts", forgotten),
                    Map.of("softwareVersion", device.reported().softwareVersion()));
        });
    }
}
