package carillon.server.rest;

import carillon.cwmp.flatprofile.KeyProblem;
import carillon.cwmp.flatprofile.ProfileKey;
import carillon.db.StoredLayer;
import carillon.rpc.provision.LayerJson;
import carillon.rpc.provision.LayerValue;
import carillon.server.operator.Actor;
import carillon.server.operator.LayerActions;
import carillon.server.operator.StoredLayers;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Layers of configuration: which keys which phones should have. */
@Path("/api/v1/profiles")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "profiles")
public final class ProfilesApi {
    private static final int MOST_SHOWN = 100;
    private static final String WHAT_VALUES =
            "by key: a text, a number or true and false (Yes and No); null leaves the key alone; or {value, ua,"
                    + " userPref, preserveValue, userChangesCount}. Macros such as ${device.serial} are put in for each"
                    + " phone. A secret that reads *** stays what it was.";

    private final LayerActions layers;
    private final Json json;

    ProfilesApi(LayerActions layers, Json json) {
        this.layers = layers;
        this.json = json;
    }

    /** Which phones a layer is for. */
    @Schema(name = "ProfileScope")
    record ScopeShape(
            @Schema(allowableValues = {"all", "model", "tag", "site", "device"}) @Nullable
            String kind,

            @Schema(description = "which of them; a model may end with a star; absent for all") @Nullable
            String value) {}

    /**
     * A layer as somebody wants it.
     *
     * @param ifVersion the version that it was changed from: another one is a conflict; 0 where there must be none
     */
    @Schema(name = "ProfileDraft")
    record DraftShape(
            @Nullable ScopeShape scope,
            @Nullable Integer priority,

            @Schema(description = WHAT_VALUES, implementation = Object.class) @Nullable
            JsonNode values,

            @Nullable String note,
            @Nullable Integer ifVersion) {}

    /**
     * A version of a layer; secrets are masked.
     *
     * @param values absent in lists
     * @param warnings what is odd about it, in the answer to its writing
     */
    @Schema(name = "Profile")
    record ProfileShape(
            String name,
            int version,
            ScopeShape scope,
            int priority,
            int keys,

            @Schema(implementation = Object.class) @Nullable JsonNode values,

            @Nullable String note,
            String createdBy,
            String createdAt,
            @Nullable List<String> warnings) {
        static ProfileShape of(StoredLayer layer, boolean whole, @Nullable List<String> warnings) {
            Map<String, LayerValue> values = StoredLayers.layer(layer).values();
            return new ProfileShape(
                    layer.name(),
                    layer.version(),
                    new ScopeShape(layer.scopeKind(), layer.scopeValue().isEmpty() ? null : layer.scopeValue()),
                    layer.priority(),
                    values.size(),
                    whole ? LayerJson.masked(values) : null,
                    layer.note().isEmpty() ? null : layer.note(),
                    layer.createdBy(),
                    layer.createdAt().toString(),
                    warnings);
        }
    }

    /** The page's shape, for the description. */
    @Schema(name = "ProfilePage")
    record ProfilePage(List<ProfileShape> items) {}

    /** Which version shall be the newest again. */
    @Schema(name = "Rollback")
    record RollbackShape(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Integer version) {}

    /** What is different about a key; absent where a version does not have it. */
    @Schema(name = "KeyDifference")
    record DifferenceShape(
            String key,

            @Schema(implementation = Object.class) @Nullable JsonNode from,

            @Schema(implementation = Object.class) @Nullable JsonNode to) {}

    @Schema(name = "ProfileDifference")
    record DifferencesShape(int from, int to, List<DifferenceShape> keys) {}

    @Schema(name = "PhoneChange")
    record ChangeShape(String device, List<String> keys) {}

    /**
     * What a change would do.
     *
     * @param phones how many were looked at
     * @param changed how many of them would change
     * @param items the first of these
     */
    @Schema(name = "ProfilePreview")
    record PreviewShape(int phones, int changed, List<ChangeShape> items) {}

