package carillon.server.console;

import carillon.cwmp.FaultCode;
import carillon.db.QueuedRpc;
import carillon.db.RpcState;
import carillon.server.console.view.Query;
import carillon.server.console.view.RpcView;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** What phones answered, as tables; secrets were masked before it was stored. */
final class RpcResults {
    private static final int MOST_ROWS = 500;
    private static final int LONGEST = 20_000;

    private final ObjectMapper json = new ObjectMapper();

    /** Arguments for eyes; empty where there are none. */
    String indented(String arguments) {
        JsonNode node = read(arguments);
        if (node.isEmpty()) {
            return "";
        }
        String text = node.toPrettyString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "\n…";
    }

    /** Whether a transfer failed because the file server wants a user name and a password (9012). */
    boolean wantsLogin(QueuedRpc rpc) {
        boolean refused = rpc.state() == RpcState.FAILED
                && rpc.fault()
                        .filter(fault -> fault.code() == FaultCode.FILE_TRANSFER_SERVER_AUTHENTICATION_FAILURE.number())
                        .isPresent();
        return refused && read(rpc.arguments()).has("url");
    }

    /** The fields of the form that asks for the same again, without secrets. */
    String filled(QueuedRpc rpc) {
        StringBuilder query = new StringBuilder("method=").append(rpc.method().rpcName());
        read(rpc.arguments()).properties().forEach(field -> {
            if (field.getValue().isValueNode() && !field.getKey().equals("password")) {
                query.append('&').append(field.getKey()).append('=');
                query.append(Query.of(plain(field.getKey(), field.getValue().asText())));
            }
        });
        return query.toString();
    }

    /** The form counts a delay in seconds. */
    private static String plain(String field, String value) {
        return field.equals("delay") && value.endsWith("s") ? value.substring(0, value.length() - 1) : value;
    }

    /** The result as rows. */
    RpcView.Result table(QueuedRpc rpc) {
        JsonNode result = rpc.result().map(this::read).orElseGet(json::createObjectNode);
        JsonNode list = result;
        for (String name : List.of("values", "parameters", "attributes", "methods", "transfers", "options", "units")) {
            if (result.path(name).isArray()) {
                list = result.path(name);
            }
        }
        if (list.isArray()) {
            return withFaults(rows(list), result);
        }
        List<List<String>> pairs = new ArrayList<>();
        result.properties().forEach(field -> pairs.add(List.of(field.getKey(), text(field.getValue()))));
        return pairs.isEmpty() ? RpcView.Result.NONE : new RpcView.Result(List.of("field", "value"), pairs, 0);
    }

    /** What was read is followed by what was refused. */
    private static RpcView.Result withFaults(RpcView.Result read, JsonNode result) {
        List<List<String>> rows = new ArrayList<>(read.rows());
        for (JsonNode fault : result.path("faults")) {
            if (rows.size() < MOST_ROWS && read.columns().size() == 3) {
                rows.add(List.of(fault.path("path").asText(), text(fault), ""));
            }
        }
        return new RpcView.Result(read.columns(), rows, read.left());
    }

    private static RpcView.Result rows(JsonNode list) {
        List<String> columns = new ArrayList<>();
        JsonNode first = list.path(0);
        if (first.isObject()) {
            first.fieldNames().forEachRemaining(columns::add);
            columns.remove("hidden");
        } else {
            columns.add("method");
        }
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode entry : list) {
            if (rows.size() == MOST_ROWS) {
                break;
            }
            rows.add(
                    entry.isObject()
                            ? columns.stream()
                                    .map(column -> text(entry.path(column)))
                                    .toList()
                            : List.of(text(entry)));
        }
        return new RpcView.Result(columns, rows, list.size() - rows.size());
    }

    private static String text(JsonNode node) {
        if (node.isArray()) {
            List<String> texts = new ArrayList<>();
            node.forEach(entry ->
                    texts.add(entry.has("path") ? entry.path("path").asText() + ": " + text(entry) : text(entry)));
            return String.join(", ", texts);
        }
        if (node.has("code") && node.has("text")) {
            return node.path("code").asText() + " " + node.path("text").asText();
        }
        return node.isValueNode() ? node.asText() : node.toString();
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException unreadable) {
            return json.createObjectNode();
        }
    }
}
