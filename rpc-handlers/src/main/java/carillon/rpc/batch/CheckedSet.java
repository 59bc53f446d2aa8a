package carillon.rpc.batch;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.SecretPaths;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.db.Effect;
import carillon.db.ModelFact;
import carillon.db.ModelFacts;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A SetParameterValues whose values are read back, for phones that say that they set what they did not, or set something
 * else. What differs is set again, three times in all. A value that the phone writes another way, in upper case or
 * with other blanks, counts as set. Where the phone applies the values later (Status 1), they are not read: it would tell
 * the old ones (CWMP-148).
 *
 * @param values all that are to be set, by their paths
 * @param toSet what this round sets; the first sets all, so that all or nothing stays so
 * @param toRead what is still to be read back in this round
 * @param isSetting whether the values of this round are still to be set
 * @param differs what was read back in this round and is not what was set
 * @param rewritten paths whose values the phone writes another way
 * @param unchecked paths that the phone did not tell
 * @param fresh what came and is not saved yet
 */
public record CheckedSet(
        Map<String, ParameterValue> values,
        String parameterKey,
        int round,
        List<String> toSet,
        List<String> toRead,
        boolean isSetting,
        List<ParameterValue> differs,
        List<String> rewritten,
        List<String> unchecked,
        List<ParameterValue> fresh,
        int status,
        int batch,
        int parts,
        Optional<Fault> failure,
        ModelFacts facts)
        implements Work {
    private static final int ROUNDS = 3;

    public CheckedSet {
        toSet = List.copyOf(toSet);
        toRead = List.copyOf(toRead);
        differs = List.copyOf(differs);
        rewritten = List.copyOf(rewritten);
        unchecked = List.copyOf(unchecked);
        fresh = List.copyOf(fresh);
    }

    /** Nothing asked yet. */
    public static CheckedSet begin(AcsRequest.SetParameterValues request, Batching batching, ModelFacts facts) {
        Map<String, ParameterValue> values = byPath(request);
        return new CheckedSet(
                values,
                request.parameterKey(),
                1,
                List.copyOf(values.keySet()),
                List.of(),
                true,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                Math.max(1, Math.min(batching.names(), facts.batch().orElse(batching.names()))),
                0,
                Optional.empty(),
                facts);
    }

    private static Map<String, ParameterValue> byPath(AcsRequest.SetParameterValues request) {
        Map<String, ParameterValue> values = new LinkedHashMap<>();
        request.values().forEach(value -> values.put(value.path(), value));
        return values;
    }

    /** As it was saved. */
    public static CheckedSet resume(AcsRequest.SetParameterValues request, List<String> progress, ModelFacts facts) {
        JsonNode head = WorkJson.read(progress.get(0));
        return new CheckedSet(
                byPath(request),
                request.parameterKey(),
                head.path("round").asInt(),
                WorkJson.texts(head.path("toSet")),
                WorkJson.texts(head.path("toRead")),
                head.path("isSetting").asBoolean(),
                WorkJson.values(head.path("values")),
                WorkJson.texts(head.path("rewritten")),
                WorkJson.texts(head.path("unchecked")),
                List.of(),
                head.path("status").asInt(),
                Math.max(1, head.path("batch").asInt()),
                1,
                Optional.empty(),
                facts);
    }

    /** The same in other places. */
    private CheckedSet at(int nextRound, List<String> set, List<String> read, boolean setting) {
        return new CheckedSet(
                values,
                parameterKey,
                nextRound,
                set,
                read,
                setting,
                setting ? List.of() : differs,
                rewritten,
                unchecked,
                fresh,
                status,
                batch,
                parts,
                failure,
                facts);
    }

    private CheckedSet with(
            List<ParameterValue> other,
            List<String> rewrittenNow,
            List<String> uncheckedNow,
            List<ParameterValue> news) {
        return new CheckedSet(
                values,
                parameterKey,
                round,
                toSet,
                toRead,
                isSetting,
                other,
                rewrittenNow,
                uncheckedNow,
                news,
                status,
                batch,
                parts,
                failure,
                facts);
    }

    private List<String> group() {
        return toRead.subList(0, Math.min(batch, toRead.size()));
    }

    @Override
    public Optional<AcsRequest> request() {
        if (isSetting) {
            List<ParameterValue> set = values.values().stream()
                    .filter(value -> toSet.contains(value.path()))
                    .toList();
            return Optional.of(new AcsRequest.SetParameterValues(set, parameterKey));
        }
        return toRead.isEmpty() ? Optional.empty() : Optional.of(new AcsRequest.GetParameterValues(group()));
    }

    @Override
    public CheckedSet answered(CpeResponse answer, Batching batching) {
        if (answer instanceof CpeResponse.SetParameterValuesResponse set) {
            return wereSet(set.status());
        }
        List<String> group = group();
        List<ParameterValue> came = ((CpeResponse.GetParameterValuesResponse) answer).values();
        List<ParameterValue> other = new ArrayList<>(differs);
        List<String> another = new ArrayList<>(rewritten);
        for (ParameterValue is : came) {
            ParameterValue wanted = values.get(is.path());
            if (wanted != null && group.contains(is.path()) && !is.value().equals(wanted.value())) {
                if (!isAlike(wanted, is.value())) {
                    other.add(is);
                } else if (!another.contains(is.path())) {
                    another.add(is.path());
                }
            }
        }
        List<String> untold = new ArrayList<>(unchecked);
        untold.addAll(ReadWork.missing(group, came));
        List<ParameterValue> news = new ArrayList<>(fresh);
        news.addAll(came);
        return with(other, another, untold, news)
                .at(round, toSet, toRead.subList(group.size(), toRead.size()), false)
                .judged();
    }

    private CheckedSet wereSet(int told) {
        boolean applied = told == 0;
        List<ParameterValue> news = new ArrayList<>(fresh);
        if (applied) {
            values.values().stream()
                    .filter(value -> toSet.contains(value.path()))
                    .forEach(news::add);
        }
        List<String> readable =
                toSet.stream().filter(path -> !SecretPaths.isSecret(path)).toList();
        return new CheckedSet(
                values,
                parameterKey,
                round,
                toSet,
                applied ? readable : List.of(),
                false,
                List.of(),
                rewritten,
                applied ? hidden() : toSet,
                news,
                Math.max(status, told),
                batch,
                parts,
                failure,
                facts);
    }

    /** What cannot be read back. */
    private List<String> hidden() {
        return values.keySet().stream().filter(SecretPaths::isSecret).toList();
    }

    /** All of the round was read: what differs is set again, or there were rounds enough. */
    private CheckedSet judged() {
        if (!toRead.isEmpty() || differs.isEmpty()) {
            return this;
        }
        if (round < ROUNDS) {
            return at(round + 1, differs.stream().map(ParameterValue::path).toList(), List.of(), true);
        }
        List<Fault.ParameterFault> wrong = differs.stream()
                .map(is -> new Fault.ParameterFault(is.path(), 0, "it reads '" + shown(is.value()) + "'"))
                .toList();
        return failed(new Fault(
                0,
                "the phone said " + ROUNDS + " times that it set all, and reads other values: "
                        + wrong.stream()
                                .limit(3)
                                .map(Fault.ParameterFault::path)
                                .collect(Collectors.joining(", ")),
                wrong));
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /** Whether a phone may mean the same: another case, other blanks, another writing of a number or a flag. */
    static boolean isAlike(ParameterValue wanted, String is) {
        String one = folded(wanted.value());
        String other = folded(is);
        if (one.equals(other)) {
            return true;
        }
        if (wanted.type() == ParameterType.BOOLEAN) {
            return flag(one).equals(flag(other));
        }
        boolean numbers =
                one.matches("[+-]?\\d{1,30}(\\.\\d{1,30})?") && other.matches("[+-]?\\d{1,30}(\\.\\d{1,30})?");
        return numbers && new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
    }

    private static String folded(String text) {
        return text.replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
    }

    private static String flag(String text) {
        return text.equals("1") ? "true" : text.equals("0") ? "false" : text;
    }

    @Override
    public CheckedSet refused(Fault fault) {
        if (isSetting) {
            return failed(fault);
        }
        // they were set, and cannot be read: that is no failure
        List<String> group = group();
        List<String> untold = new ArrayList<>(unchecked);
        untold.addAll(group);
        return with(differs, rewritten, untold, fresh)
                .at(round, toSet, toRead.subList(group.size(), toRead.size()), false)
                .judged();
    }

    private CheckedSet failed(Fault fault) {
        return new CheckedSet(
                values,
                parameterKey,
                round,
                toSet,
                toRead,
                isSetting,
                differs,
                rewritten,
                unchecked,
                fresh,
                status,
                batch,
                parts,
                Optional.of(fault),
                facts);
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
        ObjectNode out = WorkJson.object()
                .put("round", round)
                .put("isSetting", isSetting)
                .put("status", status)
                .put("batch", batch);
        WorkJson.texts(out, "toSet", toSet);
        WorkJson.texts(out, "toRead", toRead);
        WorkJson.values(out, differs);
        WorkJson.texts(out, "rewritten", rewritten);
        WorkJson.texts(out, "unchecked", unchecked);
        return out.toString();
    }

    @Override
    public Optional<Effect.Part> part() {
        return Optional.empty();
    }

    @Override
    public CheckedSet saved() {
        return new CheckedSet(
                values,
                parameterKey,
                round,
                toSet,
                toRead,
                isSetting,
                differs,
                rewritten,
                unchecked,
                List.of(),
                status,
                batch,
                1,
                failure,
                facts);
    }

    @Override
    public boolean wasSaved() {
        return parts > 0;
    }

    @Override
    public String told() {
        return isSetting
                ? "setting, round " + round + ": " + toSet.size() + " values"
                : "reading back, round " + round + ": " + toRead.size() + " values are left";
    }

    @Override
    public String result() {
        ObjectNode out = WorkJson.object().put("status", status).put("rounds", round);
        if (!rewritten.isEmpty()) {
            WorkJson.texts(out, "rewritten", rewritten);
        }
        if (!unchecked.isEmpty()) {
            WorkJson.texts(out, "unchecked", unchecked);
        }
        return out.toString();
    }

    @Override
    public List<String> unknown() {
        return Names.missing(blamed(), facts);
    }

    private List<Fault.ParameterFault> blamed() {
        return failure.map(Fault::parameters).orElse(List.of()).stream()
                .filter(fault -> FaultCode.of(fault.code()).isPresent())
                .toList();
    }

    @Override
    public List<ModelFact> learned(Instant now) {
        return SetWork.lessons(blamed(), now);
    }

    @Override
    public List<ModelFact> refuted() {
        return List.of();
    }
}
