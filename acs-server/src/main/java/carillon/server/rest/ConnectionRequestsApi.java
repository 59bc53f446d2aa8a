package carillon.server.rest;

import carillon.server.operator.CallResult;
import carillon.server.operator.ConnectionActions;
import carillon.server.operator.RecentCall;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Calls phones. */
@Path("/api/v1/devices/{id}/connection-requests")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "rpcs")
public final class ConnectionRequestsApi {
    private final ConnectionActions connections;
    private final Json json;

    ConnectionRequestsApi(ConnectionActions connections, Json json) {
        this.connections = connections;
        this.json = json;
    }

    /** Which way; left out: whichever fits. */
    @Schema(name = "ConnectionRequestWanted")
    record Wanted(
            @Schema(allowableValues = {"http", "udp", "xmpp"}) @Nullable
            String kind) {}

    /**
     * What came of it.
     *
     * @param status of HTTP, where the phone answered
     * @param took such as {@code 12ms}
     * @param detail a sentence for people
     * @param joined true where the phone had its session open already, so that nothing was sent; else left out
     */
    @Schema(name = "ConnectionRequest")
    record CallShape(
            String kind,

            @Schema(allowableValues = {"accepted", "refused", "unreachable", "forbidden"})
            String outcome,

            @Nullable Integer status,
            String took,
            String detail,
            @Nullable Boolean joined) {
        static CallShape of(CallResult result) {
            return new CallShape(
                    Shapes.lower(result.kind()),
                    Shapes.lower(result.outcome()),
                    result.status().isPresent() ? result.status().getAsInt() : null,
                    result.took().toMillis() + "ms",
                    result.sentence(),
                    result.joined() ? true : null);
        }
    }

    /**
     * One of lately.
     *
     * @param at when it began
     * @param contact whether the phone came: {@code awaited}, {@code came} or {@code none}
     */
    @Schema(name = "RecentConnectionRequest")
    record RecentShape(
            String at,
            CallShape request,

            @Schema(allowableValues = {"awaited", "came", "none"})
            String contact) {
        static RecentShape of(RecentCall call) {
            return new RecentShape(call.at().toString(), CallShape.of(call.result()), Shapes.lower(call.contact()));
        }
    }

    /** The page's shape, for the description. */
    @Schema(name = "RecentConnectionRequests")
    record RecentPage(List<RecentShape> items) {}

    /** The last ones, with what the phone answered and whether it came. */
    @GET
    @Operation(
            summary = "List the last connection requests to a phone, newest first",
            description = "At most ten, kept until the server restarts. That a phone accepted one does not mean that"
                    + " it came: contact says that.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RecentPage.class)))
    public Shapes.Items<RecentShape> recent(@Context SecurityContext security, @PathParam("id") String id) {
        return Shapes.Items.all(connections.recent(Caller.actor(security), id).stream()
                .map(RecentShape::of)
                .toList());
    }

    /** Sends one now, and answers when it is known what came of it. */
    @POST
    @Operation(summary = "Ask a phone to open a session now")
    @RequestBody(content = @Content(schema = @Schema(implementation = Wanted.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CallShape.class)))
    public void send(
            @Context SecurityContext security,
            @PathParam("id") String id,
            byte[] body,
            @Suspended AsyncResponse response) {
        String kind = body.length == 0 ? null : json.read(body, Wanted.class).kind();
        CompletableFuture<?> unused = connections
                .send(Caller.actor(security), id, kind == null ? "" : kind)
                .whenComplete((result, failed) -> {
                    if (failed != null) {
                        response.resume(failed);
                    } else {
                        response.resume(CallShape.of(result));
                    }
                });
    }
}
