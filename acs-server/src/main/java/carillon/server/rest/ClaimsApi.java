package carillon.server.rest;

import carillon.db.Claim;
import carillon.server.operator.Actor;
import carillon.server.operator.ClaimActions;
import carillon.server.operator.DeviceActions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions that came in a device's name without its proof, and what is decided about them. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "claims")
public final class ClaimsApi {
    private final ClaimActions claims;
    private final DeviceActions devices;
    private final Json json;

    ClaimsApi(ClaimActions claims, DeviceActions devices, Json json) {
        this.claims = claims;
        this.devices = devices;
        this.json = json;
    }

    /** What a person decides. */
    @Schema(name = "ClaimPatch")
    record Patch(
            @Schema(allowableValues = {"confirmed", "refused"}) @Nullable
            String state) {}

    /** The list's shape, for the description. */
    @Schema(name = "ClaimPage")
    record ClaimPage(List<Shapes.ClaimShape> items) {}

    /** A device's claims, newest first. */
    @GET
    @Path("devices/{id}/claims")
    @Operation(summary = "List the sessions that came in this device's name without its proof")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ClaimPage.class)))
    public Shapes.Items<Shapes.ClaimShape> list(@Context SecurityContext security, @PathParam("id") String id) {
        Actor actor = Caller.actor(security);
        List<Claim> found = claims.list(actor, devices.find(actor, id));
        return Shapes.Items.all(
                found.stream().map(claim -> Shapes.ClaimShape.of(claim, json)).toList());
    }

    /** It was the device, or it was not. */
    @PATCH
    @Path("devices/{id}/claims/{claim}")
    @Operation(summary = "Confirm or refuse a claim")
    @RequestBody(content = @Content(schema = @Schema(implementation = Patch.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Shapes.ClaimShape.class)))
    public Shapes.ClaimShape decide(
            @Context SecurityContext security,
            @PathParam("id") String id,
            @PathParam("claim") String claim,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            byte[] body) {
        Actor actor = Caller.actor(security, key, "PATCH claim " + id + " " + claim, body);
        String state = String.valueOf(json.read(body, Patch.class).state());
        return Shapes.ClaimShape.of(
                switch (state) {
                    case "confirmed" -> claims.confirm(actor, id, claim);
                    case "refused" -> claims.refuse(actor, id, claim);
                    default ->
                        throw new InvalidRequestException(
                                "state is '" + Asked.shown(state) + "'; allowed: confirmed, refused");
                },
                json);
    }
}
