package carillon.cwmp.flatprofile;

import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.flatprofile.Conversion.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns keys and values into the parameters of one phone. Used once. */
final class KeyWrites {
    private final MappingTable table;
    private final PhoneTree tree;
    private final ExtensionLayout layout;
    private final SortedMap<ProfileKey, String> unreachable = new TreeMap<>();
    private final Map<String, Write> writes = new LinkedHashMap<>();
    private final Map<ProfileKey, List<String>> written = new TreeMap<>();

    KeyWrites(MappingTable table, PhoneTree tree, ExtensionLayout layout) {
        this.table = table;
        this.tree = tree;
        this.layout = layout;
    }

    /** A parameter, its value, and the keys that want it. */
    private record Write(ParameterValue value, TreeSet<ProfileKey> keys) {}

    /** A line and the parameters of this phone that it is about. */
    private record Target(Mapping line, List<PhoneTree.Leaf> leaves) {}

    PhoneMappings.Writes write(SortedMap<ProfileKey, String> desired) {
        desired.forEach(this::key);
        List<ParameterValue> values = new ArrayList<>();
        writes.values().forEach(write -> {
            if (!write.keys().isEmpty()) {
                values.add(write.value());
            }
        });
        return new PhoneMappings.Writes(values, new TreeSet<>(written.keySet()), unreachable);
    }

    private void key(ProfileKey key, String value) {
        Map<Role, List<Target>> targets = new TreeMap<>();
        String why = "no parameter of TR-069 is this setting";
        for (Mapping line : table.ofKey(key)) {
            Role role = line.conversion().role();
            if (targets.containsKey(role) && role != Role.FLAG) {
                continue;
            }
            List<PhoneTree.Leaf> leaves = new ArrayList<>();
            String refused = leaves(line, key, leaves);
            if (refused != null) {
                why = refused;
            } else {
                targets.computeIfAbsent(role, none -> new ArrayList<>()).add(new Target(line, leaves));
            }
        }
        List<Target> chosen = chosen(targets, value);
        if (chosen.isEmpty()) {
            unreachable.put(key, why);
            return;
        }
        boolean lostPort = targets.containsKey(Role.HOST)
                && !targets.containsKey(Role.PORT)
                && Addresses.HostPort.of(value).port().isPresent();
        if (lostPort && !targets.containsKey(Role.WHOLE)) {
            unreachable.put(key, "the phone has a parameter for the host and none for the port");
            return;
        }
        for (Target target : chosen) {
            if (!translate(key, value, target)) {
                return;
            }
        }
    }

    /** A parameter for the whole value, else for its parts; whether there is a value is said beside, or alone for none. */
    private static List<Target> chosen(Map<Role, List<Target>> targets, String value) {
        List<Target> chosen = new ArrayList<>();
        List<Target> flags = targets.getOrDefault(Role.FLAG, List.of());
        boolean off = !flags.isEmpty() && (value.isEmpty() || value.equals("0"));
        if (!off) {
            if (targets.containsKey(Role.WHOLE)) {
                chosen.addAll(targets.get(Role.WHOLE));
            } else if (targets.containsKey(Role.HOST)) {
                chosen.addAll(targets.get(Role.HOST));
                chosen.addAll(targets.getOrDefault(Role.PORT, List.of()));
            }
        }
        if (off || !chosen.isEmpty()) {
            chosen.addAll(flags);
        }
        return chosen;
    }

    private boolean translate(ProfileKey key, String value, Target target) {
        Mapping line = target.line();
        for (PhoneTree.Leaf leaf : target.leaves()) {
            Write earlier = writes.get(leaf.path());
            String before =
                    earlier != null ? earlier.value().value() : leaf.value().orElse("");
            ParameterType type = leaf.type().orElse(line.type());
            Translation translated = line.toPath(value, before, type);
            if (translated instanceof Translation.Impossible impossible) {
                refuse(key, impossible.reason());
                return false;
            }
            String text = ((Translation.Value) translated).text();
            boolean part = line.conversion() == Conversion.Named.FIRST || line.conversion() == Conversion.Named.SECOND;
            if (earlier != null && !part && !earlier.value().value().equals(text)) {
                String others = earlier.keys().first().name();
                String reason = "on this phone it is one parameter with " + others + ", and they are to differ";
                List.copyOf(earlier.keys())
                        .forEach(other -> refuse(
                                other,
                                "on this phone it is one parameter with " + key.name() + ", and they are to differ"));
                refuse(key, reason);
                return false;
            }
            TreeSet<ProfileKey> keys = earlier == null ? new TreeSet<>() : earlier.keys();
            keys.add(key);
            writes.put(leaf.path(), new Write(new ParameterValue(leaf.path(), text, type), keys));
            written.computeIfAbsent(key, none -> new ArrayList<>()).add(leaf.path());
        }
        return true;
    }

    private void refuse(ProfileKey key, String reason) {
        unreachable.put(key, reason);
        List<String> paths = written.remove(key);
        if (paths != null) {
            for (String path : paths) {
                Write write = writes.get(path);
                if (write != null) {
                    write.keys().remove(key);
                }
            }
        }
    }

    /** Finds the phone's parameters for this line and key; the reason where there are none. */
    private @Nullable String leaves(Mapping line, ProfileKey key, List<PhoneTree.Leaf> into) {
        Map<Character, Integer> numbers = new LinkedHashMap<>();
        numbers.put('s', layout.service());
        PathPattern path = line.path();
        if (path.has('u')) {
            numbers.put('u', key.instances().get(0));
            numbers.put('k', key.instances().get(1));
        } else if (path.has('n')) {
            numbers.put('n', key.instances().get(0));
        }
        if (path.has('p') && line.key().contains("{n}")) {
            Optional<ExtensionLayout.Place> place = layout.place(key.instances().get(0));
            if (place.isEmpty()) {
                return layout.why();
            }
            numbers.put('p', place.get().profile());
            numbers.put('l', place.get().line());
        }
        rows(path, numbers, line, into);
        if (into.isEmpty()) {
            return "the phone has not reported " + path.with(numbers);
        }
        boolean refused = !line.writable()
                || into.stream().anyMatch(leaf -> !leaf.writable().orElse(true));
        return refused ? into.get(0).path() + " cannot be written" : null;
    }

    /** The parameters at all rows for whose place there is no number yet. */
    private void rows(PathPattern path, Map<Character, Integer> numbers, Mapping line, List<PhoneTree.Leaf> into) {
        for (char place : path.places()) {
            if (!numbers.containsKey(place)) {
                NavigableSet<Integer> rows = tree.rows(path.tableOf(place, numbers));
                for (int row : rows) {
                    Map<Character, Integer> more = new LinkedHashMap<>(numbers);
                    more.put(place, row);
                    rows(path, more, line, into);
                }
                return;
            }
        }
        if (PhoneMappings.codecFits(tree, line, numbers)) {
            tree.find(path.with(numbers)).ifPresent(into::add);
        }
    }
}
