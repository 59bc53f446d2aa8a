package carillon.rpc.provision;

import carillon.cwmp.ParameterValue;
import carillon.cwmp.flatprofile.ProfileKey;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * By which road each difference goes away.
 *
 * @param batches SetParameterValues to send, in this order
 * @param bySet the keys that these set
 * @param byProfile keys that the profile brings which the phone fetches, or a Download of it
 * @param unreachable keys that nothing can set, each with the reason
 */
public record Plan(
        List<Batch> batches,
        Set<ProfileKey> bySet,
        Set<ProfileKey> byProfile,
        SortedMap<ProfileKey, String> unreachable) {
    /**
     * Parameters that are set together or not at all.
     *
     * @param object what they are part of
     */
    public record Batch(String object, List<ParameterValue> values) {
        public Batch {
            values = List.copyOf(values);
        }

        /** How many values; they may be secret. */
        @Override
        public String toString() {
            return "Batch[" + values.size() + " of " + object + "]";
        }
    }

    public Plan {
        batches = List.copyOf(batches);
        bySet = Collections.unmodifiableSortedSet(new TreeSet<>(bySet));
        byProfile = Collections.unmodifiableSortedSet(new TreeSet<>(byProfile));
        unreachable = Collections.unmodifiableSortedMap(new TreeMap<>(unreachable));
    }

    /** Whether there is nothing to do, and nothing that cannot be done. */
    public boolean isEmpty() {
        return batches.isEmpty() && byProfile.isEmpty() && unreachable.isEmpty();
    }
}
