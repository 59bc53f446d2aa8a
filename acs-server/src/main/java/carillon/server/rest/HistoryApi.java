package carillon.server.rest;

import carillon.db.Device;
import carillon.db.Page;
import carillon.db.SessionRecord;
import carillon.db.Stores;
import carillon.server.access.Permission;
import carillon.server.operator.ActionRefused;
import carillon.server.operator.Actor;
import carillon.server.operator.DeviceActions;
import carillon.server.operator.Guard;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What devices reported and what happened to them: parameters, events, sessions. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "history")
public final class HistoryApi {
    private static final int LARGEST_PARAMETER_PAGE = 5000;

    private final Guard guard;
    private final DeviceActions devices;
    private final Json json;

    HistoryApi(Guard guard, DeviceActions devices, Json json) {
        this.guard = guard;
        this.devices = devices;
        this.json = json;
    }

    /** Shapes of pages, for the description. */
    @Schema(name = "ParameterPage")
    record ParameterPage(
            List<Shapes.ParameterShape> items, @Nullable String next, long total) {}

    @Schema(name = "EventPage")
    record EventPage(
            List<Shapes.EventShape> items, @Nullable String next) {}

    @Schema(name = "SessionPage")
    record SessionPage(
            List<Shapes.SessionShape> items, @Nullable String next) {}

    /** What the device last reported. */
    @GET
    @Path("devices/{id}/parameters")
    @Operation(summary = "List what a device last reported; secrets are masked")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ParameterPage.class)))
    public Response parameters(
            @Context SecurityContext security,
            @PathParam("id") String id,
            @Parameter(description = "a full or partial name, such as Device.ManagementServer.")
                    @QueryParam("path")
                    @Nullable
                    String path,
            @Parameter(description = "how many levels below the path: all (default), or a number")
                    @QueryParam("depth")
                    @Nullable
                    String depth,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        String asked = Asked.text(path, "path");
        int levels = Asked.depth(depth);
        int most = Asked.limit(limit, LARGEST_PARAMETER_PAGE);
        String after = Asked.text(cursor, "cursor");
        return page(
                security,
                id,
                (stores, device) -> stores.parameters().list(device.key(), asked, levels, most, after),
                Shapes.ParameterShape::of);
    }

    /** A device's events, newest first. */
    @GET
    @Path("devices/{id}/events")
    @Operation(
            summary = "List a device's events, newest first",
            description = "The events of its Informs, and the calls of its own: TransferComplete,"
                    + " AutonomousTransferComplete, RequestDownload, DUStateChangeComplete,"
                    + " AutonomousDUStateChangeComplete, Kicked, and methods that this server does not have; what a"
                    + " call told is in its details.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = EventPage.class)))
    public Response events(
            @Context SecurityContext security,
            @PathParam("id") String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        int most = Asked.limit(limit, Asked.LARGEST_PAGE);
        String after = Asked.text(cursor, "cursor");
        return page(
                security,
                id,
                (stores, device) -> stores.events().list(device.key(), most, after),
                stored -> Shapes.EventShape.of(stored, json));
    }

    /** A device's sessions, newest first. */
    @GET
    @Path("devices/{id}/sessions")
    @Operation(summary = "List a device's CWMP sessions, newest first")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SessionPage.class)))
    public Response sessions(
            @Context SecurityContext security,
            @PathParam("id") String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        int most = Asked.limit(limit, Asked.LARGEST_PAGE);
        String after = Asked.text(cursor, "cursor");
        return page(
                security,
                id,
                (stores, device) -> stores.sessions().list(device.key(), most, after),
                Shapes.SessionShape::of);
    }

    /** One session with its messages. */
    @GET
    @Path("sessions/{id}")
    @Operation(summary = "Read one session's whole exchange; secrets are masked")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Shapes.SessionShape.class)))
    public Shapes.SessionShape session(@Context SecurityContext security, @PathParam("id") String id) {
        Actor actor = Caller.actor(security);
        return guard.read(actor, Permission.READ, stores -> {
            SessionRecord session = stores.sessions()
                    .find(actor.scope(), id)
                    .orElseThrow(() -> ActionRefused.notFound(
                            "there is no session '" + Asked.shown(id) + "'; old ones are removed after a while"));
            String device = stores.devices()
                    .find(session.deviceKey())
                    .map(found -> found.id().encoded())
                    .orElse("");
            return Shapes.SessionShape.whole(session, device);
        });
    }

    private <S, T> Response page(
            SecurityContext security, String id, BiFunction<Stores, Device, Page<S>> read, Function<S, T> shape) {
        Actor actor = Caller.actor(security);
        Device device = devices.find(actor, id);
        Page<S> page = guard.read(actor, Permission.READ, stores -> read.apply(stores, device));
        return Response.ok(Shapes.Items.of(page, shape)).build();
    }
}
