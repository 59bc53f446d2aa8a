package carillon.db;

import carillon.cwmp.DeviceId;
import java.util.List;

/** A turn's effects, now durable. */
public record Committed(DeviceId device, long deviceKey, List<Effect> effects, CommitResult result) {
    public Committed {
        effects = List.copyOf(effects);
    }
}
