package carillon.rpc.play;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.FaultMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A phone with a tree of parameters and with oddities that a test gives it. */
public final class PretendPhone implements Function<AcsRequest, Optional<CwmpMessage>> {
    private final TreeMap<String, String> values = new TreeMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();
    private final Set<String> silent = new HashSet<>();
    private final List<AcsRequest> asked = new ArrayList<>();
    private final Map<String, Integer> notifications = new TreeMap<>();
    private int most = Integer.MAX_VALUE;
    private FaultCode tooMany = FaultCode.INTERNAL_ERROR;
    private int patience = Integer.MAX_VALUE;
    private boolean blames = true;
    private UnaryOperator<String> keeps = UnaryOperator.identity();
    private int lies;

    /** Has these parameters. */
    public PretendPhone has(String... paths) {
        for (String path : paths) {
            values.put(path, "v");
        }
        return this;
    }

    public PretendPhone has(List<String> paths) {
        return has(paths.toArray(String[]::new));
    }

    public PretendPhone lacks(String path) {
        values.remove(path);
        return this;
    }

    /** Refuses every request that names this. */
    public PretendPhone refuses(String path, FaultCode code) {
        refusals.put(path, code.number());
        return this;
    }

    /** Takes no request of more names. */
    public PretendPhone takes(int names, FaultCode complaint) {
        most = names;
        tooMany = complaint;
        return this;
    }

    /** Leaves this out of its answers. */
    public PretendPhone passesOver(String path) {
        silent.add(path);
        return this;
    }

    /** Faults without a list of what is wrong. */
    public PretendPhone blamesNothing() {
        blames = false;
        return this;
    }

    /** Keeps of each value that is set what this makes of it. */
    public PretendPhone keeps(UnaryOperator<String> rewriting) {
        keeps = rewriting;
        return this;
    }

    /** Says so many times that it set what it did not. */
    public PretendPhone liesFor(int times) {
        lies = times;
        return this;
    }

    /** Answers so many requests, then is gone. */
    public PretendPhone vanishesAfter(int answers) {
        patience = answers;
        return this;
    }

    public Map<String, String> values() {
        return values;
    }

    /** The notifications that were set. */
    public Map<String, Integer> notifications() {
        return notifications;
    }

    public List<AcsRequest> asked() {
        return asked;
    }

    @Override
    public Optional<CwmpMessage> apply(AcsRequest request) {
        if (patience-- <= 0) {
            return Optional.empty();
        }
        asked.add(request);
        if (request instanceof AcsRequest.GetParameterValues read) {
            return Optional.of(read(read.paths()));
        }
        if (request instanceof AcsRequest.SetParameterValues set) {
            return Optional.of(set(set.values()));
        }
        if (request instanceof AcsRequest.GetParameterNames names) {
            return Optional.of(names(names.path(), names.nextLevel()));
        }
        if (request instanceof AcsRequest.SetParameterAttributes set) {
            return Optional.of(notify(set));
        }
        return Optional.of(Play.obedient(request));
    }

    /** All or nothing, and without a word about which (A.3.2.5). */
    private CwmpMessage notify(AcsRequest.SetParameterAttributes set) {
        for (AcsRequest.AttributeChange change : set.changes()) {
            boolean rejected = refusals.getOrDefault(change.path(), 0) == 9009;
            if (refusals.containsKey(change.path())
                    && (!rejected
                            || change.notification().filter(level -> level > 0).isPresent())) {
                return fault(refusals.get(change.path()));
            }
        }
        set.changes()
                .forEach(change -> change.notification().ifPresent(level -> notifications.put(change.path(), level)));
        return new CpeResponse.SetParameterAttributesResponse();
    }

    private static CwmpMessage fault(int code) {
        return new FaultMessage(
                new Fault(code, FaultCode.of(code).map(FaultCode::text).orElse("?"), List.of()));
    }

    private CwmpMessage read(List<String> paths) {
        if (paths.size() > most) {
            return fault(tooMany.number());
        }
        List<ParameterValue> out = new ArrayList<>();
        for (String path : paths) {
            if (refusals.containsKey(path)) {
                return fault(refusals.get(path));
            }
            List<String> names = path.endsWith(".")
                    ? List.copyOf(values.subMap(path, path + '\uffff').keySet())
                    : values.containsKey(path) ? List.of(path) : List.of();
            if (names.isEmpty()) {
                return fault(9005);
            }
            names.stream()
                    .filter(name -> !silent.contains(name))
                    .forEach(name -> out.add(ParameterValue.string(name, values.get(name))));
        }
        return new CpeResponse.GetParameterValuesResponse(out);
    }

    private CwmpMessage set(List<ParameterValue> wanted) {
        List<Fault.ParameterFault> faults = new ArrayList<>();
        for (ParameterValue value : wanted) {
            int code = refusals.getOrDefault(value.path(), values.containsKey(value.path()) ? 0 : 9005);
            if (code != 0) {
                faults.add(new Fault.ParameterFault(value.path(), code, "no"));
            }
        }
        if (!faults.isEmpty()) {
            return new FaultMessage(new Fault(9003, "Invalid arguments", blames ? faults : List.of()));
        }
        if (lies-- > 0) {
            return new CpeResponse.SetParameterValuesResponse(0);
        }
        wanted.forEach(value -> values.put(value.path(), keeps.apply(value.value())));
        return new CpeResponse.SetParameterValuesResponse(0);
    }

    private CwmpMessage names(String path, boolean nextLevel) {
        if (refusals.containsKey(path)) {
            return fault(refusals.get(path));
        }
        Set<String> found = new TreeSet<>();
        for (String name : values.subMap(path, path + '\uffff').keySet()) {
            for (int dot = name.indexOf('.', path.length()); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                found.add(name.substring(0, dot + 1));
            }
            found.add(name);
        }
        if (found.isEmpty()) {
            return fault(9005);
        }
        return new CpeResponse.GetParameterNamesResponse(found.stream()
                .filter(name -> !nextLevel
                        || name.indexOf('.', path.length()) < 0
                        || name.indexOf('.', path.length()) == name.length() - 1)
                .map(name -> new ParameterInfo(name, !name.endsWith(".")))
                .toList());
    }
}
