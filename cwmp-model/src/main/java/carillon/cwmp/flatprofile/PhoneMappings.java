package carillon.cwmp.flatprofile;

import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The table of mappings for one phone: with the rows, types and extensions that this phone really has. */
public final class PhoneMappings {
    private static final Comparator<Read> ORDER = Comparator.comparing(
                    (Read read) -> read.line().conversion().role())
            .thenComparing(Read::rank)
            .thenComparing(read -> read.value().path(), FlatProfile::compareNames);

    private final MappingTable table;
    private final PhoneTree tree;
    private final ExtensionLayout layout;
    private final KeyCatalogue catalogue;

    /** The table for a phone with this tree. */
    public PhoneMappings(MappingTable table, PhoneTree tree, KeyCatalogue catalogue) {
        this.table = table;
        this.tree = tree;
        this.layout = ExtensionLayout.of(tree);
        this.catalogue = catalogue;
    }

    /**
     * What reported parameters say in keys.
     *
     * @param values the keys and their values
     * @param untold parameters whose values have no form as a key's, each with the reason
     */
    public record Keys(SortedMap<ProfileKey, String> values, Map<String, String> untold) {}

    /**
     * What has to be set for keys to have values.
     *
     * @param values the parameters to set
     * @param written the keys that these parameters set
     * @param unreachable keys that cannot be set this way, each with the reason
     */
    public record Writes(
            List<ParameterValue> values, Set<ProfileKey> written, SortedMap<ProfileKey, String> unreachable) {
        public Writes {
            values = List.copyOf(values);
        }
    }

    /** Where the phone keeps its extensions. */
    public ExtensionLayout layout() {
        return layout;
    }

    /** All that the phone reported, as keys. */
    public Keys toKeys() {
        List<ParameterValue> values = new ArrayList<>();
        for (PhoneTree.Leaf leaf : tree.leaves()) {
            if (leaf.value().isPresent()) {
                ParameterType type = leaf.type().orElse(ParameterType.STRING);
                values.add(new ParameterValue(leaf.path(), leaf.value().get(), type));
            }
        }
        return toKeys(values);
    }

    /** These parameters' values, as keys. Of several parameters of one key the preferred one counts. */
    public Keys toKeys(Collection<ParameterValue> values) {
        List<Read> reads = new ArrayList<>();
        for (ParameterValue value : values) {
            for (Mapping line : table.ofPath(value.path())) {
                reads.add(new Read(line, table.rank(line), value));
            }
        }
        reads.sort(ORDER);
        Keys keys = new Keys(new TreeMap<>(), new LinkedHashMap<>());
        Set<String> filled = new HashSet<>();
        reads.forEach(read -> read(read, keys, filled));
        return keys;
    }

    /** The parameters that give these keys these values, for as many of them as this phone has such parameters. */
    public Writes toPaths(SortedMap<ProfileKey, String> desired) {
        return new KeyWrites(table, tree, layout).write(desired);
    }

    private void read(Read read, Keys into, Set<String> filled) {
        Mapping line = read.line();
        String path = read.value().path();
        if (line.fidelity() == Fidelity.NONE || line.fidelity() == Fidelity.WRITE_ONLY) {
            into.untold()
                    .putIfAbsent(
                            path, line.fidelity() == Fidelity.NONE ? line.reason() : "it can be set and not be read");
            return;
        }
        List<ProfileKey> keys = keysOf(line, path);
        if (keys.isEmpty()
                && (line.path().has('p') || line.path().has('l'))
                && layout.places().isEmpty()) {
            into.untold().putIfAbsent(path, layout.why());
        }
        for (ProfileKey key : keys) {
            boolean first = line.conversion() == Conversion.Named.LISTED
                    || filled.add(line.conversion().role() + " " + key.name());
            if (first) {
                Translation translated =
                        line.toKey(read.value().value(), into.values().getOrDefault(key, ""));
                if (translated instanceof Translation.Value text) {
                    into.values().put(key, text.text());
                } else if (translated instanceof Translation.Impossible impossible) {
                    into.untold().put(path, impossible.reason());
                }
            }
        }
    }

    private List<ProfileKey> keysOf(Mapping line, String path) {
        Map<Character, Integer> numbers = line.path().numbers(path);
        if (numbers.getOrDefault('s', layout.service()) != layout.service() || !codecFits(tree, line, numbers)) {
            return List.of();
        }
        int places = ProfileKey.places(line.key());
        if (places == 0) {
            return List.of(catalogue.key(line.key()));
        }
        if (places == 2) {
            return List.of(ProfileKey.of(
                    line.key(), Objects.requireNonNull(numbers.get('u')), Objects.requireNonNull(numbers.get('k'))));
        }
        Integer extensionNumber = numbers.get('n');
        if (extensionNumber != null) {
            return List.of(ProfileKey.of(line.key(), extensionNumber));
        }
        List<ProfileKey> keys = new ArrayList<>();
        for (int extension : layout.extensions(numbers.getOrDefault('p', 1), Optional.ofNullable(numbers.get('l')))) {
            keys.add(ProfileKey.of(line.key(), extension));
        }
        return keys;
    }

    /** Whether the row says that it is about the codec of the line. */
    static boolean codecFits(PhoneTree tree, Mapping line, Map<Character, Integer> numbers) {
        Optional<String> codec = line.path().codec();
        if (codec.isEmpty()) {
            return true;
        }
        String row = line.path().tableOf('c', numbers) + numbers.get('c') + ".Codec";
        return tree.find(row)
                .flatMap(PhoneTree.Leaf::value)
                .filter(said -> folded(said).equals(folded(codec.get())))
                .isPresent();
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT).replace(".", "");
    }

    /** A line, where it stands, and the value that it is for. */
    private record Read(Mapping line, int rank, ParameterValue value) {}
}
