package carillon.server.rest;

import carillon.cwmp.ParameterValue;
import carillon.cwmp.SecretPaths;
import carillon.cwmp.flatprofile.Evidence;
import carillon.cwmp.flatprofile.ExtensionLayout;
import carillon.cwmp.flatprofile.Fidelity;
import carillon.cwmp.flatprofile.KeyCatalogue;
import carillon.cwmp.flatprofile.Mapping;
import carillon.cwmp.flatprofile.ProfileKey;
import carillon.db.OwnMapping;
import carillon.server.operator.Actor;
import carillon.server.operator.MappingActions;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which parameter of TR-069 is which key of flat profiles. */
@Path("/api/v1/mappings")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "mappings")
public final class MappingsApi {
    private static final int MOST_VALUES = 200;

    private final MappingActions mappings;
    private final Json json;

    MappingsApi(MappingActions mappings, Json json) {
        this.mappings = mappings;
        this.json = json;
    }

    /** A line to add. */
    @Schema(name = "NewMapping")
    record NewMapping(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    description = "path, key, then words in any order and a reason after #, such as"
                            + " Device.X_ACME.Line.{n}.Mode My_Mode_{n}_ string? choice(on=\"Always On\",off=Off) lossy"
                            + " # dim has no counterpart")
            @Nullable
            String line) {}

    /**
     * A line of the table.
     *
     * @param id of a line that an operator added; others have none
     * @param typeCertain false where no document tells the type: then the phone's own counts
     */
    @Schema(name = "Mapping")
    record MappingShape(
            @Nullable String id,
            String path,
            @Nullable String key,
            String type,
            boolean typeCertain,
            @Nullable Integer longest,
            boolean writable,
            String conversion,

            @Schema(allowableValues = {"exact", "lossy", "write-only", "none"})
            String fidelity,

            @Nullable String reason,

            @Schema(allowableValues = {"seen", "inferred", "site"})
            String evidence,

            String line,
            @Nullable String createdBy,
            @Nullable String createdAt) {
        static MappingShape of(MappingActions.Line line) {
            Mapping mapping = line.mapping();
            Optional<OwnMapping> own = line.own();
            return new MappingShape(
                    own.map(OwnMapping::id).orElse(null),
                    mapping.path().text(),
                    mapping.key().isEmpty() ? null : mapping.key(),
                    mapping.type().text(),
                    mapping.typeCertain(),
                    mapping.longest() == 0 ? null : mapping.longest(),
                    mapping.writable(),
                    mapping.conversion().text(),
                    mapping.fidelity().text(),
                    mapping.reason().isEmpty() ? null : mapping.reason(),
                    mapping.evidence().text(),
                    mapping.line(),
                    own.map(OwnMapping::createdBy).orElse(null),
                    own.map(added -> added.createdAt().toString()).orElse(null));
        }
    }

    /** The page's shape, for the description. */
    @Schema(name = "MappingPage")
    record MappingPage(
            List<MappingShape> items,
            @Nullable String next,
            @Nullable Long total) {}

    @Schema(name = "KeyValue")
    record KeyShape(String key, String value) {}

    @Schema(name = "TranslatedParameter")
    record ParameterShape(String path, String value, String type) {}

    @Schema(name = "NotTranslated")
    record UntoldShape(String name, String reason) {}

    /**
     * What values become on the other side.
     *
     * @param layout where the extensions are: a voice profile for each, lines of one profile, or nobody knows
     * @param keys what the parameters say
     * @param parameters what the keys need
     * @param untranslated what has no counterpart, and why
     */
    @Schema(name = "Translation")
    record TranslationShape(
            @Schema(allowableValues = {"profile_each", "line_each", "none", "unclear"})
            String layout,

            List<KeyShape> keys,
            List<ParameterShape> parameters,
            List<UntoldShape> untranslated) {}

    /** The lines, the preferred first. */
    @GET
    @Operation(summary = "List the lines of the table, the preferred first; an operator's own come before all others")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MappingPage.class)))
    public Shapes.Items<MappingShape> list(
            @Context SecurityContext security,
            @Parameter(description = "a part of the path or of the key, in any case") @QueryParam("q") @Nullable
                    String text,
            @Parameter(description = "exact, lossy, write-only or none") @QueryParam("fidelity") @Nullable
                    String fidelity,
            @Parameter(description = "seen, inferred or site") @QueryParam("evidence") @Nullable String evidence,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        String part = Asked.text(text, "q").toLowerCase(Locale.ROOT);
        Optional<Fidelity> mark =
                Asked.choice(fidelity == null ? null : fidelity.replace('-', '_'), Fidelity.class, "fidelity");
        Optional<Evidence> who = Asked.choice(evidence, Evidence.class, "evidence");
        List<MappingActions.Line> fitting = mappings.lines(Caller.actor(security)).stream()
                .filter(line -> mark.isEmpty() || line.mapping().fidelity() == mark.get())
                .filter(line -> who.isEmpty() || line.mapping().evidence() == who.get())
                .filter(line -> (line.mapping().path() + " " + line.mapping().key())
                        .toLowerCase(Locale.ROOT)
                        .contains(part))
                .toList();
        int start = place(cursor, fitting.size());
        int end = Math.min(fitting.size(), start + Asked.limit(limit, Asked.LARGEST_PAGE));
        return new Shapes.Items<>(
                fitting.subList(start, end).stream().map(MappingShape::of).toList(),
                end < fitting.size() ? String.valueOf(end) : null,
                (long) fitting.size(),
                null);
    }

    /** Both ways' translation of given values. */
    @GET
    @Path("translation")
    @Operation(
            summary = "Translate parameters into keys and keys into parameters",
            description = "Each value is PARAMETER=VALUE or KEY=VALUE; what stands together is put together (host and"
                    + " port). With a device it is as on that phone, by what it reported. Secrets have no place in an"
                    + " address and are refused.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TranslationShape.class)))
    public TranslationShape translation(
            @Context SecurityContext security,
            @Parameter(description = "PARAMETER=VALUE or KEY=VALUE; several are allowed") @QueryParam("value")
                    List<String> values,
            @Parameter(description = "the phone to translate for") @QueryParam("device") @Nullable String device,
            @Parameter(description = "without a device: profile_each or line_each") @QueryParam("layout") @Nullable
                    String layout) {
        if (values.isEmpty() || values.size() > MOST_VALUES) {
            throw new InvalidRequestException("give 1 to " + MOST_VALUES + " values, such as ?value=Proxy_1_=pbx");
        }
        List<ParameterValue> parameters = new ArrayList<>();
        SortedMap<ProfileKey, String> keys = new TreeMap<>();
        values.forEach(value -> sort(value, parameters, keys));
        Actor actor = Caller.actor(security);
        ExtensionLayout.Kind kind =
                Asked.choice(layout, ExtensionLayout.Kind.class, "layout").orElse(ExtensionLayout.Kind.PROFILE_EACH);
        MappingActions.Translated translated = device == null || device.isEmpty()
                ? mappings.assumed(actor, kind, parameters, keys)
                : mappings.onDevice(actor, device, parameters, keys);
        List<UntoldShape> untold = new ArrayList<>();
        translated.keys().untold().forEach((path, reason) -> untold.add(new UntoldShape(path, reason)));
        translated.writes().unreachable().forEach((key, reason) -> untold.add(new UntoldShape(key.name(), reason)));
        return new TranslationShape(
                Shapes.lower(translated.layout().kind()),
                translated.keys().values().entrySet().stream()
                        .map((Map.Entry<ProfileKey, String> key) ->
                                new KeyShape(key.getKey().name(), key.getValue()))
                        .toList(),
                translated.writes().values().stream()
                        .map(value -> new ParameterShape(
                                value.path(), value.value(), value.type().text()))
                        .toList(),
                untold);
    }

    /** One line that an operator added. */
    @GET
    @Path("{id}")
    @Operation(summary = "Read a line that an operator added")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MappingShape.class)))
    public MappingShape read(@Context SecurityContext security, @PathParam("id") String id) {
        return MappingShape.of(mappings.find(Caller.actor(security), id));
    }

    /** Adds a line. */
    @POST
    @Operation(summary = "Add a line; it comes before all others")
    @RequestBody(content = @Content(schema = @Schema(implementation = NewMapping.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = MappingShape.class)))
    public Response add(
            @Context SecurityContext security, @HeaderParam("Idempotency-Key") @Nullable String key, byte[] body) {
        Actor actor = Caller.actor(security, key, "POST mapping", body);
        String line = json.read(body, NewMapping.class).line();
        if (line == null || line.isBlank()) {
            throw new InvalidRequestException("line is missing; it says a path and a key, such as"
                    + " {\"line\":\"Device.X_ACME.Colour GPP_A\"}");
        }
        MappingShape shape = MappingShape.of(mappings.add(actor, line));
        return Response.created(URI.create("/api/v1/mappings/" + shape.id()))
                .entity(shape)
                .build();
    }

    /** Removes a line that an operator added. */
    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete a line that an operator added")
    @ApiResponse(responseCode = "204", description = "it is gone")
    public Response delete(
            @Context SecurityContext security,
            @PathParam("id") String id,
            @HeaderParam("Idempotency-Key") @Nullable String key) {
        mappings.delete(Caller.actor(security, key, "DELETE mapping " + id), id);
        return Response.noContent().build();
    }

    private static void sort(String text, List<ParameterValue> parameters, SortedMap<ProfileKey, String> keys) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new InvalidRequestException("'" + Asked.shown(text) + "' is neither PARAMETER=VALUE nor KEY=VALUE");
        }
        String name = text.substring(0, equals);
        String value = text.substring(equals + 1);
        if (!value.isEmpty()
                && (SecretPaths.isSecret(name) || KeyCatalogue.standard().isSecret(name))) {
            throw new InvalidRequestException(
                    Asked.shown(name) + " is a secret, which has no place in an address; leave its value empty");
        }
        if (name.startsWith("Device.") || name.startsWith("InternetGatewayDevice.")) {
            parameters.add(ParameterValue.string(name, value));
            return;
        }
        try {
            keys.put(KeyCatalogue.standard().key(name), value);
        } catch (IllegalArgumentException impossible) {
            throw new InvalidRequestException(String.valueOf(impossible.getMessage()));
        }
    }

    private static int place(@Nullable String cursor, int size) {
        if (cursor == null || cursor.isEmpty()) {
            return 0;
        }
        if (cursor.matches("\\d{1,6}") && Integer.parseInt(cursor) <= size) {
            return Integer.parseInt(cursor);
        }
        throw new InvalidRequestException("the cursor '" + Asked.shown(cursor)
                + "' is none that the list of mappings gave out; take next from its last page, or begin without one");
    }
}
