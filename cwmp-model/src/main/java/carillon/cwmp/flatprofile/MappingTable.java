package carillon.cwmp.flatprofile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which parameter is which key, both ways, without a search. The order of its lines says which of several parameters
 * of one key is preferred; lines of the operator's own come before all others.
 */
public final class MappingTable {
    private static final String FILE = "mappings.txt";

    private final List<Mapping> lines;
    private final Map<String, List<Mapping>> byShape = new HashMap<>();
    private final Map<String, List<Mapping>> byKey = new HashMap<>();
    private final Map<Mapping, Integer> rank = new HashMap<>();

    private MappingTable(List<Mapping> lines) {
        this.lines = List.copyOf(lines);
        for (Mapping line : this.lines) {
            if (rank.putIfAbsent(line, rank.size()) == null) {
                byShape.computeIfAbsent(line.path().shape(), none -> new ArrayList<>())
                        .add(line);
                if (!line.key().isEmpty()) {
                    byKey.computeIfAbsent(line.key(), none -> new ArrayList<>()).add(line);
                }
            }
        }
    }

    /** The table for phones that comes with the program, read once. */
    public static MappingTable standard() {
        return Standard.PHONES;
    }

    /** The table for analogue adapters (ATA 191, 192): what is known of them is little. */
    public static MappingTable adapters() {
        return Standard.ADAPTERS;
    }

    /** A table of these lines, the first preferred. */
    public static MappingTable of(Collection<Mapping> lines) {
        return new MappingTable(List.copyOf(lines));
    }

    /** The same table with an operator's own lines before it. */
    public MappingTable with(Collection<Mapping> own) {
        List<Mapping> all = new ArrayList<>(own);
        all.addAll(lines);
        return new MappingTable(all);
    }

    /** All lines, the preferred first. */
    public List<Mapping> lines() {
        return lines;
    }

    /** The lines for a concrete path. */
    public List<Mapping> ofPath(String path) {
        return byShape.getOrDefault(PathPattern.shape(path), List.of());
    }

    /** The lines for a key; a line may name it with its number or with a place for it. */
    public List<Mapping> ofKey(ProfileKey key) {
        List<Mapping> named = byKey.getOrDefault(key.base(), List.of());
        if (key.instances().isEmpty()) {
            return named;
        }
        List<Mapping> numbered = byKey.getOrDefault(key.name(), List.of());
        if (numbered.isEmpty()) {
            return named;
        }
        List<Mapping> both = new ArrayList<>(numbered);
        both.addAll(named);
        return both;
    }

    /** Where a line stands: less is preferred. */
    int rank(Mapping line) {
        return rank.getOrDefault(line, Integer.MAX_VALUE);
    }

    /** How many lines there are of each mark. */
    public Map<Fidelity, Integer> counts() {
        Map<Fidelity, Integer> counts = new EnumMap<>(Fidelity.class);
        for (Fidelity fidelity : Fidelity.values()) {
            counts.put(fidelity, 0);
        }
        lines.forEach(line -> counts.merge(line.fidelity(), 1, Integer::sum));
        return counts;
    }

    /** How many lines there are by who says so. */
    public Map<Evidence, Integer> countsByEvidence() {
        Map<Evidence, Integer> counts = new EnumMap<>(Evidence.class);
        lines.forEach(line -> counts.merge(line.evidence(), 1, Integer::sum));
        return counts;
    }

    /** How many different keys can be reached. */
    public int keys() {
        return byKey.size();
    }

    private static final class Standard {
        private static final List<Mapping> ALL = CatalogueReader.lines(FILE).stream()
                .map(line -> MappingLines.parse(line, Evidence.SEEN))
                .toList();
        private static final MappingTable PHONES =
                of(ALL.stream().filter(line -> !line.adapter()).toList());
        private static final MappingTable ADAPTERS =
                of(ALL.stream().filter(Mapping::adapter).toList());
    }
}
