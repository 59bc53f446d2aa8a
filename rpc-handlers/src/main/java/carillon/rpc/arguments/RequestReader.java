package carillon.rpc.arguments;

import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.Secret;
import carillon.cwmp.SecretPaths;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.db.AwaitedVersion;
import carillon.rpc.batch.Options;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Arguments in the shape of the REST API as the request they mean, one method per RPC. */
final class RequestReader {
    private static final int ACCESS_LIST = 64;
    private static final int MOST_VOUCHERS = 64;
    static final int LONGEST_FILE_NAME = 100;
    static final String EXPECTED_VERSION = "expectedVersion";
    private static final Pattern INSTANCE = Pattern.compile(".+\\.(\\d{1,10}|\\[[^\\]]+\\])\\.");

    AcsRequest read(AcsMethod method, Fields fields, String rpcId, Function<String, Optional<ParameterType>> types) {
        return switch (method) {
            case GET_RPC_METHODS -> {
                fields.only();
                yield new AcsRequest.GetRpcMethods();
            }
            case GET_PARAMETER_NAMES -> names(fields);
            case GET_PARAMETER_VALUES ->
                new AcsRequest.GetParameterValues(fields.only("paths", "force").paths("paths"));
            case SET_PARAMETER_VALUES -> setValues(fields, rpcId, types);
            case GET_PARAMETER_ATTRIBUTES ->
                new AcsRequest.GetParameterAttributes(fields.only("paths").paths("paths"));
            case SET_PARAMETER_ATTRIBUTES -> setAttributes(fields);
            case ADD_OBJECT -> addObject(fields, rpcId);
            case DELETE_OBJECT -> deleteObject(fields, rpcId);
            case DOWNLOAD -> download(fields, rpcId);
            case REBOOT -> {
                fields.only();
                yield new AcsRequest.Reboot(rpcId);
            }
            case FACTORY_RESET -> {
                fields.only();
                yield new AcsRequest.FactoryReset();
            }
            case GET_QUEUED_TRANSFERS -> {
                fields.only();
                yield new AcsRequest.GetQueuedTransfers();
            }
            case GET_ALL_QUEUED_TRANSFERS -> {
                fields.only();
                yield new AcsRequest.GetAllQueuedTransfers();
            }
            case SCHEDULE_INFORM -> scheduleInform(fields, rpcId);
            case UPLOAD -> TransferReader.upload(fields, rpcId);
            case SCHEDULE_DOWNLOAD -> TransferReader.scheduleDownload(fields, rpcId);
            case CANCEL_TRANSFER ->
                new AcsRequest.CancelTransfer(fields.only("commandKey").text("commandKey", Fields.KEY));
            case CHANGE_DU_STATE -> SoftwareReader.change(fields, rpcId);
            case SET_VOUCHERS -> vouchers(fields);
            case GET_OPTIONS ->
                new AcsRequest.GetOptions(
                        fields.only("option").optionalText("option", 64).orElse(""));
        };
    }

    /** How the RPC is carried out. */
    Options options(AcsMethod method, Fields fields) {
        boolean force = fields.optionalFlag("force").orElse(false);
        return switch (method) {
            case GET_PARAMETER_VALUES, SET_PARAMETER_ATTRIBUTES -> new Options(force, false, false, false, 0);
            case SET_PARAMETER_VALUES -> {
                boolean partial = fields.optionalFlag("partial").orElse(false);
                if (force && !partial) {
                    throw fields.complaint("field 'force' goes with 'partial'; all values are sent without it anyway");
                }
                boolean verify = fields.optionalFlag("verify").orElse(false);
                if (verify && partial) {
                    throw fields.complaint("field 'verify' does not go with 'partial'; ask for one of them");
                }
                yield new Options(force, partial, verify, false, 0);
            }
            case GET_PARAMETER_NAMES -> discovery(fields, force);
            default -> Options.NONE;
        };
    }

    private static Options discovery(Fields fields, boolean force) {
        boolean discover = fields.optionalFlag("discover").orElse(false);
        Optional<Long> depth = fields.optionalNumber("depth", 0, 100);
        if (!discover && (depth.isPresent() || force)) {
            throw fields.complaint("field '" + (force ? "force" : "depth") + "' goes with 'discover'; leave it out");
        }
        if (discover && fields.node().has("nextLevel")) {
            throw fields.complaint(
                    "field 'nextLevel' does not go with 'discover', which lists level by level by itself");
        }
        String path = fields.path("path", true);
        if (discover && !path.isEmpty() && !path.endsWith(".")) {
            throw fields.complaint("field 'path' is '" + path
                    + "', but a discovery starts at an object, whose name ends with a dot, such as Device.");
        }
        return new Options(force, false, false, discover, depth.orElse(0L).intValue());
    }

