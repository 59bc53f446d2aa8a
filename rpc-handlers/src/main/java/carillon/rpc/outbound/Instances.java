package carillon.rpc.outbound;

import carillon.cwmp.ParameterInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which instances a table had when somebody looked: the evidence that tells, after a lost answer, whether an AddObject or
 * DeleteObject was done.
 *
 * @param numbers the instance numbers; absent where the phone would not tell
 */
record Instances(Optional<List<Long>> numbers) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Instances {
        numbers = numbers.map(List::copyOf);
    }

    /** The phone refused to be looked at. */
    static final Instances UNKNOWN = new Instances(Optional.empty());

    /** What a GetParameterNamesResponse shows below a table; also where the phone listed deeper than it was asked. */
    static Instances below(String table, List<ParameterInfo> names) {
        TreeSet<Long> found = new TreeSet<>();
        for (ParameterInfo name : names) {
            if (name.path().startsWith(table)) {
                String rest = name.path().substring(table.length());
                int dot = rest.indexOf('.');
                if (dot > 0 && dot <= 10 && rest.chars().limit(dot).allMatch(c -> c >= '0' && c <= '9')) {
                    found.add(Long.parseLong(rest.substring(0, dot)));
                }
            }
        }
        return new Instances(Optional.of(List.copyOf(found)));
    }

    /** What was recorded; absent where nothing was. Evidence that cannot be read is evidence that tells nothing. */
    static Optional<Instances> recorded(String evidence) {
        if (evidence.isBlank()) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(evidence).path("instances");
            if (!node.isArray()) {
                return Optional.of(UNKNOWN);
            }
            TreeSet<Long> numbers = new TreeSet<>();
            node.forEach(number -> numbers.add(number.asLong()));
            return Optional.of(new Instances(Optional.of(List.copyOf(numbers))));
        } catch (JsonProcessingException unreadable) {
            return Optional.of(UNKNOWN);
        }
    }

    /** As it is recorded. */
    String evidence() {
        ObjectNode node = JSON.createObjectNode();
        if (numbers.isPresent()) {
            numbers.get().forEach(node.putArray("instances")::add);
        } else {
            node.putNull("instances");
        }
        return node.toString();
    }
}
