package carillon.rpc.provision;

import carillon.cwmp.ParameterPath;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.flatprofile.PhoneMappings;
import carillon.cwmp.flatprofile.ProfileKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Says by which road each difference between a phone and its configuration goes away. */
public final class Planner {
    private Planner() {}

    /**
     * The plan. SetParameterValues comes first, since its answer proves what was done; what it cannot do the profile does.
     *
     * @param drift what is different
     * @param phone the table for this phone
     * @param roads which roads are open
     */
    public static Plan plan(Drift drift, PhoneMappings phone, Roads roads) {
        SortedMap<ProfileKey, String> wanted = new TreeMap<>();
        Map<ProfileKey, String> why = new TreeMap<>();
        Set<ProfileKey> secrets = new TreeSet<>();
        drift.differences().forEach((key, difference) -> {
            if (difference.secret()) {
                secrets.add(key);
            }
            if (!roads.set()) {
                why.put(key, "nothing can be set on this phone now");
            } else if (difference.secret() && !roads.setSecrets()) {
                why.put(key, "secrets may not travel by SetParameterValues here");
            } else {
                wanted.put(key, difference.desired());
            }
        });
        PhoneMappings.Writes writes = acceptable(wanted, phone, roads, why);
        why.putAll(writes.unreachable());
        Set<ProfileKey> byProfile = new TreeSet<>();
        SortedMap<ProfileKey, String> unreachable = new TreeMap<>();
        why.forEach((key, reason) -> {
            boolean secret = secrets.contains(key);
            if (!roads.profile()) {
                unreachable.put(key, reason + ", and no profile reaches it");
            } else if (secret && !roads.profileSecrets()) {
                unreachable.put(key, reason + ", and secrets may not travel in its profile");
            } else {
                byProfile.add(key);
            }
        });
        return new Plan(batches(writes.values()), writes.written(), byProfile, unreachable);
    }

    /** What can be set without parameters that were refused before; a key that needs one of them is not set by halves. */
    private static PhoneMappings.Writes acceptable(
            SortedMap<ProfileKey, String> wanted, PhoneMappings phone, Roads roads, Map<ProfileKey, String> why) {
        SortedMap<ProfileKey, String> left = new TreeMap<>(wanted);
        PhoneMappings.Writes writes = phone.toPaths(left);
        if (writes.values().stream().noneMatch(value -> roads.refused().contains(value.path()))) {
            return writes;
        }
        for (Map.Entry<ProfileKey, String> entry : wanted.entrySet()) {
            SortedMap<ProfileKey, String> alone = new TreeMap<>(Map.of(entry.getKey(), entry.getValue()));
            for (ParameterValue value : phone.toPaths(alone).values()) {
                if (roads.refused().contains(value.path())) {
                    why.put(entry.getKey(), "phones of this model and firmware refuse " + value.path());
                    left.remove(entry.getKey());
                }
            }
        }
        return phone.toPaths(left);
    }

    /** Parameters of one object together, since a phone sets all of a request or none of it. */
    private static List<Plan.Batch> batches(List<ParameterValue> values) {
        Map<String, List<ParameterValue>> byObject = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (ParameterValue value : values) {
            if (seen.add(value.path())) {
                String object = new ParameterPath(value.path()).parent().text();
                byObject.computeIfAbsent(object, none -> new ArrayList<>()).add(value);
            }
        }
        List<Plan.Batch> batches = new ArrayList<>();
        byObject.forEach((object, together) -> batches.add(new Plan.Batch(object, together)));
        return batches;
    }
}