    /** Layers by name. */
    @GET
    @Operation(summary = "List layers of configuration by name, without their values")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProfilePage.class)))
    public Shapes.Items<ProfileShape> list(@Context SecurityContext security) {
        return Shapes.Items.all(layers.list(Caller.actor(security)).stream()
                .map(layer -> ProfileShape.of(layer, false, null))
                .toList());
    }

    /** One layer. */
    @GET
    @Path("{name}")
    @Operation(summary = "Read a layer; secrets are masked")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProfileShape.class)))
    public ProfileShape read(
            @Context SecurityContext security,
            @PathParam("name") String name,
            @Parameter(description = "an earlier version") @QueryParam("version") @Nullable String version) {
        return ProfileShape.of(layers.find(Caller.actor(security), name, number(version, "version")), true, null);
    }

    /** The history of a layer. */
    @GET
    @Path("{name}/versions")
    @Operation(summary = "List the versions of a layer that are kept, the newest first")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProfilePage.class)))
    public Shapes.Items<ProfileShape> versions(@Context SecurityContext security, @PathParam("name") String name) {
        return Shapes.Items.all(layers.versions(Caller.actor(security), name).stream()
                .map(layer -> ProfileShape.of(layer, false, null))
                .toList());
    }

    /** What is different between two versions. */
    @GET
    @Path("{name}/diff")
    @Operation(
            summary = "What is different between two versions of a layer",
            description = "Secrets are masked; one that is different is listed all the same.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DifferencesShape.class)))
    public DifferencesShape diff(
            @Context SecurityContext security,
            @PathParam("name") String name,
            @Parameter(description = "left out: the one before") @QueryParam("from") @Nullable String from,
            @Parameter(description = "left out: the newest") @QueryParam("to") @Nullable String to) {
        Actor actor = Caller.actor(security);
        StoredLayer later = layers.find(actor, name, number(to, "to"));
        int earlier = number(from, "from").orElse(later.version() - 1);
        Map<String, LayerValue> before = earlier == 0
                ? Map.of()
                : StoredLayers.layer(layers.find(actor, name, Optional.of(earlier)))
                        .values();
        Map<String, LayerValue> after = StoredLayers.layer(later).values();
        List<DifferenceShape> keys = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String key : names) {
            LayerValue one = before.get(key);
            LayerValue other = after.get(key);
            if (one == null || !one.equals(other)) {
                keys.add(new DifferenceShape(key, shown(key, one), shown(key, other)));
            }
        }
        return new DifferencesShape(earlier, later.version(), keys);
    }

    /** Writes a layer. */
    @PUT
    @Path("{name}")
    @Operation(summary = "Make a layer, or its next version")
    @RequestBody(content = @Content(schema = @Schema(implementation = DraftShape.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ProfileShape.class)))
    @ApiResponse(responseCode = "200", description = "its next version")
    public Response put(@Context SecurityContext security, @PathParam("name") String name, byte[] body) {
        LayerActions.Written written = layers.put(Caller.actor(security), name, draft(body));
        ProfileShape shape = ProfileShape.of(
                written.layer(),
                true,
                written.warnings().isEmpty()
                        ? null
                        : written.warnings().stream().map(KeyProblem::message).toList());
        return written.created()
                ? Response.created(URI.create("/api/v1/profiles/" + name))
                        .entity(shape)
                        .build()
                : Response.ok(shape).build();
    }

    /** Which phones a change would change; nothing is changed. */
    @POST
    @Path("{name}/preview")
    @Operation(summary = "Which phones would change which keys if the layer were this; nothing is changed")
    @RequestBody(content = @Content(schema = @Schema(implementation = DraftShape.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PreviewShape.class)))
    public PreviewShape preview(@Context SecurityContext security, @PathParam("name") String name, byte[] body) {
        LayerActions.Preview preview = layers.preview(Caller.actor(security), name, draft(body), MOST_SHOWN);
        return new PreviewShape(
                preview.looked(),
                preview.changed(),
                preview.first().stream()
                        .map(change -> new ChangeShape(
                                change.device().id().encoded(),
                                change.keys().stream().map(ProfileKey::name).toList()))
                        .toList());
    }

    /** Goes back to an earlier version. */
    @POST
    @Path("{name}/rollback")
    @Operation(summary = "Make an earlier version the newest again, as a version of its own")
    @RequestBody(content = @Content(schema = @Schema(implementation = RollbackShape.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProfileShape.class)))
    public ProfileShape rollBack(@Context SecurityContext security, @PathParam("name") String name, byte[] body) {
        Integer version = json.read(body, RollbackShape.class).version();
        if (version == null) {
            throw new InvalidRequestException("version is missing; say which one shall be the newest again");
        }
        return ProfileShape.of(layers.rollBack(Caller.actor(security), name, version), true, null);
    }

    /** Removes a layer. */
    @DELETE
    @Path("{name}")
    @Operation(summary = "Delete a layer and its history")
    @ApiResponse(responseCode = "204", description = "it is gone")
    public Response delete(
            @Context SecurityContext security,
            @PathParam("name") String name,
            @HeaderParam("Idempotency-Key") @Nullable String key) {
        layers.delete(Caller.actor(security, key, "DELETE profile " + name), name);
        return Response.noContent().build();
    }

    private LayerActions.Draft draft(byte[] body) {
        DraftShape draft = json.read(body, DraftShape.class);
        ScopeShape scope = draft.scope();
        if (scope == null || scope.kind() == null || draft.values() == null) {
            throw new InvalidRequestException("scope and values are needed, such as"
                    + " {\"scope\":{\"kind\":\"all\"},\"values\":{\"Resync_Periodic\":\"86400\"}}");
        }
        return new LayerActions.Draft(
                scope.kind(),
                scope.value() == null ? "" : scope.value(),
                draft.priority() == null ? 0 : draft.priority(),
                draft.values(),
                draft.note() == null ? "" : draft.note(),
                Optional.ofNullable(draft.ifVersion()));
    }

    private static @Nullable JsonNode shown(String key, @Nullable LayerValue value) {
        return value == null
                ? null
                : LayerJson.masked(new TreeMap<>(Map.of(key, value))).get(key);
    }

    private static Optional<Integer> number(@Nullable String text, String name) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Integer.valueOf(text));
        }
        throw new InvalidRequestException(name + " is '" + Asked.shown(text) + "' and must be a number");
    }
}
