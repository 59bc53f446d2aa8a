package carillon.db;

import java.util.Optional;

/** Phones that are alike: one manufacturer's OUI, product class and software version, within a tenant. */
public record ModelKey(String tenant, String oui, String productClass, String softwareVersion) {
    /** The model of this device; empty while its software version is not known. */
    public static Optional<ModelKey> of(Device device) {
        String version = device.reported().softwareVersion();
        return version.isEmpty() || version.length() > 128
                ? Optional.empty()
                : Optional.of(new ModelKey(
                        device.tenant(), device.id().oui(), device.id().productClass(), version));
    }
}
