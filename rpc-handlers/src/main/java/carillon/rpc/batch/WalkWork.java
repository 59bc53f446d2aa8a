package carillon.rpc.batch;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
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
import java.util.List;
import java.util.Optional;

/**
 * A discovery: the tree is listed level by level, breadth first, then its parameters are read in batches. A phone that
 * cannot be listed so is asked for the whole tree, by its name or, where that is the root, by the empty path.
 *
 * @param walk where and how
 * @param tree what was found
 * @param troubles objects that the phone would not list, with what it said; the first hundred
 * @param unanswered how many names the phone passed over
 * @param surprises names that were held to be unknown and were read
 * @param parts in how many pieces it is saved; 0 while nothing was ever saved
 */
public record WalkWork(
        Walk walk,
        Tree tree,
        Reading reading,
        List<Fault.ParameterFault> troubles,
        int unanswered,
        List<String> surprises,
        int parts,
        Optional<Fault> failure,
        ModelFacts facts)
        implements Work {
    private static final int MOST_TROUBLES = 100;

    /**
     * Where and how a tree is walked.
     *
     * @param start the object below which it is walked
     * @param isRoot whether that is the root of the phone's tree
     * @param way how the start is listed: 0 level by level, 1 the whole tree by its name, 2 the whole tree by the empty path
     * @param tries how many ways were tried in vain
     * @param refusal what the phone said to the first that it refused
     * @param begun whether the start was listed
     */
    public record Walk(
            String start, boolean isRoot, Options options, int way, int tries, Optional<Fault> refusal, boolean begun) {
        /** The empty path means the root, and where there is another start it would bring too much. */
        private int ways() {
            return isRoot ? 3 : 2;
        }

        Walk begins() {
            return new Walk(start, isRoot, options, way, tries, refusal, true);
        }

        Walk nextWay(Optional<Fault> why) {
            return new Walk(
                    start,
                    isRoot,
                    options,
                    (way + 1) % ways(),
                    tries + 1,
                    refusal.isPresent() ? refusal : why,
                    tries + 1 >= ways());
        }

        AcsRequest.GetParameterNames first() {
            return new AcsRequest.GetParameterNames(way == 2 ? "" : start, way == 0);
        }
    }

    /** Nothing asked yet. */
    public static WalkWork begin(String start, boolean isRoot, Options options, Batching batching, ModelFacts facts) {
        int batch = Math.min(batching.names(), facts.batch().orElse(batching.names()));
        int way = isRoot ? Math.floorMod(facts.walk().orElse(0), 3) : 0;
        return new WalkWork(
                new Walk(start, isRoot, options, way, 0, Optional.empty(), false),
                Tree.EMPTY,
                Reading.of(Math.max(1, batch)),
                List.of(),
                0,
                List.of(),
                0,
                Optional.empty(),
                facts);
    }

    @Override
    public Optional<AcsRequest> request() {
        if (!walk.begun()) {
            return Optional.of(walk.first());
        }
        if (tree.listed() < tree.objects().size()) {
            return Optional.of(new AcsRequest.GetParameterNames(nextObject(), true));
        }
        List<String> group = reading.group(tree.leaves());
        return group.isEmpty() ? Optional.empty() : Optional.of(new AcsRequest.GetParameterValues(group));
    }

    private String nextObject() {
        return tree.objects().slice(tree.listed(), tree.listed() + 1).get(0);
    }

    @Override
    public WalkWork answered(CpeResponse answer, Batching batching) {
        if (answer instanceof CpeResponse.GetParameterNamesResponse names) {
            return listed(names);
        }
        List<String> group = reading.group(tree.leaves());
        List<ParameterValue> came = ((CpeResponse.GetParameterValuesResponse) answer)
                .values().stream().map(SecretPaths::masked).toList();
        List<String> wrong = new ArrayList<>(surprises);
        Names.refuted(facts, came).forEach(fact -> wrong.add(fact.name()));
        return new WalkWork(
                walk,
                tree.with(came),
                reading.answered(group, ReadWork.octets(came), batching.answerOctets()),
                troubles,
                unanswered + ReadWork.missing(group, came).size(),
                wrong,
                parts,
                failure,
                facts);
    }

    private WalkWork listed(CpeResponse.GetParameterNamesResponse answer) {
        String path = walk.begun() ? nextObject() : walk.first().path();
        Listing listing = Listing.of(
                path, answer.parameters(), walk.start(), walk.options().depth());
        if (!walk.begun() && listing.names().isEmpty()) {
            return with(walk.nextWay(Optional.empty()), tree, reading);
        }
        List<Fault.ParameterFault> known = new ArrayList<>();
        List<String> toRead = new ArrayList<>();
        for (String leaf : listing.leaves()) {
            if (!walk.options().force() && facts.isUnknown(leaf)) {
                known.add(Names.notAsked(leaf));
            } else {
                toRead.add(leaf);
            }
        }
        Tree grown = (walk.begun() ? tree.oneListed() : tree).with(wholly(listing), toRead);
        return with(walk.begins(), grown, reading.skipping(known));
    }

    /** A phone that was asked for its whole tree has told it: what it listed nothing below holds nothing. */
    private Listing wholly(Listing listing) {
        return !walk.begun() && walk.way() != 0 ? new Listing(listing.names(), List.of(), listing.leaves()) : listing;
    }

    @Override
    public WalkWork refused(Fault fault) {
        if (!walk.begun()) {
            Walk next = walk.nextWay(Optional.of(fault));
            WalkWork work = with(next, tree, reading);
            return next.begun() ? work.failed(next.refusal().orElse(fault)) : work;
        }
        if (tree.listed() >= tree.objects().size()) {
            return with(walk, tree, reading.refused(reading.group(tree.leaves()), fault));
        }
        List<Fault.ParameterFault> all = new ArrayList<>(troubles);
        if (all.size() < MOST_TROUBLES) {
            all.add(new Fault.ParameterFault(nextObject(), fault.code(), fault.text()));
        }
        return new WalkWork(walk, tree.oneListed(), reading, all, unanswered, surprises, parts, failure, facts);
    }

    private WalkWork with(Walk next, Tree grown, Reading read) {
        return new WalkWork(next, grown, read, troubles, unanswered, surprises, parts, failure, facts);
    }

    private WalkWork failed(Fault fault) {
        return new WalkWork(walk, tree, reading, troubles, unanswered, surprises, parts, Optional.of(fault), facts);
    }

    @Override
    public List<Effect> fresh(Instant now) {
        List<Effect> fresh = new ArrayList<>();
        if (tree.names().size() > 0) {
            fresh.add(new Effect.NamesReported(tree.names().all(), now));
        }
        if (tree.values().size() > 0) {
            fresh.add(new Effect.ValuesReported(tree.values().all(), now));
        }
        return fresh;
    }

    @Override
    public int unsaved() {
        return tree.names().size() + tree.values().size();
    }

    private boolean hasPart() {
        return tree.savedObjects() < tree.objects().size()
                || tree.savedLeaves() < tree.leaves().size();
    }

    private int partsOnceSaved() {
        return hasPart() ? parts + 1 : Math.max(1, parts);
    }

    @Override
    public String head() {
        ObjectNode out = WorkJson.object();
        out.put("way", walk.way())
                .put("tries", walk.tries())
                .put("begun", walk.begun())
                .put("listed", tree.listed())
                .put("found", tree.found())
                .put("read", tree.read())
                .put("unanswered", unanswered)
                .put("parts", partsOnceSaved());
        walk.refusal().ifPresent(fault -> out.put("refusal", fault.text()).put("refusalCode", fault.code()));
        WorkJson.reading(out, reading);
        WorkJson.faults(out, "troubles", troubles);
        WorkJson.texts(out, "surprises", surprises);
        return out.toString();
    }

    @Override
    public Optional<Effect.Part> part() {
        if (!hasPart()) {
            return Optional.empty();
        }
        ObjectNode out = WorkJson.object();
        WorkJson.texts(
                out,
                "objects",
                tree.objects().slice(tree.savedObjects(), tree.objects().size()));
        WorkJson.texts(
                out,
                "leaves",
                tree.leaves().slice(tree.savedLeaves(), tree.leaves().size()));
        return Optional.of(new Effect.Part(parts + 1, out.toString()));
    }

    /** As it was saved: the head, then the parts. */
    public static WalkWork resume(
            String start, boolean isRoot, Options options, List<String> progress, ModelFacts facts) {
        JsonNode head = WorkJson.read(progress.get(0));
        Chunks<String> objects = Chunks.of(List.of());
        Chunks<String> leaves = Chunks.of(List.of());
        for (String part : progress.subList(1, progress.size())) {
            JsonNode node = WorkJson.read(part);
            objects = objects.plus(WorkJson.texts(node.path("objects")));
            leaves = leaves.plus(WorkJson.texts(node.path("leaves")));
        }
        Optional<Fault> refusal = head.has("refusal")
                ? Optional.of(new Fault(
                        head.path("refusalCode").asInt(), head.path("refusal").asText(), List.of()))
                : Optional.empty();
        return new WalkWork(
                new Walk(
                        start,
                        isRoot,
                        options,
                        head.path("way").asInt(),
                        head.path("tries").asInt(),
                        refusal,
                        head.path("begun").asBoolean()),
                new Tree(
                        objects,
                        head.path("listed").asInt(),
                        leaves,
                        Chunks.of(List.of()),
                        Chunks.of(List.of()),
                        objects.size(),
                        leaves.size(),
                        head.path("found").asInt(),
                        head.path("read").asInt()),
                WorkJson.reading(head),
                WorkJson.faults(head.path("troubles")),
                head.path("unanswered").asInt(),
                WorkJson.texts(head.path("surprises")),
                head.path("parts").asInt(),
                Optional.empty(),
                facts);
    }

    @Override
    public WalkWork saved() {
        return new WalkWork(
                walk, tree.saved(), reading, troubles, unanswered, surprises, partsOnceSaved(), failure, facts);
    }

    @Override
    public boolean wasSaved() {
        return parts > 0;
    }

    @Override
    public String told() {
        return "discovering: " + tree.listed() + " of " + tree.objects().size() + " objects were listed, "
                + reading.taken() + " of " + tree.leaves().size() + " parameters were read";
    }

    @Override
    public String result() {
        ObjectNode out = WorkJson.object();
        out.put("path", walk.start())
                .put("found", tree.found())
                .put("parameters", tree.leaves().size())
                .put("read", tree.read());
        if (unanswered > 0) {
            out.put("unanswered", unanswered);
        }
        if (tree.found() >= Tree.MOST_NAMES) {
            out.put("tooMany", true);
        }
        List<Fault.ParameterFault> all = new ArrayList<>(troubles);
        all.addAll(reading.refused());
        if (!all.isEmpty()) {
            out.put("refusals", troubles.size() + reading.refusals());
            WorkJson.faults(out, "faults", all);
        }
        return out.toString();
    }

    /** What a walk meets was listed by the phone a moment ago. */
    @Override
    public List<String> unknown() {
        return failure.isPresent() && !walk.start().isEmpty() && !walk.isRoot() ? List.of(walk.start()) : List.of();
    }

    /** What is listed and cannot be read is a fault of the firmware, wherever in the tree it lies. */
    @Override
    public List<ModelFact> learned(Instant now) {
        List<ModelFact> learned = new ArrayList<>();
        for (Fault.ParameterFault fault : reading.refused()) {
            if (fault.code() == FaultCode.INVALID_PARAMETER_NAME.number() && !facts.isUnknown(fault.path())) {
                learned.add(new ModelFact(ModelFact.Kind.UNKNOWN_NAME, fault.path(), 0, now));
            }
        }
        reading.learned(now).ifPresent(learned::add);
        if (walk.isRoot() && tree.found() > 0 && walk.way() != facts.walk().orElse(0)) {
            learned.add(new ModelFact(ModelFact.Kind.WALK, "", walk.way(), now));
        }
        return learned;
    }

    @Override
    public List<ModelFact> refuted() {
        return surprises.stream()
                .map(name -> new ModelFact(ModelFact.Kind.UNKNOWN_NAME, name, 0, Instant.EPOCH))
                .toList();
    }
}
