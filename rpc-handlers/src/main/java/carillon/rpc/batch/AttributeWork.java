package carillon.rpc.batch;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsRequest.AttributeChange;
import carillon.cwmp.message.CpeResponse;
import carillon.db.Effect;
import carillon.db.ModelFact;
import carillon.db.ModelFacts;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A SetParameterAttributes of which a phone may refuse notifications (9009). Its fault does not say which, so the changes
 * are halved until the refused ones are found; these are left out, and the rest is set (CWMP-155). Any other fault leaves
 * all as it was, as the standard has it (A.3.2.5).
 *
 * @param changes all that are to be made, by their paths
 * @param waiting groups of paths that are still to be sent; the first one is sent next
 * @param bare paths whose notification was refused, and whose access list is still to be set
 * @param set paths that were set
 * @param fresh what was set and is not saved yet
 */
public record AttributeWork(
        Map<String, AttributeChange> changes,
        List<List<String>> waiting,
        List<String> bare,
        List<String> set,
        List<ParameterAttribute> fresh,
        List<Fault.ParameterFault> refused,
        int parts,
        Optional<Fault> failure,
        ModelFacts facts)
        implements Work {
    private static final int REJECTED = FaultCode.NOTIFICATION_REQUEST_REJECTED.number();

    public AttributeWork {
        waiting = List.copyOf(waiting);
        bare = List.copyOf(bare);
        set = List.copyOf(set);
        fresh = List.copyOf(fresh);
        refused = List.copyOf(refused);
    }

    /** Nothing asked yet. What is known to be refused is not sent, unless by force. */
    public static AttributeWork begin(AcsRequest.SetParameterAttributes request, Options options, ModelFacts facts) {
        List<String> send = new ArrayList<>();
        List<String> bare = new ArrayList<>();
        List<Fault.ParameterFault> known = new ArrayList<>();
        for (AttributeChange change : request.changes()) {
            boolean refuses = !options.force()
                    && change.notification()
                            .filter(level -> facts.refusesNotification(change.path(), level))
                            .isPresent();
            if (refuses) {
                known.add(new Fault.ParameterFault(
                        change.path(),
                        REJECTED,
                        "known to be refused by this firmware, so it was not sent; give \"force\":true to send it"));
            }
            if (!refuses || change.accessList().isPresent()) {
                send.add(change.path());
            }
            if (refuses && change.accessList().isPresent()) {
                bare.add(change.path());
            }
        }
        AttributeWork work = new AttributeWork(
                byPath(request),
                send.isEmpty() ? List.of() : List.of(send),
                bare,
                List.of(),
                List.of(),
                known,
                0,
                Optional.empty(),
                facts);
        return send.isEmpty() ? work.failed(nothingSet(known)) : work;
    }

    private static Map<String, AttributeChange> byPath(AcsRequest.SetParameterAttributes request) {
        Map<String, AttributeChange> changes = new LinkedHashMap<>();
        request.changes().forEach(change -> changes.put(change.path(), change));
        return changes;
    }

    /** As it was saved. */
    public static AttributeWork resume(
            AcsRequest.SetParameterAttributes request, List<String> progress, ModelFacts facts) {
        JsonNode head = WorkJson.read(progress.get(0));
        return new AttributeWork(
                byPath(request),
                WorkJson.groups(head.path("waiting")),
                WorkJson.texts(head.path("bare")),
                WorkJson.texts(head.path("set")),
                List.of(),
                WorkJson.faults(head.path("refused")),
                1,
                Optional.empty(),
                facts);
    }

    private List<AttributeChange> changesOf(List<String> paths) {
        List<AttributeChange> out = new ArrayList<>();
        for (String path : paths) {
            AttributeChange change = changes.get(path);
            if (change != null) {
                out.add(
                        bare.contains(path)
                                ? new AttributeChange(path, Optional.empty(), change.accessList())
                                : change);
            }
        }
        return out;
    }

    @Override
    public Optional<AcsRequest> request() {
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(new AcsRequest.SetParameterAttributes(changesOf(waiting.get(0))));
    }

    @Override
    public AttributeWork answered(CpeResponse answer, Batching batching) {
        List<String> group = waiting.get(0);
        List<String> done = new ArrayList<>(set);
        done.addAll(group);
        List<ParameterAttribute> news = new ArrayList<>(fresh);
        changesOf(group).stream()
                .filter(change -> change.notification().isPresent()
                        && !change.path().isEmpty()
                        && change.path().indexOf('[') < 0
                        && !change.path().endsWith("."))
                .forEach(change -> news.add(new ParameterAttribute(
                        change.path(),
                        change.notification().get(),
                        change.accessList().orElse(List.of()))));
        return new AttributeWork(
                changes, waiting.subList(1, waiting.size()), bare, done, news, refused, parts, failure, facts);
    }

    @Override
    public AttributeWork refused(Fault fault) {
        List<String> group = waiting.get(0);
        List<List<String>> left = new ArrayList<>(waiting.subList(1, waiting.size()));
        boolean notification = fault.code() == REJECTED;
        if (!notification && parts == 0) {
            return failed(fault); // the first answer: nothing was set
        }
        List<Fault.ParameterFault> all = new ArrayList<>(refused);
        List<String> without = new ArrayList<>(bare);
        if (group.size() > 1) {
            int half = group.size() / 2;
            left.add(0, group.subList(half, group.size()));
            left.add(0, group.subList(0, half));
        } else {
            String path = group.get(0);
            all.add(new Fault.ParameterFault(path, fault.code(), fault.text()));
            boolean more = notification
                    && !bare.contains(path)
                    && changes.get(path) != null
                    && changes.get(path).accessList().isPresent();
            if (more) {
                without.add(path);
                left.add(0, group);
            }
        }
        AttributeWork next = new AttributeWork(changes, left, without, set, fresh, all, parts, failure, facts);
        return left.isEmpty() && set.isEmpty() ? next.failed(changes.size() == 1 ? fault : nothingSet(all)) : next;
    }

    private static Fault nothingSet(List<Fault.ParameterFault> refused) {
        return new Fault(refused.get(0).code(), "none of the " + refused.size() + " changes was accepted", refused);
    }

    private AttributeWork failed(Fault fault) {
        return new AttributeWork(changes, waiting, bare, set, fresh, refused, parts, Optional.of(fault), facts);
    }

    @Override
    public List<Effect> fresh(Instant now) {
        return fresh.isEmpty() ? List.of() : List.of(new Effect.AttributesReported(fresh, now));
    }

    /** What a phone was told is saved before it is told more. */
    @Override
    public int unsaved() {
        return Integer.MAX_VALUE;
    }

    @Override
    public String head() {
        ObjectNode out = WorkJson.object();
        WorkJson.groups(out, "waiting", waiting);
        WorkJson.texts(out, "bare", bare);
        WorkJson.texts(out, "set", set);
        WorkJson.faults(out, "refused", refused);
        return out.toString();
    }

    @Override
    public Optional<Effect.Part> part() {
        return Optional.empty();
    }

    @Override
    public AttributeWork saved() {
        return new AttributeWork(changes, waiting, bare, set, List.of(), refused, 1, failure, facts);
    }

    @Override
    public boolean wasSaved() {
        return parts > 0;
    }

    @Override
    public String told() {
        return "setting attributes: " + set.size() + " of " + changes.size() + " changes are made, " + refused.size()
                + " refused";
    }

    @Override
    public String result() {
        ObjectNode out = WorkJson.object();
        if (!refused.isEmpty()) {
            WorkJson.texts(out, "set", set);
            WorkJson.faults(out, "refused", refused);
        }
        return out.toString();
    }

    @Override
    public List<String> unknown() {
        return Names.missing(failure.map(Fault::parameters).orElse(refused), facts);
    }

    @Override
    public List<ModelFact> learned(Instant now) {
        List<ModelFact> learned = new ArrayList<>();
        for (Fault.ParameterFault fault : refused) {
            AttributeChange change = changes.get(fault.path());
            if (fault.code() == REJECTED
                    && change != null
                    && change.notification().isPresent()) {
                int level = change.notification().get();
                if (!facts.refusesNotification(fault.path(), level)) {
                    learned.add(new ModelFact(ModelFact.Kind.NO_NOTIFICATION, fault.path(), level, now));
                }
            }
        }
        return learned;
    }

    @Override
    public List<ModelFact> refuted() {
        List<ModelFact> refuted = new ArrayList<>();
        for (AttributeChange change : changesOf(set)) {
            if (change.notification()
                    .filter(level -> facts.refusesNotification(change.path(), level))
                    .isPresent()) {
                refuted.add(new ModelFact(ModelFact.Kind.NO_NOTIFICATION, change.path(), 0, Instant.EPOCH));
            }
        }
        return refuted;
    }
}
