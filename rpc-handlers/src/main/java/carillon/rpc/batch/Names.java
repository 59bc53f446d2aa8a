package carillon.rpc.batch;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.ParameterPath;
import carillon.cwmp.ParameterValue;
import carillon.db.ModelFact;
import carillon.db.ModelFacts;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a refused name says about the phones of a model, and what it does not. */
final class Names {
    private static final Pattern INSTANCE = Pattern.compile("(^|\\.)(\\d+|\\*|\\[[^\\]]*\\])\\.");

    private Names() {}

    /**
     * The refused names that no phone of this firmware has. One below a table tells so only where something beside it was
     * read: another phone may have more rows.
     */
    static List<ModelFact> unknown(List<Fault.ParameterFault> refused, List<ParameterValue> read, Instant now) {
        Set<String> parents = new HashSet<>();
        if (refused.stream().anyMatch(fault -> INSTANCE.matcher(fault.path()).find())) {
            read.forEach(value -> parents.add(parent(value.path())));
        }
        return refused.stream()
                .filter(fault -> fault.code() == FaultCode.INVALID_PARAMETER_NAME.number()
                        && (!INSTANCE.matcher(fault.path()).find() || parents.contains(parent(fault.path()))))
                .map(fault -> new ModelFact(ModelFact.Kind.UNKNOWN_NAME, fault.path(), 0, now))
                .toList();
    }

    /** The parameters that the phone would not have set, whatever its listing says. */
    static List<ModelFact> readOnly(List<Fault.ParameterFault> refused, Instant now) {
        return refused.stream()
                .filter(fault -> fault.code() == FaultCode.ATTEMPT_TO_SET_A_NON_WRITABLE_PARAMETER.number())
                .map(fault -> new ModelFact(ModelFact.Kind.READ_ONLY, fault.path(), 0, now))
                .toList();
    }

    /** What was held to be unknown and was read. */
    static List<ModelFact> refuted(ModelFacts facts, List<ParameterValue> read) {
        return read.stream()
                .filter(value -> facts.isUnknown(value.path()))
                .map(value -> new ModelFact(ModelFact.Kind.UNKNOWN_NAME, value.path(), 0, Instant.EPOCH))
                .toList();
    }

    /** The refused names that the phone itself said it does not have. */
    static List<String> missing(List<Fault.ParameterFault> refused, ModelFacts facts) {
        return refused.stream()
                .filter(fault -> fault.code() == FaultCode.INVALID_PARAMETER_NAME.number())
                .map(Fault.ParameterFault::path)
                .filter(name -> !facts.isUnknown(name))
                .toList();
    }

    /** The fault of a name that is not asked, since it is known what would come of it. */
    static Fault.ParameterFault notAsked(String name) {
        return new Fault.ParameterFault(
                name,
                FaultCode.INVALID_PARAMETER_NAME.number(),
                "known not to exist on this firmware, so it was not asked; give \"force\":true to ask it, or have"
                        + " forgotten what was learned of this model");
    }

    /** Whether a value that came answers a name that was asked: rows with an alias, and all rows at once, come by number. */
    static boolean answers(String asked, String came) {
        if (asked.indexOf('[') < 0 && asked.indexOf('*') < 0) {
            return asked.equals(came) || (asked.isEmpty() || asked.endsWith(".")) && came.startsWith(asked);
        }
        StringBuilder pattern = new StringBuilder();
        Matcher row = INSTANCE.matcher(asked);
        int from = 0;
        while (row.find(from)) {
            pattern.append(Pattern.quote(asked.substring(from, row.start(2))));
            char first = asked.charAt(row.start(2));
            pattern.append(first == '[' || first == '*' ? "(\\d+|\\[[^\\]]*\\])" : Pattern.quote(row.group(2)));
            from = row.end(2);
        }
        pattern.append(Pattern.quote(asked.substring(from)));
        Matcher matcher = Pattern.compile(pattern.toString()).matcher(came);
        return asked.endsWith(".") ? matcher.lookingAt() : matcher.matches();
    }

    static String parent(String path) {
        return new ParameterPath(path).parent().text();
    }
}
