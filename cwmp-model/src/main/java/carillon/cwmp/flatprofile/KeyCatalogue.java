package carillon.cwmp.flatprofile;

import carillon.cwmp.SecretPaths;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every key of flat profiles that is publicly known, and what it takes. A key is found by its name without a search:
 * its numbers are taken out one by one, and what is left is looked up.
 */
public final class KeyCatalogue {
    private static final int LONGEST_SHOWN = 60;
    private static final int MOST_REMEMBERED = 20_000;

    private final List<CatalogueKey> keys;
    private final Map<String, CatalogueKey> byShape = new HashMap<>();
    private final Map<String, CatalogueKey> routerKeys = new HashMap<>();

    /** What names were found to be; bounded, since names come from outside. */
    private final Map<String, Known> found = new ConcurrentHashMap<>();

    private final Map<String, Optional<String>> nearest = new ConcurrentHashMap<>();

    /** A name that is known: its key, and what is known of it. */
    private record Known(ProfileKey key, CatalogueKey what) {}

    KeyCatalogue(Collection<CatalogueKey> keys) {
        this.keys = List.copyOf(keys);
        for (CatalogueKey key : this.keys) {
            key.routerGroup()
                    .ifPresentOrElse(
                            group -> routerKeys.put(group + "/" + key.base(), key),
                            () -> byShape.putIfAbsent(ProfileKey.shape(key.base()), key));
        }
        for (CatalogueKey key : this.keys) {
            byShape.putIfAbsent(ProfileKey.shape(key.base()), key);
        }
    }

    /** The catalogue that comes with the program, read once. */
    public static KeyCatalogue standard() {
        return Standard.CATALOGUE;
    }

    /** All keys, in the order of their names. */
    public List<CatalogueKey> keys() {
        return keys;
    }

    /** What is known of the key with this name, such as {@code Proxy_1_}. */
    public Optional<CatalogueKey> find(String name) {
        return known(name).map(Known::what);
    }

    private Optional<Known> known(String name) {
        Known before = found.get(name);
        if (before != null) {
            return Optional.of(before);
        }
        for (ProfileKey.Candidate candidate : ProfileKey.candidates(name)) {
            CatalogueKey key = byShape.get(candidate.shape());
            if (key != null
                    && ProfileKey.places(key.base()) == candidate.instances().size()) {
                Known known = new Known(new ProfileKey(key.base(), candidate.instances()), key);
                if (found.size() < MOST_REMEMBERED) {
                    found.put(name, known);
                }
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /** What is known of a key in a group of the block {@code router-configuration}. */
    public Optional<CatalogueKey> findRouter(String group, String name) {
        return Optional.ofNullable(routerKeys.get(group + "/" + name));
    }

    /**
     * The key with this name: a known base with its numbers; a number between underscores at the end is an unknown
     * key's instance.
     */
    public ProfileKey key(String name) {
        Optional<Known> known = known(name);
        if (known.isPresent()) {
            return known.get().key();
        }
        int start = name.length() - 1;
        while (start > 0 && name.endsWith("_") && Character.isDigit(name.charAt(start - 1))) {
            start--;
        }
        if (start > 1 && start < name.length() - 1 && start > name.length() - 6 && name.charAt(start - 1) == '_') {
            return ProfileKey.of(
                    name.substring(0, start) + "{n}_", Integer.valueOf(name.substring(start, name.length() - 1)));
        }
        return ProfileKey.of(name);
    }

    /** Whether the key holds a secret: the catalogue says so, or its name does. */
    public boolean isSecret(String name) {
        Optional<CatalogueKey> known = find(name);
        return known.isPresent() ? known.get().secret() : SecretPaths.isSecret(name);
    }

    /** One spelling for all values of this key that mean the same. */
    public String canonical(String name, String value) {
        return find(name).map(key -> key.type().canonical(value)).orElse(value);
    }

    /** What is wrong with this key and value; empty where nothing is. */
    public List<KeyProblem> check(String name, String value) {
        Optional<CatalogueKey> known = find(name);
        if (known.isEmpty()) {
            return List.of(new KeyProblem(KeyProblem.Severity.WARNING, name, unknown(name)));
        }
        return check(known.get(), name, value);
    }

    List<KeyProblem> check(CatalogueKey known, String name, String value) {
        List<KeyProblem> problems = new ArrayList<>();
        known.type().refusal(value).ifPresent(refusal -> {
            String shown = known.secret() ? "the value" : "'" + shortened(value) + "'";
            String nearest = known.secret()
                            || known.type().canonical(value).equals(value)
                            || !known.type().accepts(known.type().canonical(value))
                    ? ""
                    : "; did you mean " + known.type().canonical(value) + "?";
            problems.add(new KeyProblem(
                    KeyProblem.Severity.ERROR, name, name + " is " + shown + " and " + refusal + nearest));
        });
        ProfileKey key = key(name);
        if (!key.instances().isEmpty() && !known.instances().has(key.instances())) {
            problems.add(new KeyProblem(
                    KeyProblem.Severity.WARNING,
                    name,
                    name + " has a number beyond those seen ("
                            + known.instances().text() + "): the phone ignores it"));
        }
        return problems;
    }

    /** The known key whose name is nearest to this one, where one is near. */
    public Optional<String> nearest(String name) {
        Optional<String> before = nearest.get(name);
        if (before != null) {
            return before;
        }
        Optional<String> looked = lookedFor(name);
        if (nearest.size() < MOST_REMEMBERED) {
            nearest.put(name, looked);
        }
        return looked;
    }

    private Optional<String> lookedFor(String name) {
        ProfileKey wanted = key(name);
        String shape = folded(ProfileKey.shape(wanted.base()));
        int best = Math.max(2, shape.length() / 4) + 1;
        CatalogueKey nearer = null;
        for (CatalogueKey candidate : byShape.values()) {
            String other = folded(ProfileKey.shape(candidate.base()));
            if (Math.abs(other.length() - shape.length()) >= best) {
                continue;
            }
            int distance = distance(shape, other, best);
            if (distance < best
                    || (distance == best && nearer != null && candidate.base().compareTo(nearer.base()) < 0)) {
                best = distance;
                nearer = candidate;
            }
        }
        return Optional.ofNullable(nearer).map(found -> renumbered(found, wanted));
    }

    private String unknown(String name) {
        return "the key " + shortened(name) + " is not known"
                + nearest(name)
                        .map(found -> "; the nearest known one is " + found)
                        .orElse("");
    }

    private static String renumbered(CatalogueKey found, ProfileKey wanted) {
        int places = ProfileKey.places(found.base());
        List<Integer> numbers =
                places == wanted.instances().size() ? wanted.instances() : Collections.nCopies(places, 1);
        return new ProfileKey(found.base(), numbers).name();
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }

    /** Levenshtein's distance, or the limit where it is not below. */
    private static int distance(String one, String other, int limit) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            int least = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
                least = Math.min(least, row[j]);
            }
            if (least > limit) {
                return limit + 1;
            }
        }
        return row[other.length()];
    }

    /** How many keys there are of each type, for those who want to know. */
    public Map<String, Integer> countsByType() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (CatalogueKey key : keys) {
            String text = key.type().text();
            int blank = text.indexOf(' ');
            counts.merge(blank < 0 ? text : text.substring(0, blank), 1, Integer::sum);
        }
        return counts;
    }

    private static final class Standard {
        private static final KeyCatalogue CATALOGUE = new KeyCatalogue(CatalogueReader.keys());
    }
}
