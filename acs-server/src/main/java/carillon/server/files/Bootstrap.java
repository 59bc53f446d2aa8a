package carillon.server.files;

import carillon.cwmp.flatprofile.ClearForm;
import carillon.cwmp.flatprofile.FlatProfile;
import carillon.cwmp.flatprofile.FlatProfileWriter;
import carillon.server.config.BootstrapConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The first profile of a factory phone: where its ACS is, whom to trust, and when to come. It holds nothing of one phone
 * and no secret, so everybody may have it, and nobody learns from it which phones are known.
 */
public final class Bootstrap {
    private final BootstrapConfig config;
    private final BootstrapPaths paths;
    private final Duration informInterval;
    private final Doors doors;

    /** Where the listeners are, as phones reach them. */
    public interface Doors {
        /** {@code https://acs.example.com:7548}; empty where this listener ({@code cwmp.https} …) is off. */
        Optional<String> base(String listener);
    }

    /** With how often phones come by themselves. */
    public Bootstrap(BootstrapConfig config, Duration informInterval, Doors doors) {
        this.config = config;
        this.paths = new BootstrapPaths(config.paths());
        this.informInterval = informInterval;
        this.doors = doors;
    }

    /** What a path says of the phone that asks for it, where factory phones ask there. */
    Optional<BootstrapPaths.Hints> match(String path) {
        return config.on() ? paths.match(path) : Optional.empty();
    }

    /** The profile; empty where no listener for CWMP is open. */
    Optional<byte[]> profile() {
        return doors.base("cwmp.https").or(() -> doors.base("cwmp.http")).map(acs -> new FlatProfileWriter(
                        ClearForm.EMPTY_ELEMENT)
                .write(FlatProfile.of(keys(acs)).sorted()));
    }

    private Map<String, String> keys(String acs) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("ACS_URL", acs + "/");
        keys.put("Enable_TR-069", "Yes");
        keys.put("CWMP_V1.2_Support", "Yes");
        keys.put("Periodic_Inform_Enable", "Yes");
        keys.put("Periodic_Inform_Interval", String.valueOf(informInterval.toSeconds()));
        // what the ACS sets in the first session is not to be lost at the next start
        keys.put("TR-069_VoiceObject_Init", "No");
        if (acs.startsWith("https:")) {
            // a certificate has to come by a road that needs none
            doors.base("cwmp.http").ifPresent(plain -> keys.put("Custom_CA_Rule", plain + "/ca.pem"));
        }
        Optional<String> own = doors.base("files.https").or(() -> doors.base("files.http"));
        if (!config.profileRule().isEmpty()) {
            keys.put("Profile_Rule", config.profileRule());
        } else {
            own.ifPresent(files -> keys.put("Profile_Rule", files + "/Cisco/$MA.cfg"));
        }
        if (!config.resyncAt().isEmpty()) {
            keys.put("Resync_At__HHmm_", config.resyncAt());
            keys.put(
                    "Resync_At_Random_Delay",
                    String.valueOf(config.resyncSpread().toSeconds()));
        }
        keys.put("Resync_Random_Delay", String.valueOf(config.bootSpread()));
        // that it stands here, though empty, spares whoever unpacks the phone the screen that asks for one
        keys.put("User_Password", "");
        return keys;
    }
}
