package carillon.rpc.batch;

import carillon.cwmp.Fault;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.SecretPaths;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Progress and results as JSON, both ways. What is read was written here. */
final class WorkJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private WorkJson() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("progress that was not written here", broken);
        }
    }

    static void texts(ObjectNode out, String name, List<String> texts) {
        ArrayNode array = out.putArray(name);
        texts.forEach(array::add);
    }

    static List<String> texts(JsonNode array) {
        List<String> out = new ArrayList<>();
        array.forEach(text -> out.add(text.asText()));
        return out;
    }

    static void groups(ObjectNode out, String name, List<List<String>> groups) {
        ArrayNode array = out.putArray(name);
        for (List<String> group : groups) {
            ArrayNode inner = array.addArray();
            group.forEach(inner::add);
        }
    }

    static List<List<String>> groups(JsonNode array) {
        List<List<String>> out = new ArrayList<>();
        array.forEach(group -> out.add(texts(group)));
        return out;
    }

    static void faults(ObjectNode out, String name, List<Fault.ParameterFault> faults) {
        ArrayNode array = out.putArray(name);
        for (Fault.ParameterFault fault : faults) {
            array.addObject()
                    .put("path", fault.path())
                    .put("code", fault.code())
                    .put("text", fault.text());
        }
    }

    static List<Fault.ParameterFault> faults(JsonNode array) {
        List<Fault.ParameterFault> out = new ArrayList<>();
        array.forEach(fault -> out.add(new Fault.ParameterFault(
                fault.path("path").asText(),
                fault.path("code").asInt(),
                fault.path("text").asText())));
        return out;
    }

    static void values(ObjectNode out, List<ParameterValue> values) {
        ArrayNode array = out.putArray("values");
        for (ParameterValue value : values) {
            ObjectNode entry = array.addObject()
                    .put("path", value.path())
                    .put("value", value.value())
                    .put("type", value.type().text());
            if (value.value().isEmpty() && SecretPaths.isSecret(value.path())) {
                entry.put("hidden", true); // it reads empty, whatever it is (CWMP-145)
            }
        }
    }

    static List<ParameterValue> values(JsonNode array) {
        List<ParameterValue> out = new ArrayList<>();
        array.forEach(value -> out.add(new ParameterValue(
                value.path("path").asText(),
                value.path("value").asText(),
                ParameterType.of(value.path("type").asText()).orElse(ParameterType.STRING))));
        return out;
    }

    static void reading(ObjectNode out, Reading reading) {
        out.put("batch", reading.batch())
                .put("first", reading.first())
                .put("taken", reading.taken())
                .put("refusals", reading.refusals())
                .put("goodBatch", reading.goodBatch());
        texts(out, "suspects", reading.suspects());
        texts(out, "spare", reading.spare());
        faults(out, "refused", reading.refused());
    }

    static Reading reading(JsonNode head) {
        return new Reading(
                head.path("batch").asInt(),
                head.path("first").asInt(),
                texts(head.path("suspects")),
                texts(head.path("spare")),
                head.path("taken").asInt(),
                faults(head.path("refused")),
                head.path("refusals").asInt(),
                head.path("goodBatch").asInt());
    }
}
