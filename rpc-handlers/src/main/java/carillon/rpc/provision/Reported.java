package carillon.rpc.provision;

import carillon.cwmp.flatprofile.ProfileKey;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a phone told of its keys, by TR-069 or in a report.
 *
 * @param values what it told
 * @param userModified keys that it said its user changed
 * @param version the version of the configuration that it has taken, as far as that is proven; empty where it is not
 */
public record Reported(SortedMap<ProfileKey, String> values, Set<ProfileKey> userModified, String version) {
    public Reported {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        userModified = Collections.unmodifiableSortedSet(new TreeSet<>(userModified));
    }

    /** A phone that told values, and nothing of its user or of what it has taken. */
    public static Reported of(SortedMap<ProfileKey, String> values) {
        return new Reported(values, Set.of(), "");
    }
}
