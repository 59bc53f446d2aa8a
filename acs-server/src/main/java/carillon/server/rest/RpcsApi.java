package carillon.server.rest;

import carillon.cwmp.message.AcsMethod;
import carillon.db.Device;
import carillon.db.Page;
import carillon.db.QueuedRpc;
import carillon.rpc.arguments.RpcJson;
import carillon.server.operator.Actor;
import carillon.server.operator.DeviceActions;
import carillon.server.operator.RpcActions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** RPCs: queue one, list a device's, look at one or wait for its end, cancel, decide. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "rpcs")
public final class RpcsApi {
    private final RpcActions rpcs;
    private final DeviceActions devices;
    private final RpcWaits waits;
    private final RpcJson arguments;
    private final Json json;

    RpcsApi(RpcActions rpcs, DeviceActions devices, RpcWaits waits, RpcJson arguments, Json json) {
        this.rpcs = rpcs;
        this.devices = devices;
        this.waits = waits;
        this.arguments = arguments;
        this.json = json;
    }

    /**
     * An RPC as it is asked for.
     *
     * @param arguments by method, see the description of the resource
     * @param notBefore it is not sent earlier; left out: as soon as may be
     * @param expiresAt it is given up then; left out: in seven days
     * @param connectionRequest whether the phone is called now, rather than awaited
     * @param force also where the phone's answer to GetRPCMethods does not name the method
     */
    @Schema(name = "RpcRequest")
    record Wanted(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String method,

            @Schema(implementation = Object.class) @Nullable JsonNode arguments,
            @Schema(format = "date-time") @Nullable String notBefore,
            @Schema(format = "date-time") @Nullable String expiresAt,
            @Nullable Boolean connectionRequest,
            @Nullable Boolean force) {}

    /**
     * What is to be read.
     *
     * @param path an object, with a dot at its end; left out: the whole tree
     * @param depth how many levels below it; left out: all
     * @param force also what this model and firmware is known not to have
     * @param connectionRequest whether the phone is called now, rather than awaited
     */
    @Schema(name = "Refresh")
    record Refresh(
            @Nullable String path,
            @Nullable Integer depth,
            @Nullable Boolean force,
            @Nullable Boolean connectionRequest) {
        static final Refresh EVERYTHING = new Refresh(null, null, null, null);

        ObjectNode arguments() {
            ObjectNode arguments = JsonNodeFactory.instance.objectNode();
            arguments.put("path", path == null ? "" : path).put("discover", true);
            if (depth != null) {
                arguments.put("depth", depth);
            }
            if (force != null) {
                arguments.put("force", force);
            }
            return arguments;
        }
    }

    /** Another state for an RPC. */
    @Schema(name = "RpcPatch")
    record Patch(
            @Schema(
                    allowableValues = {"cancelled", "succeeded", "failed", "queued"},
                    description = "cancelled: withdraw one that has not left. succeeded, failed: what became of"
                            + " an unconfirmed one. queued: an unconfirmed one ends as failed, and a new one is"
                            + " queued in its place")
            @Nullable
            String state) {}

    /** The page's shape, for the description. */
    @Schema(name = "RpcPage")
    record RpcPage(List<Shapes.RpcShape> items, @Nullable String next) {}

    /** Queues an RPC; once it is answered, it is kept. */
    @POST
    @Path("devices/{id}/rpcs")
    @Operation(summary = "Queue an RPC for a device", description = RpcArguments.DESCRIPTION)
    @RequestBody(content = @Content(schema = @Schema(implementation = Wanted.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Shapes.RpcShape.class)))
    public Response queue(
            @Context SecurityContext security,
            @PathParam("id") String id,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            byte[] body) {
        Actor actor = Caller.actor(security, key, "POST rpcs " + id, body);
        Wanted wanted = json.read(body, Wanted.class);
        if (wanted.method() == null) {
            throw new InvalidRequestException("method is missing; such as {\"method\":\"Reboot\",\"arguments\":{}}");
        }
        RpcActions.Request request = new RpcActions.Request(
                wanted.method(),
                wanted.arguments() == null ? "{}" : wanted.arguments().toString(),
                Asked.time(wanted.notBefore(), "notBefore"),
                Asked.time(wanted.expiresAt(), "expiresAt"),
                Boolean.TRUE.equals(wanted.connectionRequest()),
                Boolean.TRUE.equals(wanted.force()));
        RpcActions.Found found = rpcs.queue(actor, id, request);
        return Response.created(URI.create("/api/v1/rpcs/" + found.rpc().id()))
                .entity(shape(found).warned(rpcs.warnings(actor, id, request)))
                .build();
    }

