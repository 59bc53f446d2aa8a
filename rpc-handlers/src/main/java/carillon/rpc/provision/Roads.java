package carillon.rpc.provision;

import java.util.Set;

/**
 * What roads to a phone are open.
 *
 * @param set whether SetParameterValues is
 * @param setSecrets whether secrets may travel on it
 * @param profile whether a profile reaches the phone: it fetches one that it is known to fetch, or can be sent a Download
 * @param profileSecrets whether secrets may travel on it
 * @param refused parameters that phones of this model and firmware refused: they are not asked for again
 */
public record Roads(boolean set, boolean setSecrets, boolean profile, boolean profileSecrets, Set<String> refused) {
    public Roads {
        refused = Set.copyOf(refused);
    }
}
