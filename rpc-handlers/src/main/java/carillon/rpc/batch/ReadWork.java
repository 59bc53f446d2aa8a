package carillon.rpc.batch;

import carillon.cwmp.Fault;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.SecretPaths;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.db.Effect;
import carillon.db.ModelFact;
import carillon.db.ModelFacts;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A GetParameterValues of many names, in requests of a size that the phone takes.
 *
 * @param names all that are asked
 * @param values what came, secrets masked
 * @param unanswered names that an answer passed over
 * @param savedValues how many of the values are saved
 * @param parts in how many pieces; 0 while nothing was ever saved
 * @param failure why it failed as a whole
 * @param facts what was known of the model before
 */
public record ReadWork(
        Chunks<String> names,
        Reading reading,
        Chunks<ParameterValue> values,
        List<String> unanswered,
        int savedValues,
        int parts,
        Optional<Fault> failure,
        ModelFacts facts)
        implements Work {
    /** Nothing asked yet. What is known not to exist is not asked, unless by force. */
    public static ReadWork begin(List<String> paths, Options options, Batching batching, ModelFacts facts) {
        List<String> asked = new ArrayList<>();
        List<Fault.ParameterFault> known = new ArrayList<>();
        for (String path : paths) {
            if (!options.force() && facts.isUnknown(path)) {
                known.add(Names.notAsked(path));
            } else {
                asked.add(path);
            }
        }
        int batch = Math.min(batching.names(), facts.batch().orElse(batching.names()));
        ReadWork work = new ReadWork(
                Chunks.of(asked),
                Reading.of(Math.max(1, batch)).skipping(known),
                Chunks.of(List.of()),
                List.of(),
                0,
                0,
                Optional.empty(),
                facts);
        return asked.isEmpty() ? work.failed(nothingRead(known)) : work;
    }

    /** As it was saved: the head, then the parts. */
    public static ReadWork resume(List<String> progress, ModelFacts facts) {
        JsonNode head = WorkJson.read(progress.get(0));
        Chunks<ParameterValue> values = Chunks.of(List.of());
        for (String part : progress.subList(1, progress.size())) {
            values = values.plus(WorkJson.values(WorkJson.read(part).path("values")));
        }
        return new ReadWork(
                Chunks.of(WorkJson.texts(head.path("names"))),
                WorkJson.reading(head),
                values,
                WorkJson.texts(head.path("unanswered")),
                values.size(),
                head.path("parts").asInt(),
                Optional.empty(),
                facts);
    }

    @Override
    public Optional<AcsRequest> request() {
        List<String> group = reading.group(names);
        return group.isEmpty() ? Optional.empty() : Optional.of(new AcsRequest.GetParameterValues(group));
    }

    @Override
    public ReadWork answered(CpeResponse answer, Batching batching) {
        List<String> group = reading.group(names);
        List<ParameterValue> came = ((CpeResponse.GetParameterValuesResponse) answer)
                .values().stream().map(SecretPaths::masked).toList();
        List<String> passedOver = new ArrayList<>(unanswered);
        passedOver.addAll(missing(group, came));
        return new ReadWork(
                names,
                reading.answered(group, octets(came), batching.answerOctets()),
                values.plus(came),
                passedOver,
                savedValues,
                parts,
                failure,
                facts);
    }

    /** Names of the group that an answer says nothing about: not known, rather than gone. */
    static List<String> missing(List<String> group, List<ParameterValue> came) {
        Set<String> answered = new HashSet<>();
        came.forEach(value -> answered.add(value.path()));
        return group.stream()
                .filter(name -> !answered.contains(name)
                        && !(mayMeanOthers(name) && came.stream().anyMatch(value -> Names.answers(name, value.path()))))
                .toList();
    }

    /** Whether a name stands for others: for all below it, or for rows that come by their numbers. */
    private static boolean mayMeanOthers(String name) {
        return name.isEmpty() || name.endsWith(".") || name.indexOf('[') >= 0 || name.indexOf('*') >= 0;
    }

    /** About how long an answer was: the XML around a value takes a hundred octets. */
    static int octets(List<ParameterValue> came) {
        long octets = 0;
        for (ParameterValue value : came) {
            octets += 100L + value.path().length() + value.value().length();
        }
        return (int) Math.min(Integer.MAX_VALUE, octets);
    }

    @Override
    public ReadWork refused(Fault fault) {
        List<String> group = reading.group(names);
        Reading next = reading.refused(group, fault);
        boolean divided = next.refusals() == reading.refusals();
        ReadWork work = new ReadWork(names, next, values, unanswered, savedValues, parts, failure, facts);
        if (divided || values.size() > 0 || !unanswered.isEmpty()) {
            return work;
        }
        boolean aboutNames = Reading.isAboutNames(fault) || group.size() == 1;
        if (!aboutNames || work.request().isEmpty()) {
            // one name was asked, or all alike: the phone's own words say it; of several, each has its own
            return work.failed(!aboutNames || names.size() == 1 ? fault : nothingRead(next.refused()));
        }
        return work;
    }

    private static Fault nothingRead(List<Fault.ParameterFault> refused) {
        return new Fault(refused.get(0).code(), "none of the " + refused.size() + " names could be read", refused);
    }

    private ReadWork failed(Fault fault) {
        return new ReadWork(names, reading, values, unanswered, savedValues, parts, Optional.of(fault), facts);
    }

    @Override
    public List<Effect> fresh(Instant now) {
        List<ParameterValue> fresh = values.slice(savedValues, values.size());
        return fresh.isEmpty() ? List.of() : List.of(new Effect.ValuesReported(fresh, now));
    }

    @Override
    public int unsaved() {
        return values.size() - savedValues;
    }

    @Override
    public String head() {
        ObjectNode out = WorkJson.object();
        WorkJson.texts(out, "names", names.all());
        WorkJson.reading(out, reading);
        WorkJson.texts(out, "unanswered", unanswered);
        return out.put("parts", unsaved() > 0 ? parts + 1 : Math.max(1, parts)).toString();
    }

    @Override
    public Optional<Effect.Part> part() {
        if (unsaved() == 0) {
            return Optional.empty();
        }
        ObjectNode out = WorkJson.object();
        WorkJson.values(out, values.slice(savedValues, values.size()));
        return Optional.of(new Effect.Part(parts + 1, out.toString()));
    }

    @Override
    public ReadWork saved() {
        int count = unsaved() > 0 ? parts + 1 : Math.max(1, parts);
        return new ReadWork(names, reading, values, unanswered, values.size(), count, failure, facts);
    }

    @Override
    public boolean wasSaved() {
        return parts > 0;
    }

    @Override
    public String told() {
        return "reading: " + reading.taken() + " of " + names.size() + " names were asked, " + values.size()
                + " values came";
    }

    @Override
    public String result() {
        ObjectNode out = WorkJson.object();
        WorkJson.values(out, values.all());
        if (!reading.refused().isEmpty()) {
            WorkJson.faults(out, "faults", reading.refused());
        }
        if (!unanswered.isEmpty()) {
            WorkJson.texts(out, "unanswered", unanswered);
        }
        return out.toString();
    }

    @Override
    public List<String> unknown() {
        return Names.missing(reading.refused(), facts);
    }

    @Override
    public List<ModelFact> learned(Instant now) {
        List<ModelFact> learned = new ArrayList<>(Names.unknown(reading.refused(), values.all(), now));
        learned.removeIf(fact -> facts.isUnknown(fact.name()));
        reading.learned(now).ifPresent(learned::add);
        return learned;
    }

    @Override
    public List<ModelFact> refuted() {
        return Names.refuted(facts, values.all());
    }
}
