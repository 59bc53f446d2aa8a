package carillon.rpc.arguments;

import carillon.cwmp.ParameterType;
import carillon.cwmp.SecretPaths;
import carillon.cwmp.SecretUrls;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.db.AwaitedVersion;
import carillon.db.StoredFile;
import carillon.rpc.batch.Options;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** An RPC's arguments and results in the JSON shape of the REST API, both ways. Thread-safe. */
public final class RpcJson {
    /** The most characters that the arguments of one RPC may have. */
    public static final int LONGEST_ARGUMENTS = 1 << 20;

    /** How deep arguments may nest: three levels are needed. */
    private static final int DEEPEST = 8;

    private final ObjectMapper json = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final RequestReader requests = new RequestReader();
    private final ResultWriter results = new ResultWriter(json);
    private final CallWriter calls = new CallWriter(json);

    public RpcJson() {
        json.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(LONGEST_ARGUMENTS)
                        .build());
    }

    /** The methods that may be asked for, in the order in which people meet them. */
    public static List<AcsMethod> allowed() {
        return List.of(AcsMethod.values());
    }

    /**
     * The request that these arguments mean; a value whose type was left out is a string.
     *
     * @param rpcId the RPC's id: its CommandKey, and its ParameterKey where none was given
     * @throws IllegalArgumentException with a sentence that names the field, its value and what is allowed
     */
    public AcsRequest request(AcsMethod method, String arguments, String rpcId) {
        return request(method, arguments, rpcId, path -> Optional.empty());
    }

    /**
     * The request that these arguments mean.
     *
     * @param types what is known of parameters' types, for values whose type was left out; else they are strings
     * @throws IllegalArgumentException with a sentence that names the field, its value and what is allowed
     */
    public AcsRequest request(
            AcsMethod method, String arguments, String rpcId, Function<String, Optional<ParameterType>> types) {
        return requests.read(method, new Fields(object(arguments), ""), rpcId, types);
    }

    /**
     * How an RPC with these arguments is carried out, beside what is asked of the phone.
     *
     * @throws IllegalArgumentException as {@link #request}
     */
    public Options options(AcsMethod method, String arguments) {
        return requests.options(method, new Fields(object(arguments), ""));
    }

    /**
     * The same arguments as they are to be kept: checked, and with the type of each value that goes out, so that they mean
     * the same later.
     *
     * @throws IllegalArgumentException as {@link #request}
     */
    public String complete(AcsMethod method, String arguments, Function<String, Optional<ParameterType>> types) {
        AcsRequest request = request(method, arguments, "", types);
        options(method, arguments);
        ObjectNode node = object(arguments);
        if (request instanceof AcsRequest.SetParameterValues set) {
            for (int i = 0; i < set.values().size(); i++) {
                ((ObjectNode) node.get("values").get(i))
                        .put("value", set.values().get(i).value())
                        .put("type", set.values().get(i).type().text());
            }
        }
        return node.toString();
    }

    /** The result as JSON; values whose name says that they are secret are masked. */
    public String result(CpeResponse response) {
        return results.write(response);
    }

    /** What a phone reports of the deployment units that a ChangeDUState was about. */
    public String result(List<CpeRequest.DuResult> units) {
        return results.write(units);
    }

    /** What a phone told by a call of its own, cut and without secrets; empty where there is nothing but the call's name. */
    public String told(CpeRequest call) {
        return calls.write(call);
    }

    /** The file of this server that these arguments send, where they do. */
    public Optional<OwnFile> ownFile(AcsMethod method, String arguments) {
        ObjectNode node = object(arguments);
        return (method == AcsMethod.DOWNLOAD || method == AcsMethod.SCHEDULE_DOWNLOAD) && node.has("file")
                ? Optional.of(new OwnFile(
                        node.path("file").asText(),
                        Optional.ofNullable(node.get("sha256")).map(JsonNode::asText),
                        node.path("secrets").asBoolean(true)))
                : Optional.empty();
    }

    /** Whether the phone has to log in where it fetches or leaves a file of this server. */
    public boolean login(String arguments) {
        return object(arguments).path("login").asBoolean(false);
    }

    /** The version that the phone has to report before an RPC with these arguments has succeeded; empty for none. */
    public String expectedVersion(String arguments) {
        return object(arguments).path(RequestReader.EXPECTED_VERSION).asText("");
    }

    /** That the phone reported this version, as evidence. */
    public String versionSeen(String version) {
        return json.createObjectNode().put("softwareVersion", version).toString();
    }

    /** The same arguments of an RPC that brings a file to this server, with what they leave to habit. */
    public String completed(String arguments, TransferHabits habits) {
        ObjectNode node = object(arguments);
        return habits.login() && !node.has("login") ? node.put("login", true).toString() : arguments;
    }

    /** The same arguments, bound to the file as it is now. */
    public String bound(String arguments, StoredFile file, TransferHabits habits) {
        ObjectNode node = object(completed(arguments, habits))
                .put("sha256", file.sha256())
                .put("secrets", file.secrets());
        if (habits.awaitVersion()
                && FileTypes.isFirmware(file.type())
                && !file.version().isEmpty()
                && !node.has(RequestReader.EXPECTED_VERSION)) {
            node.put(
                    RequestReader.EXPECTED_VERSION,
                    AwaitedVersion.of(file.version()).version());
        }
        // a size that the argument cannot hold is told as unknown (A.3.2.8)
        return node.put("size", file.octets() <= Fields.UNSIGNED_INT ? file.octets() : 0)
                .toString();
    }

    /** The arguments of a Download that sends this file. */
    public String download(StoredFile file, TransferHabits habits) {
        return bound(
                json.createObjectNode()
                        .put("fileType", file.type())
                        .put("file", file.name())
                        .toString(),
                file,
                habits);
    }

    /** The result of an Upload with what came of it. */
    public String withReceived(String result, List<StoredFile> files) {
        ObjectNode node = object(result);
        StoredFile file = files.get(0);
        node.putObject("file")
                .put("name", file.name())
                .put("size", file.octets())
                .put("sha256", file.sha256());
        return node.toString();
    }

    /** The same arguments with secret values (passwords, what addresses hold) shown as {@code ***}; arguments that cannot be read show nothing. */
    public String masked(AcsMethod method, String arguments) {
        ObjectNode node;
        try {
            node = object(arguments);
        } catch (IllegalArgumentException unreadable) {
            return "{}";
        }
        if (method == AcsMethod.SET_PARAMETER_VALUES) {
            node.path("values").forEach(RpcJson::mask);
        }
        maskTransfer(node);
        node.path("operations").forEach(RpcJson::maskTransfer);
        return node.toString();
    }

    /** A file server's password, and what its address holds. */
    private static void maskTransfer(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (isSecretText(object.path("password"))) {
                object.put("password", SecretPaths.MASK);
            }
            if (object.path("url").isTextual()) {
                object.put("url", SecretUrls.masked(object.path("url").textValue()));
            }
        }
    }

    private static void mask(JsonNode entry) {
        JsonNode value = entry.path("value");
        if (entry instanceof ObjectNode object
                && SecretPaths.isSecret(entry.path("path").asText())
                && isSecretText(value)) {
            object.put("value", SecretPaths.MASK);
        }
    }

    private static boolean isSecretText(JsonNode value) {
        return !value.isMissingNode()
                && !(value.isTextual() && value.textValue().isEmpty());
    }

    private ObjectNode object(String arguments) {
        if (arguments.length() > LONGEST_ARGUMENTS) {
            throw new IllegalArgumentException("the arguments have " + arguments.length() + " characters; at most "
                    + LONGEST_ARGUMENTS + " are allowed, split them");
        }
        JsonNode node;
        try {
            node = json.readTree(arguments);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(
                    "the arguments are not one JSON object: " + Fields.shown(wrong.getOriginalMessage()), wrong);
        }
        if (!(node instanceof ObjectNode object)) {
            throw new IllegalArgumentException("the arguments are not a JSON object such as {\"paths\":[\"Device.\"]}");
        }
        return object;
    }
}
