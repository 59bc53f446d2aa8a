package carillon.server.rest;

import carillon.db.ModelFact;
import carillon.db.ModelKey;
import carillon.server.operator.ModelActions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What phones taught the server about their model and firmware. */
@Path("/api/v1/devices/{id}/learned")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "devices")
public final class LearnedApi {
    private final ModelActions models;

    LearnedApi(ModelActions models) {
        this.models = models;
    }

    /**
     * One fact.
     *
     * @param name of the parameter it is about; absent where it is about the phone
     * @param number how many names a request may hold, the number of the way the tree is walked, or the notification that
     *     is refused
     */
    @Schema(name = "Fact")
    record FactShape(
            @Schema(allowableValues = {"unknown_name", "read_only", "no_notification", "batch", "walk"})
            String kind,

            @Nullable String name,
            @Nullable Integer number,
            String at) {
        static FactShape of(ModelFact fact) {
            return new FactShape(
                    Shapes.lower(fact.kind()),
                    fact.name().isEmpty() ? null : fact.name(),
                    fact.name().isEmpty() || fact.kind() == ModelFact.Kind.NO_NOTIFICATION ? fact.number() : null,
                    fact.at().toString());
        }
    }

    /** What is known of phones that are alike. */
    @Schema(name = "Learned")
    record LearnedShape(
            @Nullable String oui,
            @Nullable String productClass,
            @Nullable String softwareVersion,
            List<FactShape> facts) {}

    /** What was learned of the model of a device. */
    @GET
    @Operation(
            summary = "What was learned of a device's model and firmware",
            description =
                    "unknown_name: this name does not exist, and is not asked. read_only: this parameter cannot be"
                            + " set, and is left out of a partial SetParameterValues. no_notification: this notification"
                            + " is refused, and is left out of a SetParameterAttributes. batch: how many names a"
                            + " GetParameterValues may hold. walk: how the tree is listed (1: as a whole, 2: by the empty"
                            + " path).")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = LearnedShape.class)))
    public LearnedShape learned(@Context SecurityContext security, @PathParam("id") String id) {
        ModelActions.Learned learned = models.learned(Caller.actor(security), id);
        ModelKey model = learned.model().orElse(null);
        return new LearnedShape(
                model == null ? null : model.oui(),
                model == null ? null : model.productClass(),
                model == null ? null : model.softwareVersion(),
                learned.facts().all().stream().map(FactShape::of).toList());
    }

    /** Forgets it, for all devices of the model and firmware. */
    @DELETE
    @Operation(summary = "Forget what was learned of a device's model and firmware, for all devices that are alike")
    @ApiResponse(responseCode = "204")
    public Response forget(
            @Context SecurityContext security,
            @PathParam("id") String id,
            @HeaderParam("Idempotency-Key") @Nullable String key) {
        models.forget(Caller.actor(security, key, "DELETE learned " + id), id);
        return Response.noContent().build();
    }
}