    /** Walks the device's tree and reads it: an RPC like the others, that takes many requests. */
    @POST
    @Path("devices/{id}/refresh")
    @Operation(
            summary = "Read everything that a device has",
            description = "Queues a GetParameterNames with discover: the tree below the path is listed level by level"
                    + " and its parameters are read in batches. It takes many requests and perhaps several sessions;"
                    + " its note tells how far it has come, its result how much was found and what the phone refused."
                    + " What comes can be read under parameters at once.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Refresh.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Shapes.RpcShape.class)))
    public Response refresh(
            @Context SecurityContext security,
            @PathParam("id") String id,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            byte[] body) {
        Actor actor = Caller.actor(security, key, "POST refresh " + id, body);
        Refresh wanted = body.length == 0 ? Refresh.EVERYTHING : json.read(body, Refresh.class);
        RpcActions.Found found = rpcs.queue(
                actor,
                id,
                RpcActions.Request.now(
                        AcsMethod.GET_PARAMETER_NAMES.rpcName(),
                        wanted.arguments().toString(),
                        Boolean.TRUE.equals(wanted.connectionRequest())));
        return Response.created(URI.create("/api/v1/rpcs/" + found.rpc().id()))
                .entity(shape(found))
                .build();
    }

    /** A device's RPCs, newest first. */
    @GET
    @Path("devices/{id}/rpcs")
    @Operation(summary = "List a device's RPCs, newest first")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RpcPage.class)))
    public Response list(
            @Context SecurityContext security,
            @PathParam("id") String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Actor actor = Caller.actor(security);
        Device device = devices.find(actor, id);
        Page<QueuedRpc> page =
                rpcs.list(actor, device, Asked.limit(limit, Asked.LARGEST_PAGE), Asked.text(cursor, "cursor"));
        return Response.ok(Shapes.Items.of(page, rpc -> shape(new RpcActions.Found(rpc, device))))
                .build();
    }

    /** One RPC; with {@code wait}, as soon as it has ended or the time is up. */
    @GET
    @Path("rpcs/{id}")
    @Operation(summary = "Read an RPC, or wait for its end")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Shapes.RpcShape.class)))
    public void read(
            @Context SecurityContext security,
            @PathParam("id") String id,
            @Parameter(description = "such as 30s; at most a minute") @QueryParam("wait") @Nullable String wait,
            @Suspended AsyncResponse response) {
        Actor actor = Caller.actor(security);
        Duration patience = Asked.waiting(wait);
        RpcActions.Found found = rpcs.find(actor, id);
        if (found.rpc().state().isEnd() || patience.isZero()) {
            response.resume(shape(found));
        } else {
            waits.await(found.device().id(), patience, () -> rpcs.find(actor, id), last -> shape(last), response);
        }
    }

    /** Withdraws an RPC, or says what became of an unconfirmed one. */
    @PATCH
    @Path("rpcs/{id}")
    @Operation(summary = "Cancel an RPC, or decide about an unconfirmed one")
    @RequestBody(content = @Content(schema = @Schema(implementation = Patch.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Shapes.RpcShape.class)))
    public Shapes.RpcShape patch(
            @Context SecurityContext security,
            @PathParam("id") String id,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            byte[] body) {
        Actor actor = Caller.actor(security, key, "PATCH rpc " + id, body);
        String state = String.valueOf(json.read(body, Patch.class).state());
        return switch (state) {
            case "cancelled" -> shape(rpcs.cancel(actor, id));
            case "succeeded" -> shape(last(rpcs.decide(actor, id, RpcActions.Decision.SUCCEEDED)));
            case "failed" -> shape(last(rpcs.decide(actor, id, RpcActions.Decision.FAILED)));
            case "queued" -> shape(last(rpcs.decide(actor, id, RpcActions.Decision.QUEUE_AGAIN)));
            default ->
                throw new InvalidRequestException("state is '" + Asked.shown(state)
                        + "'; a person can set cancelled, succeeded, failed or queued");
        };
    }

    /** Withdraws an RPC that has not left. */
    @DELETE
    @Path("rpcs/{id}")
    @Operation(summary = "Cancel an RPC that has not been sent")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Shapes.RpcShape.class)))
    public Shapes.RpcShape cancel(
            @Context SecurityContext security,
            @PathParam("id") String id,
            @HeaderParam("Idempotency-Key") @Nullable String key) {
        return shape(rpcs.cancel(Caller.actor(security, key, "DELETE rpc " + id), id));
    }

    private static RpcActions.Found last(List<RpcActions.Found> decided) {
        return decided.get(decided.size() - 1);
    }

    private Shapes.RpcShape shape(RpcActions.Found found) {
        Optional<Instant> expectedBy = found.device().presence().expectedBy();
        return Shapes.RpcShape.of(found.rpc(), found.device().id().encoded(), expectedBy, arguments, json);
    }
}
