package carillon.cwmp.flatprofile;

import carillon.cwmp.ParameterType;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** What parameters a phone really has, as it reported them, and which rows its tables have. */
public final class PhoneTree {
    private final Map<String, Leaf> leaves = new HashMap<>();
    private final Map<String, NavigableSet<Integer>> rows = new HashMap<>();

    /**
     * A parameter of a phone.
     *
     * @param path its full name
     * @param value what the phone says it is; empty where only the name is known
     * @param type the type that the phone gave it, where a value is known
     * @param writable whether the phone says that it can be set; empty where it did not say
     */
    public record Leaf(String path, Optional<String> value, Optional<ParameterType> type, Optional<Boolean> writable) {
        /** One of which only the name is known. */
        public static Leaf named(String path) {
            return new Leaf(path, Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** One with a value. */
        public static Leaf of(String path, String value, ParameterType type) {
            return new Leaf(path, Optional.of(value), Optional.of(type), Optional.empty());
        }
    }

    private PhoneTree() {}

    /** The tree of these parameters; objects' names among them are allowed. */
    public static PhoneTree of(Collection<Leaf> leaves) {
        PhoneTree tree = new PhoneTree();
        leaves.forEach(tree::add);
        return tree;
    }

    /** The parameter of this name. */
    public Optional<Leaf> find(String path) {
        return Optional.ofNullable(leaves.get(path));
    }

    /** All parameters. */
    public Collection<Leaf> leaves() {
        return Collections.unmodifiableCollection(leaves.values());
    }

    /** The numbers of the rows below a table, such as {@code ….VoiceProfile.}; none where it has no rows. */
    public NavigableSet<Integer> rows(String table) {
        return Collections.unmodifiableNavigableSet(rows.getOrDefault(table, new TreeSet<>()));
    }

    private void add(Leaf leaf) {
        String path = leaf.path();
        if (!path.endsWith(".")) {
            leaves.put(path, leaf);
        }
        for (int start = path.indexOf('.') + 1; start > 0; ) {
            int end = path.indexOf('.', start);
            if (end < 0) {
                return;
            }
            row(path, start, end);
            start = end + 1;
        }
    }

    private void row(String path, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            char c = path.charAt(i);
            if (c < '0' || c > '9' || end - start > 7) {
                return;
            }
            number = number * 10 + c - '0';
        }
        if (end > start) {
            rows.computeIfAbsent(path.substring(0, start), none -> new TreeSet<>())
                    .add(number);
        }
    }
}
