package carillon.rpc.batch;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.ParameterValue;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A SetParameterValues of which the operator takes a part. It goes out in calls of moderate size, and what belongs to one
 * object in one of them (CWMP-151). What the phone's fault blames is left out and the rest sent again; where it blames
 * nothing, the values are halved until what is wrong is found.
 *
 * @param values all that are to be set, by their paths
 * @param waiting groups of paths that are still to be set; the first one is asked next
 * @param set paths that were set
 * @param fresh what was set and is not saved yet
 * @param status 1 where the phone will apply some of it later
 */
public record SetWork(
        Map<String, ParameterValue> values,
        String parameterKey,
        List<List<String>> waiting,
        List<String> set,
        List<ParameterValue> fresh,
        List<Fault.ParameterFault> refused,
        int status,
        int parts,
        Optional<Fault> failure,
        ModelFacts facts)
        implements Work {
    public SetWork {
        waiting = List.copyOf(waiting);
        set = List.copyOf(set);
        fresh = List.copyOf(fresh);
        refused = List.copyOf(refused);
    }

    /** Nothing asked yet. What is known to be refused is not sent, unless by force. */
    public static SetWork begin(
            AcsRequest.SetParameterValues request, Options options, Batching batching, ModelFacts facts) {
        List<String> send = new ArrayList<>();
        List<Fault.ParameterFault> known = new ArrayList<>();
        for (ParameterValue value : request.values()) {
            if (!options.force() && facts.isUnknown(value.path())) {
                known.add(Names.notAsked(value.path()));
            } else if (!options.force() && facts.isReadOnly(value.path())) {
                known.add(new Fault.ParameterFault(
                        value.path(),
                        FaultCode.ATTEMPT_TO_SET_A_NON_WRITABLE_PARAMETER.number(),
                        "known not to be writable on this firmware, so it was not sent; give \"force\":true to"
                                + " send it"));
            } else {
                send.add(value.path());
            }
        }
        SetWork work = new SetWork(
                byPath(request),
                request.parameterKey(),
                Together.calls(send, batching.values()),
                List.of(),
                List.of(),
                known,
                0,
                0,
                Optional.empty(),
                facts);
        return send.isEmpty() ? work.failed(nothingSet(known)) : work;
    }

    private static Map<String, ParameterValue> byPath(AcsRequest.SetParameterValues request) {
        Map<String, ParameterValue> values = new LinkedHashMap<>();
        request.values().forEach(value -> values.put(value.path(), value));
        return values;
    }

    /** As it was saved. */
    public static SetWork resume(AcsRequest.SetParameterValues request, List<String> progress, ModelFacts facts) {
        JsonNode head = WorkJson.read(progress.get(0));
        return new SetWork(
                byPath(request),
                request.parameterKey(),
                WorkJson.groups(head.path("waiting")),
                WorkJson.texts(head.path("set")),
                List.of(),
                WorkJson.faults(head.path("refused")),
                head.path("status").asInt(),
                1,
                Optional.empty(),
                facts);
    }

    private List<ParameterValue> valuesOf(List<String> paths) {
        List<ParameterValue> out = new ArrayList<>();
        for (String path : paths) {
            ParameterValue value = values.get(path);
            if (value != null) {
                out.add(value);
            }
        }
        return out;
    }

    @Override
    public Optional<AcsRequest> request() {
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(new AcsRequest.SetParameterValues(valuesOf(waiting.get(0)), parameterKey));
    }

    @Override
    public SetWork answered(CpeResponse answer, Batching batching) {
        List<String> group = waiting.get(0);
        int told = ((CpeResponse.SetParameterValuesResponse) answer).status();
        List<String> done = new ArrayList<>(set);
        done.addAll(group);
        List<ParameterValue> news = new ArrayList<>(fresh);
        if (told == 0) {
            news.addAll(valuesOf(group));
        }
        return new SetWork(
                values,
                parameterKey,
                waiting.subList(1, waiting.size()),
                done,
                news,
                refused,
                Math.max(status, told),
                parts,
                failure,
                facts);
    }

    @Override
    public SetWork refused(Fault fault) {
        List<String> group = waiting.get(0);
        List<Fault.ParameterFault> blamed = fault.parameters().stream()
                .filter(parameter -> group.contains(parameter.path()))
                .toList();
        List<List<String>> left = new ArrayList<>(waiting.subList(1, waiting.size()));
        List<Fault.ParameterFault> all = new ArrayList<>(refused);
        if (!blamed.isEmpty()) {
            all.addAll(blamed);
            Set<String> out = new HashSet<>();
            blamed.forEach(parameter -> out.add(parameter.path()));
            List<String> rest =
                    group.stream().filter(path -> !out.contains(path)).toList();
            if (!rest.isEmpty()) {
                left.add(0, rest);
            }
        } else if (group.size() > 1 && isAboutArguments(fault)) {
            int half = Together.half(group);
            left.add(0, group.subList(half, group.size()));
            left.add(0, group.subList(0, half));
        } else {
            group.forEach(path -> all.add(new Fault.ParameterFault(path, fault.code(), fault.text())));
        }
        SetWork next = new SetWork(values, parameterKey, left, set, fresh, all, status, parts, failure, facts);
        return left.isEmpty() && set.isEmpty()
                ? next.failed(blamed.isEmpty() && values.size() == 1 ? fault : nothingSet(all))
                : next;
    }

    /** A fault that another choice of values may not meet with; the others would, whatever is sent. */
    private static boolean isAboutArguments(Fault fault) {
        return FaultCode.of(fault.code())
                .filter(code -> switch (code) {
                    case INTERNAL_ERROR,
                            INVALID_ARGUMENTS,
                            RESOURCES_EXCEEDED,
                            INVALID_PARAMETER_NAME,
                            INVALID_PARAMETER_TYPE,
                            INVALID_PARAMETER_VALUE,
                            ATTEMPT_TO_SET_A_NON_WRITABLE_PARAMETER -> true;
                    default -> false;
                })
                .isPresent();
    }

    private static Fault nothingSet(List<Fault.ParameterFault> refused) {
        return new Fault(
                FaultCode.INVALID_ARGUMENTS.number(),
                "none of the " + refused.size() + " values could be set",
                refused);
    }

    private SetWork failed(Fault fault) {
        return new SetWork(
                values, parameterKey, waiting, set, fresh, refused, status, parts, Optional.of(fault), facts);
    }

    @Override
    public List<Effect> fresh(Instant now) {
        return HiddenValues.set(fresh, now);
    }

    /** What a phone was told is saved before it is told more. */
    @Override
    public int unsaved() {
        return Integer.MAX_VALUE;
    }

    @Override
    public String head() {
        ObjectNode out = WorkJson.object().put("status", status);
        WorkJson.groups(out, "waiting", waiting);
        WorkJson.texts(out, "set", set);
        WorkJson.faults(out, "refused", refused);
        return out.toString();
    }

    @Override
    public Optional<Effect.Part> part() {
        return Optional.empty();
    }

    @Override
    public SetWork saved() {
        return new SetWork(values, parameterKey, waiting, set, List.of(), refused, status, 1, failure, facts);
    }

    @Override
    public boolean wasSaved() {
        return parts > 0;
    }

    @Override
    public String told() {
        return "setting: " + set.size() + " of " + values.size() + " values are set, " + refused.size() + " refused";
    }

    @Override
    public String result() {
        ObjectNode out = WorkJson.object().put("status", status);
        WorkJson.texts(out, "set", set);
        WorkJson.faults(out, "refused", refused);
        return out.toString();
    }

    /** What is learned of values that were refused, where none was set. */
    public static List<ModelFact> lessons(List<Fault.ParameterFault> refused, Instant now) {
        List<ModelFact> learned = new ArrayList<>(Names.unknown(refused, List.of(), now));
        learned.addAll(Names.readOnly(refused, now));
        return learned;
    }

    @Override
    public List<String> unknown() {
        return Names.missing(refused, facts);
    }

    @Override
    public List<ModelFact> learned(Instant now) {
        List<ModelFact> learned = new ArrayList<>(Names.unknown(refused, valuesOf(set), now));
        learned.addAll(Names.readOnly(refused, now));
        learned.removeIf(fact -> facts.isUnknown(fact.name()) || facts.isReadOnly(fact.name()));
        return learned;
    }

    @Override
    public List<ModelFact> refuted() {
        List<ModelFact> refuted = new ArrayList<>(Names.refuted(facts, valuesOf(set)));
        set.stream()
                .filter(facts::isReadOnly)
                .forEach(path -> refuted.add(new ModelFact(ModelFact.Kind.READ_ONLY, path, 0, Instant.EPOCH)));
        return refuted;
    }
}
