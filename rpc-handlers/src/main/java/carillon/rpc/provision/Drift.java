package carillon.rpc.provision;

import carillon.cwmp.flatprofile.KeyCatalogue;
import carillon.cwmp.flatprofile.ProfileKey;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a phone differs from what it should have.
 *
 * @param differences by key
 */
public record Drift(SortedMap<ProfileKey, Difference> differences) {
    /** What is different about a key. */
    public enum Kind {
        /** The phone told another value. */
        DIFFERS,
        /** The phone did not tell, and has not taken this version: nobody knows. */
        UNTOLD
    }

    /**
     * One key.
     *
     * @param reported what the phone told; empty where it did not
     * @param secret whether neither value may be shown
     */
    public record Difference(Kind kind, String desired, Optional<String> reported, boolean secret) {
        @Override
        public String toString() {
            return secret ? kind + "[***]" : kind + "[" + desired + ", reported " + reported.orElse("nothing") + "]";
        }
    }

    public Drift {
        differences = Collections.unmodifiableSortedMap(new TreeMap<>(differences));
    }

    /**
     * Holds one against the other. Values that mean the same are the same; what the phone's user may choose is no
     * difference; what the phone does not tell (secrets above all) is one until it has taken this version.
     *
     * @param version of the desired configuration
     */
    public static Drift of(DesiredConfiguration desired, String version, Reported reported, KeyCatalogue catalogue) {
        boolean taken = !version.isEmpty() && version.equals(reported.version());
        SortedMap<ProfileKey, Difference> differences = new TreeMap<>();
        desired.values().forEach((key, value) -> {
            String told = reported.values().get(key);
            if (told == null || value.secret() && told.chars().allMatch(c -> c == '*')) {
                if (!taken) {
                    differences.put(key, new Difference(Kind.UNTOLD, value.text(), Optional.empty(), value.secret()));
                }
            } else if (!same(key, value.text(), told, catalogue) && !chosen(key, value, reported)) {
                differences.put(key, new Difference(Kind.DIFFERS, value.text(), Optional.of(told), value.secret()));
            }
        });
        return new Drift(differences);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return differences.isEmpty();
    }

    /** How many keys the phone told other values of. */
    public long known() {
        return differences.values().stream()
                .filter(difference -> difference.kind() == Kind.DIFFERS)
                .count();
    }

    private static boolean same(ProfileKey key, String one, String other, KeyCatalogue catalogue) {
        return one.equals(other) || catalogue.canonical(key.name(), one).equals(catalogue.canonical(key.name(), other));
    }

    private static boolean chosen(ProfileKey key, DesiredConfiguration.Value value, Reported reported) {
        return value.isUsersChoice() || reported.userModified().contains(key) && !value.userChangesCount();
    }
}
