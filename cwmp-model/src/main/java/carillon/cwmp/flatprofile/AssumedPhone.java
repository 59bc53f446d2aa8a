package carillon.cwmp.flatprofile;

import carillon.cwmp.ParameterType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A phone that has every parameter of the table, to try translations on where no phone's own tree is at hand. */
public final class AssumedPhone {
    private static final int EXTENSIONS = 16;
    private static final int LINE_KEYS = 16;
    private static final int UNITS = 3;
    private static final int UNIT_KEYS = 28;

    private AssumedPhone() {}

    /** Sixteen extensions, kept in one of the two ways; three expansion modules; every codec. */
    public static PhoneTree tree(ExtensionLayout.Kind kind) {
        return tree(MappingTable.standard(), kind);
    }

    /** The same for another table. */
    public static PhoneTree tree(MappingTable table, ExtensionLayout.Kind kind) {
        List<PhoneTree.Leaf> leaves = new ArrayList<>();
        Map<String, Integer> codecs = new LinkedHashMap<>();
        for (Mapping line : table.lines()) {
            line.path().codec().ifPresent(codec -> codecs.putIfAbsent(codec, codecs.size() + 1));
        }
        for (Mapping line : table.lines()) {
            List<Map<Character, Integer>> rows = new ArrayList<>();
            rows.add(new LinkedHashMap<>(Map.of('s', 1)));
            for (char place : line.path().places()) {
                rows = expanded(rows, place, kind);
            }
            for (Map<Character, Integer> numbers : rows) {
                leaves(line, numbers, codecs, leaves);
            }
        }
        return PhoneTree.of(leaves);
    }

    private static void leaves(
            Mapping line, Map<Character, Integer> numbers, Map<String, Integer> codecs, List<PhoneTree.Leaf> leaves) {
        Optional<String> codec = line.path().codec();
        if (codec.isPresent()) {
            int row = Objects.requireNonNull(codecs.get(codec.get()));
            numbers.put('c', row);
            leaves.add(PhoneTree.Leaf.of(
                    line.path().tableOf('c', numbers) + row + ".Codec", codec.get(), ParameterType.STRING));
        }
        String path = line.path().with(numbers);
        if (!path.endsWith(".Codec")) {
            leaves.add(PhoneTree.Leaf.named(path));
        }
    }

    private static List<Map<Character, Integer>> expanded(
            List<Map<Character, Integer>> rows, char place, ExtensionLayout.Kind kind) {
        int most =
                switch (place) {
                    case 'p' -> kind == ExtensionLayout.Kind.PROFILE_EACH ? EXTENSIONS : 1;
                    case 'l' -> kind == ExtensionLayout.Kind.LINE_EACH ? EXTENSIONS : 1;
                    case 'n' -> LINE_KEYS;
                    case 'u' -> UNITS;
                    case 'k' -> UNIT_KEYS;
                    default -> 1;
                };
        List<Map<Character, Integer>> more = new ArrayList<>();
        for (Map<Character, Integer> row : rows) {
            for (int number = 1; number <= most; number++) {
                Map<Character, Integer> next = new LinkedHashMap<>(row);
                next.put(place, number);
                more.add(next);
            }
        }
        return more;
    }
}
