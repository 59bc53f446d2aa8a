package carillon.rpc.arguments;

import carillon.cwmp.Secret;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsRequest.DuOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The arguments of a ChangeDUState: deployment units to install, update and remove (A.4.1.10). */
final class SoftwareReader {
    /** RFC 4122. */
    private static final Pattern UUID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    private static final int MOST_OPERATIONS = 16;
    private static final int VERSION = 32;

    private SoftwareReader() {}

    static AcsRequest change(Fields fields, String rpcId) {
        List<Fields> entries = fields.only("operations").objects("operations");
        if (entries.size() > MOST_OPERATIONS) {
            throw fields.complaint("field 'operations' has " + entries.size() + " entries; at most " + MOST_OPERATIONS
                    + " go out in one call");
        }
        List<DuOperation> operations = new ArrayList<>();
        for (Fields entry : entries) {
            operations.add(operation(entry));
        }
        return new AcsRequest.ChangeDuState(operations, rpcId);
    }

    private static DuOperation operation(Fields entry) {
        String wish = entry.text("operation", 16);
        return switch (wish) {
            case "install" -> {
                entry.only("operation", "url", "uuid", "username", "password", "executionEnvironment");
                yield new DuOperation.Install(
                        entry.url(), uuid(entry).orElse(""), username(entry), password(entry), environment(entry));
            }
            case "update" -> {
                entry.only("operation", "url", "uuid", "version", "username", "password");
                yield new DuOperation.Update(
                        uuid(entry).orElse(""),
                        version(entry),
                        entry.optionalUrl().orElse(""),
                        username(entry),
                        password(entry));
            }
            case "uninstall" -> {
                entry.only("operation", "uuid", "version", "executionEnvironment");
                yield new DuOperation.Uninstall(
                        uuid(entry).orElseThrow(() -> entry.missing("uuid")), version(entry), environment(entry));
            }
            default ->
                throw entry.complaint("field '" + entry.where() + "operation' is '" + Fields.shown(wish)
                        + "', but must be install, update or uninstall");
        };
    }

    private static Optional<String> uuid(Fields entry) {
        Optional<String> uuid = entry.optionalText("uuid", 36).filter(text -> !text.isEmpty());
        if (uuid.isPresent() && !UUID.matcher(uuid.get()).matches()) {
            throw entry.complaint("field '" + entry.where() + "uuid' is '" + Fields.shown(uuid.get())
                    + "', but a UUID is written such as 01234567-89ab-4cde-8f01-23456789abcd");
        }
        return uuid;
    }

    private static String version(Fields entry) {
        return entry.optionalText("version", VERSION).orElse("");
    }

    private static String username(Fields entry) {
        return entry.optionalText("username", Fields.LONG_TEXT).orElse("");
    }

    private static Secret password(Fields entry) {
        return new Secret(entry.optionalText("password", Fields.LONG_TEXT).orElse(""));
    }

    private static String environment(Fields entry) {
        return entry.optionalText("executionEnvironment", Fields.LONG_TEXT).orElse("");
    }
}
