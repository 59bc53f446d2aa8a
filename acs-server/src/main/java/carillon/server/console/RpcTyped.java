package carillon.server.console;

import carillon.server.operator.ActionRefused;
import carillon.server.operator.Actor;
import carillon.server.operator.RpcActions;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** The form of an RPC as it came back: the request that it means, in the JSON shape of the REST API. */
final class RpcTyped {
    private final ObjectMapper json = new ObjectMapper();
    private final Visit visit;

    RpcTyped(Visit visit) {
        this.visit = visit;
    }

    String method() {
        return visit.typed("method");
    }

    /** Whether it shall be sent whatever the standard's data models have against it. */
    boolean isMeant() {
        return !visit.typed("anyway").isEmpty();
    }

    /** What keeps the same form from being done twice. */
    Actor.Once once() {
        String key = visit.typed("once");
        if (!key.matches("[0-9A-Z]{26}")) {
            throw ActionRefused.invalid("the form is incomplete; load it again");
        }
        return new Actor.Once("console:" + key, fingerprint());
    }

    private String fingerprint() {
        StringBuilder all = new StringBuilder(visit.segment(1));
        visit.form().stream()
                .filter(field -> !field.getName().equals("csrf"))
                .forEach(field -> all.append('\n').append(field.getName()).append(field.getValues()));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java runtime has SHA-256", missing);
        }
    }

    RpcActions.Request request(Instant now) {
        return new RpcActions.Request(
                method(),
                arguments().toString(),
                Typed.moment("notBefore", visit.typed("notBefore")),
                Typed.length("expires", visit.typed("expires")).map(now::plus),
                !visit.typed("call").isEmpty(),
                !visit.typed("force").isEmpty());
    }

    private ObjectNode arguments() {
        ObjectNode arguments = json.createObjectNode();
        switch (method()) {
            case "GetParameterValues", "GetParameterAttributes" -> paths(arguments);
            case "GetParameterNames" ->
                arguments
                        .put("path", visit.typed("path").strip())
                        .put("nextLevel", !visit.typed("nextLevel").isEmpty());
            case "SetParameterValues" -> values(arguments);
            case "SetParameterAttributes" -> attributes(arguments);
            case "AddObject", "DeleteObject" -> {
                arguments.put("object", visit.typed("object").strip());
                text(arguments, "parameterKey");
            }
            case "Download" -> download(arguments);
            case "Upload" -> transfer(arguments);
            case "ScheduleDownload" -> scheduled(arguments);
            case "ScheduleInform" -> arguments.put("delay", Typed.number("delay", visit.typed("delay")) + "s");
            case "CancelTransfer" ->
                arguments.put("commandKey", visit.typed("commandKey").strip());
            case "ChangeDUState" -> operations(arguments);
            case "SetVouchers" -> lines(arguments.putArray("vouchers"), "vouchers");
            case "GetOptions" -> text(arguments, "option");
            case "FactoryReset" -> {
                if (visit.typed("sure").isEmpty()) {
                    throw ActionRefused.invalid(visit.words().say("f.reset.sure"));
                }
            }
            default -> {
                // no arguments, or a method that the action refuses
            }
        }
        return arguments;
    }

    private void paths(ObjectNode arguments) {
        lines(arguments.putArray("paths"), "paths");
    }

    private void lines(ArrayNode list, String field) {
        visit.typed(field)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(list::add);
    }

    private void values(ObjectNode arguments) {
        ArrayNode values = arguments.putArray("values");
        List<String> paths = visit.typedAll("path");
        for (int row = 0; row < paths.size(); row++) {
            if (!paths.get(row).isBlank()) {
                ObjectNode value =
                        values.addObject().put("path", paths.get(row).strip()).put("value", at("value", row));
                if (!at("type", row).isEmpty()) {
                    value.put("type", at("type", row));
                }
            }
        }
        text(arguments, "parameterKey");
        if (visit.typed("verify").equals("true")) {
            arguments.put("verify", true);
        }
        if (visit.typed("confirmed").equals("true")) {
            arguments.put("confirmed", true);
        }
    }

    private void attributes(ObjectNode arguments) {
        ArrayNode attributes = arguments.putArray("attributes");
        List<String> paths = visit.typedAll("path");
        for (int row = 0; row < paths.size(); row++) {
            if (paths.get(row).isBlank()) {
                continue;
            }
            ObjectNode attribute =
                    attributes.addObject().put("path", paths.get(row).strip());
            String notification = at("notification", row);
            if (!notification.isEmpty()) {
                attribute.put("notification", Typed.number("notification", notification));
            }
            String access = at("access", row);
            if (!access.isEmpty()) {
                ArrayNode list = attribute.putArray("accessList");
                if (access.equals("subscriber")) {
                    list.add("Subscriber");
                }
            }
        }
    }

    private void transfer(ObjectNode arguments) {
        arguments
                .put("fileType", visit.typed("fileType").strip())
                .put("url", visit.typed("url").strip());
        text(arguments, "username");
        text(arguments, "password");
        if (!visit.typed("delay").isBlank()) {
            arguments.put("delay", Typed.number("delay", visit.typed("delay")) + "s");
        }
    }

    private void scheduled(ObjectNode arguments) {
        transfer(arguments);
        if (!visit.typed("size").isBlank()) {
            arguments.put("size", Typed.number("size", visit.typed("size")));
        }
        ArrayNode windows = arguments.putArray("windows");
        for (int row = 0; row < visit.typedAll("end").size(); row++) {
            if (!at("end", row).isBlank()) {
                ObjectNode window = windows.addObject()
                        .put("start", Typed.number("start", at("start", row).isBlank() ? "0" : at("start", row)) + "s")
                        .put("end", Typed.number("end", at("end", row)) + "s")
                        .put("mode", at("mode", row));
                if (!at("userMessage", row).isBlank()) {
                    window.put("userMessage", at("userMessage", row));
                }
            }
        }
    }

    private void operations(ObjectNode arguments) {
        ArrayNode operations = arguments.putArray("operations");
        List<String> wishes = visit.typedAll("operation");
        for (int row = 0; row < wishes.size(); row++) {
            if (!wishes.get(row).isBlank()) {
                ObjectNode operation = operations.addObject().put("operation", wishes.get(row));
                for (String field : List.of("url", "uuid", "version", "username", "password", "executionEnvironment")) {
                    if (!at(field, row).isBlank()) {
                        operation.put(field, at(field, row).strip());
                    }
                }
            }
        }
    }

    private void download(ObjectNode arguments) {
        arguments
                .put("fileType", visit.typed("fileType"))
                .put("url", visit.typed("url").strip());
        text(arguments, "username");
        text(arguments, "password");
        if (!visit.typed("size").isBlank()) {
            arguments.put("size", Typed.number("size", visit.typed("size")));
        }
        if (!visit.typed("delay").isBlank()) {
            arguments.put("delay", Typed.number("delay", visit.typed("delay")) + "s");
        }
    }

    private void text(ObjectNode arguments, String field) {
        if (!visit.typed(field).isEmpty()) {
            arguments.put(field, visit.typed(field));
        }
    }

    private String at(String field, int row) {
        List<String> texts = visit.typedAll(field);
        return row < texts.size() ? texts.get(row) : "";
    }
}
