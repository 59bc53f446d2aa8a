package carillon.db;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All that was learned of one model and software version. */
public final class ModelFacts {
    /** Nothing yet. */
    public static final ModelFacts NONE = new ModelFacts(List.of());

    private final List<ModelFact> facts;
    private final Set<String> unknown;
    private final Set<String> readOnly;

    public ModelFacts(List<ModelFact> facts) {
        this.facts = List.copyOf(facts);
        this.unknown = names(ModelFact.Kind.UNKNOWN_NAME);
        this.readOnly = names(ModelFact.Kind.READ_ONLY);
    }

    private Set<String> names(ModelFact.Kind kind) {
        return facts.stream()
                .filter(fact -> fact.kind() == kind)
                .map(ModelFact::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** As they are stored, in the order of their kinds and names. */
    public List<ModelFact> all() {
        return facts;
    }

    /** Whether this name is known not to exist. */
    public boolean isUnknown(String name) {
        return unknown.contains(name);
    }

    /** Whether this parameter is known not to be writable. */
    public boolean isReadOnly(String name) {
        return readOnly.contains(name);
    }

    /** Whether a notification of this level is known to be refused for this parameter. */
    public boolean refusesNotification(String name, int level) {
        return facts.stream()
                .anyMatch(fact -> fact.kind() == ModelFact.Kind.NO_NOTIFICATION
                        && fact.number() == level
                        && fact.name().equals(name));
    }

    /** How many names one request may hold, where that was learned. */
    public Optional<Integer> batch() {
        return number(ModelFact.Kind.BATCH);
    }

    /** The number of the way in which the tree can be walked, where that was learned. */
    public Optional<Integer> walk() {
        return number(ModelFact.Kind.WALK);
    }

    private Optional<Integer> number(ModelFact.Kind kind) {
        return facts.stream()
                .filter(fact -> fact.kind() == kind)
                .map(ModelFact::number)
                .findFirst();
    }
}