    private static AcsRequest names(Fields fields) {
        fields.only("path", "nextLevel", "discover", "depth", "force");
        return new AcsRequest.GetParameterNames(
                fields.path("path", true), fields.optionalFlag("nextLevel").orElse(true));
    }

    private static AcsRequest setValues(Fields fields, String rpcId, Function<String, Optional<ParameterType>> types) {
        fields.only("values", "parameterKey", "partial", "verify", "force", "confirmed");
        boolean confirmed = fields.optionalFlag("confirmed").orElse(false);
        List<ParameterValue> values = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Fields entry : fields.objects("values")) {
            entry.only("path", "value", "type");
            String path = entry.path("path", false);
            if (path.endsWith(".")) {
                throw entry.complaint("field '" + entry.where() + "path' is '" + path
                        + "', an object; name a parameter, without a dot at its end");
            }
            if (!seen.add(path)) {
                throw fields.twice("values", path);
            }
            ParameterValue value = value(entry, path, type(entry, path, types));
            Lifelines.warning(path, value.value()).filter(warning -> !confirmed).ifPresent(warning -> {
                throw fields.complaint(warning + "; to set it all the same, add \"confirmed\": true");
            });
            values.add(value);
        }
        return new AcsRequest.SetParameterValues(values, parameterKey(fields, rpcId));
    }

    private static ParameterType type(Fields entry, String path, Function<String, Optional<ParameterType>> types) {
        Optional<String> given = entry.optionalText("type", 64);
        if (given.isEmpty()) {
            return types.apply(path).orElse(ParameterType.STRING);
        }
        for (ParameterType type : ParameterType.values()) {
            if (type.text().equals(given.get())) {
                return type;
            }
        }
        throw entry.complaint("field '" + entry.where() + "type' is '" + Fields.shown(given.get())
                + "', but must be a type such as xsd:string, xsd:boolean, xsd:int, xsd:unsignedInt or xsd:dateTime");
    }

    private static ParameterValue value(Fields entry, String path, ParameterType type) {
        JsonNode given = entry.node().get("value");
        if (given == null || !given.isValueNode() || given.isNull()) {
            throw entry.complaint("field '" + entry.where() + "value' is "
                    + (given == null ? "missing" : "no text, number or boolean")
                    + "; give the value of '" + path + "', \"\" for an empty one");
        }
        String text = entry.checked("value", given.asText(), Fields.LONGEST_VALUE);
        String shown = SecretPaths.isSecret(path) ? SecretPaths.MASK : Fields.shown(text);
        String wire = ValueText.of(type, text)
                .orElseThrow(() -> entry.complaint("field '" + entry.where() + "value' is '" + shown + "', but '" + path
                        + "' is of type " + type.text() + " and takes " + ValueText.allowed(type)));
        return new ParameterValue(path, wire, type);
    }

    private static AcsRequest setAttributes(Fields fields) {
        fields.only("attributes", "force");
        List<AcsRequest.AttributeChange> changes = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Fields entry : fields.objects("attributes")) {
            entry.only("path", "notification", "accessList");
            String path = entry.path("path", false);
            if (!seen.add(path)) {
                throw fields.twice("attributes", path);
            }
            Optional<Integer> notification =
                    entry.optionalNumber("notification", 0, 6).map(Long::intValue);
            Optional<List<String>> accessList = entry.optionalTexts("accessList", ACCESS_LIST, ACCESS_LIST);
            if (notification.isEmpty() && accessList.isEmpty()) {
                throw entry.complaint("'" + path + "' has neither 'notification' nor 'accessList': nothing to change");
            }
            changes.add(new AcsRequest.AttributeChange(path, notification, accessList));
        }
        return new AcsRequest.SetParameterAttributes(changes);
    }

    private static AcsRequest addObject(Fields fields, String rpcId) {
        fields.only("object", "parameterKey");
        String object = fields.path("object", false);
        if (!object.endsWith(".")) {
            throw fields.complaint(
                    "field 'object' is '" + object + "', but the name of a table ends with a dot, such as Device.X.");
        }
        return new AcsRequest.AddObject(object, parameterKey(fields, rpcId));
    }

    private static AcsRequest deleteObject(Fields fields, String rpcId) {
        fields.only("object", "parameterKey");
        String object = fields.path("object", false);
        if (!INSTANCE.matcher(object).matches()) {
            throw fields.complaint("field 'object' is '" + object
                    + "', but the name of an instance ends with its number and a dot, such as Device.X.3.");
        }
        return new AcsRequest.DeleteObject(object, parameterKey(fields, rpcId));
    }

    private static String parameterKey(Fields fields, String rpcId) {
        return fields.optionalText("parameterKey", Fields.KEY).orElse(rpcId);
    }

    private static AcsRequest scheduleInform(Fields fields, String rpcId) {
        fields.only("delay");
        long seconds = fields.delay("delay").orElseThrow(() -> fields.missing("delay"));
        if (seconds < 1) {
            throw fields.complaint("field 'delay' is no time, but a phone that shall come later needs at least 1s");
        }
        return new AcsRequest.ScheduleInform(seconds, rpcId);
    }

    private static AcsRequest vouchers(Fields fields) {
        List<String> vouchers = fields.only("vouchers")
                .optionalTexts("vouchers", MOST_VOUCHERS, Fields.LONGEST_VALUE)
                .filter(some -> !some.isEmpty())
                .orElseThrow(() -> fields.missing("vouchers"));
        for (String voucher : vouchers) {
            if (voucher.isBlank() || ValueText.of(ParameterType.BASE64, voucher).isEmpty()) {
                throw fields.complaint("field 'vouchers' holds a text that is no base64; vouchers go out as base64");
            }
        }
        return new AcsRequest.SetVouchers(vouchers);
    }

    private static AcsRequest download(Fields fields, String rpcId) {
        if (fields.node().has("file")) {
            return ownDownload(fields, rpcId);
        }
        fields.only("fileType", "url", "username", "password", "size", "delay", EXPECTED_VERSION);
        expectedVersion(fields);
        return new AcsRequest.Download(
                rpcId,
                fileType(fields),
                fields.url(),
                fields.optionalText("username", Fields.LONG_TEXT).orElse(""),
                new Secret(fields.optionalText("password", Fields.LONG_TEXT).orElse("")),
                fields.optionalNumber("size", 0, Fields.UNSIGNED_INT).orElse(0L),
                "",
                fields.delay("delay").orElse(0L),
                "",
                "");
    }

    /** A file of this server: its address is made when the request leaves. */
    private static AcsRequest ownDownload(Fields fields, String rpcId) {
        ownFile(fields, "delay");
        return new AcsRequest.Download(
                rpcId,
                fileType(fields),
                "",
                "",
                new Secret(""),
                fields.optionalNumber("size", 0, Fields.UNSIGNED_INT).orElse(0L),
                fields.text("file", LONGEST_FILE_NAME),
                fields.delay("delay").orElse(0L),
                "",
                "");
    }

    /** The arguments that every transfer of a file of this server has, beside these. */
    static void ownFile(Fields fields, String... others) {
        List<String> known =
                new ArrayList<>(List.of("fileType", "file", "sha256", "size", "secrets", "login", EXPECTED_VERSION));
        known.addAll(List.of(others));
        fields.only(known.toArray(String[]::new));
        fields.optionalText("sha256", 64);
        fields.optionalFlag("secrets");
        fields.optionalFlag("login");
        expectedVersion(fields);
    }

    /** The version that firmware has to show before it counts. */
    static void expectedVersion(Fields fields) {
        boolean any = fields.optionalText(EXPECTED_VERSION, AwaitedVersion.LONGEST)
                .filter(version -> !version.isEmpty())
                .isPresent();
        if (any && !FileTypes.isFirmware(fields.text("fileType", FileTypes.LONGEST))) {
            throw fields.complaint("field '" + EXPECTED_VERSION + "' goes with the type " + FileTypes.STANDARD.get(0)
                    + "; leave it out");
        }
    }

    /** Whether a text is a vendor's own: an X, the vendor, a name. */
    static boolean isVendors(String text) {
        return FileTypes.isVendors(text);
    }

    /** What a phone can be told to fetch. */
    static String fileType(Fields fields) {
        String type = fields.text("fileType", 64);
        if (!FileTypes.isKnown(type)) {
            throw fields.complaint("field 'fileType' is '" + Fields.shown(type) + "', but must be one of "
                    + String.join(", ", FileTypes.STANDARD) + ", or the vendor's own, such as 'X 00562B name'");
        }
        return type;
    }
}
