package carillon.server.rest;

import carillon.cwmp.SecretPaths;
import carillon.cwmp.flatprofile.ClearForm;
import carillon.cwmp.flatprofile.FlatProfile;
import carillon.cwmp.flatprofile.FlatProfileWriter;
import carillon.cwmp.flatprofile.KeyProblem;
import carillon.cwmp.flatprofile.ProfileEntry;
import carillon.cwmp.flatprofile.ProfileKey;
import carillon.cwmp.flatprofile.ProfileValue;
import carillon.rpc.provision.DesiredConfiguration;
import carillon.rpc.provision.Drift;
import carillon.rpc.provision.Layer;
import carillon.server.operator.ConfigurationActions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a phone should have, where it differs, and what would be done about it. */
@Path("/api/v1")
@Tag(name = "profiles")
public final class ConfigurationApi {
    private final ConfigurationActions configurations;

    ConfigurationApi(ConfigurationActions configurations) {
        this.configurations = configurations;
    }

    /** What a key should be, and which layer says so. */
    @Schema(name = "DesiredKey")
    record KeyShape(
            String key,
            String value,
            String layer,
            @Nullable String ua) {}

    /**
     * A key that differs.
     *
     * @param reported absent where the phone did not tell
     */
    @Schema(name = "KeyDrift")
    record DriftShape(
            String key,

            @Schema(allowableValues = {"differs", "untold"}) String kind,

            String desired,
            @Nullable String reported) {}

    @Schema(name = "UnreachableKey")
    record UnreachableShape(String key, String reason) {}

    /**
     * By which road differences would go away.
     *
     * @param set parameters of SetParameterValues
     * @param profile keys that come with the profile
     */
    @Schema(name = "ConfigurationPlan")
    record PlanShape(List<String> set, List<String> profile, List<UnreachableShape> unreachable) {}

    /**
     * A phone's configuration; secrets are masked.
     *
     * @param layers from the one that loses to the one that wins
     * @param problems what is wrong with the layers; a key with an error is left out
     */
    @Schema(name = "Configuration")
    record ConfigurationShape(
            String version,
            List<String> layers,
            List<KeyShape> keys,
            List<String> problems,
            List<DriftShape> drift,
            PlanShape plan) {}

    /** The merged configuration, the drift and the plan. */
    @GET
    @Path("devices/{id}/configuration")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "What a phone should have, where it differs from what it reported, and by which road that would go",
            description = "The plan tells what each road can do; where secrets may travel is decided when they do.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ConfigurationShape.class)))
    public ConfigurationShape configuration(@Context SecurityContext security, @PathParam("id") String id) {
        ConfigurationActions.Configuration configuration = configurations.of(Caller.actor(security), id);
        List<KeyShape> keys = new ArrayList<>();
        configuration.desired().values().forEach((key, value) -> keys.add(key(key, value)));
        List<DriftShape> drift = new ArrayList<>();
        configuration.drift().differences().forEach((key, difference) -> drift.add(drift(key, difference)));
        List<UnreachableShape> unreachable = new ArrayList<>();
        configuration
                .plan()
                .unreachable()
                .forEach((key, reason) -> unreachable.add(new UnreachableShape(key.name(), reason)));
        return new ConfigurationShape(
                configuration.version(),
                configuration.layers().stream().map(Layer::name).toList(),
                keys,
                configuration.desired().problems().stream()
                        .map(KeyProblem::message)
                        .toList(),
                drift,
                new PlanShape(
                        configuration.plan().batches().stream()
                                .flatMap(batch -> batch.values().stream())
                                .map(value -> value.path())
                                .toList(),
                        configuration.plan().byProfile().stream()
                                .map(ProfileKey::name)
                                .toList(),
                        unreachable));
    }

    /** The file that the phone would get. */
    @GET
    @Path("devices/{id}/profile.xml")
    @Produces({MediaType.APPLICATION_XML, MediaType.APPLICATION_JSON})
    @Operation(summary = "The flat profile that a phone would get; secrets are masked")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = MediaType.APPLICATION_XML, schema = @Schema(type = "string")))
    public Response profile(@Context SecurityContext security, @PathParam("id") String id) {
        DesiredConfiguration desired =
                configurations.of(Caller.actor(security), id).desired();
        List<ProfileEntry> entries = new ArrayList<>();
        desired.values()
                .forEach((key, value) -> entries.add(new ProfileEntry(
                        "",
                        key.name(),
                        new ProfileValue.Text(masked(value.text(), value.secret())),
                        value.attributes())));
        byte[] file = new FlatProfileWriter(ClearForm.EMPTY_ELEMENT)
                .write(FlatProfile.of(entries).sorted());
        return Response.ok(file, MediaType.APPLICATION_XML).build();
    }

    private static KeyShape key(ProfileKey key, DesiredConfiguration.Value value) {
        return new KeyShape(
                key.name(),
                masked(value.text(), value.secret()),
                value.layer(),
                value.attributes().userAccess().map(access -> access.text()).orElse(null));
    }

    private static DriftShape drift(ProfileKey key, Drift.Difference difference) {
        return new DriftShape(
                key.name(),
                Shapes.lower(difference.kind()),
                masked(difference.desired(), difference.secret()),
                difference
                        .reported()
                        .map(told -> masked(told, difference.secret()))
                        .orElse(null));
    }

    private static String masked(String text, boolean secret) {
        return secret && !text.isEmpty() ? SecretPaths.MASK : text;
    }
}
