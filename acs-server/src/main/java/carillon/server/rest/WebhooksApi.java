package carillon.server.rest;

import carillon.cwmp.Secret;
import carillon.db.Scope;
import carillon.db.Webhook;
import carillon.server.operator.Actor;
import carillon.server.operator.WebhookActions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who outside is told what happens. */
@Path("/api/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "webhooks")
public final class WebhooksApi {
    private final WebhookActions webhooks;
    private final Json json;

    WebhooksApi(WebhookActions webhooks, Json json) {
        this.webhooks = webhooks;
        this.json = json;
    }

    /**
     * A webhook as somebody asks for it.
     *
     * @param secret what messages are signed with; a random one, shown once, where it is left out
     * @param kinds such as {@code inform}, {@code change}, {@code rpc}; all where it is left out
     */
    @Schema(name = "NewWebhook")
    record NewWebhook(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String name,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String url,

            @Nullable String secret,
            @Nullable Set<String> kinds,
            @Nullable String site,
            @Nullable String tag,
            @Nullable Boolean enabled) {}

    /** What shall be different. */
    @Schema(name = "WebhookPatch")
    record WebhookPatch(
            @Nullable String url,
            @Nullable Set<String> kinds,
            @Nullable Boolean enabled) {}

    /**
     * A webhook.
     *
     * @param url scheme and host; the rest may be a secret
     * @param secret only in the answer that made it
     * @param waiting events that it was not told yet
     * @param dropped events that it was never told; it is told how many
     */
    @Schema(name = "Webhook")
    record WebhookShape(
            String id,
            String name,
            String url,
            @Nullable String secret,
            List<String> kinds,
            @Nullable String site,
            @Nullable String tag,
            boolean enabled,
            long waiting,
            int failures,
            @Nullable String lastAt,
            @Nullable String lastOutcome,
            long dropped) {
        static WebhookShape of(Webhook webhook, long waiting, @Nullable Secret secret) {
            return new WebhookShape(
                    webhook.id(),
                    webhook.name(),
                    WebhookActions.shown(webhook.url()),
                    secret == null ? null : secret.reveal(),
                    webhook.kinds().stream().sorted().toList(),
                    webhook.scope().site().isEmpty() ? null : webhook.scope().site(),
                    webhook.scope().tag().isEmpty() ? null : webhook.scope().tag(),
                    webhook.enabled(),
                    waiting,
                    webhook.delivery().failures(),
                    webhook.delivery().lastAt().map(Object::toString).orElse(null),
                    webhook.delivery().lastOutcome().isEmpty()
                            ? null
                            : webhook.delivery().lastOutcome(),
                    webhook.delivery().dropped());
        }

        static WebhookShape of(WebhookActions.Shown shown) {
            return of(shown.webhook(), shown.waiting(), null);
        }
    }

    /** Shape of the list, for the description. */
    @Schema(name = "WebhookPage")
    record WebhookPage(List<WebhookShape> items) {}

    /** All in the caller's scope. */
    @GET
    @Operation(summary = "List webhooks, and how telling them goes")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookPage.class)))
    public Shapes.Items<WebhookShape> list(@Context SecurityContext security) {
        return Shapes.Items.all(webhooks.list(Caller.actor(security)).stream()
                .map(WebhookShape::of)
                .toList());
    }

    /** Makes one. */
    @POST
    @Operation(summary = "Make a webhook; the answer shows its secret this once")
    @RequestBody(content = @Content(schema = @Schema(implementation = NewWebhook.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = WebhookShape.class)))
    public Response create(@Context SecurityContext security, byte[] body) {
        Actor actor = Caller.actor(security);
        NewWebhook wanted = json.read(body, NewWebhook.class);
        if (wanted.name() == null || wanted.url() == null) {
            throw new InvalidRequestException("name and url are needed");
        }
        WebhookActions.Made made = webhooks.create(
                actor,
                new WebhookActions.Request(
                        wanted.name(),
                        wanted.url(),
                        Optional.ofNullable(wanted.secret()).map(Secret::new),
                        Optional.ofNullable(wanted.kinds()),
                        wanted.site() == null && wanted.tag() == null
                                ? Optional.empty()
                                : Optional.of(new Scope(
                                        actor.scope().tenant(),
                                        Optional.ofNullable(wanted.site()).orElse(""),
                                        Optional.ofNullable(wanted.tag()).orElse(""))),
                        !Boolean.FALSE.equals(wanted.enabled())));
        return Response.created(URI.create("/api/v1/webhooks/" + made.webhook().id()))
                .entity(WebhookShape.of(made.webhook(), 0, made.secret()))
                .build();
    }

    /** One. */
    @GET
    @Path("{id}")
    @Operation(summary = "One webhook, and how telling it goes")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookShape.class)))
    public WebhookShape find(@Context SecurityContext security, @PathParam("id") String id) {
        return WebhookShape.of(webhooks.find(Caller.actor(security), id));
    }

    /** Changes one. */
    @PATCH
    @Path("{id}")
    @Operation(summary = "Change where or of what it is told, or turn it on or off; it is tried again at once")
    @RequestBody(content = @Content(schema = @Schema(implementation = WebhookPatch.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookShape.class)))
    public WebhookShape patch(@Context SecurityContext security, @PathParam("id") String id, byte[] body) {
        WebhookPatch wanted = json.read(body, WebhookPatch.class);
        return WebhookShape.of(webhooks.patch(
                Caller.actor(security),
                id,
                new WebhookActions.Patch(
                        Optional.ofNullable(wanted.url()),
                        Optional.ofNullable(wanted.kinds()),
                        Optional.ofNullable(wanted.enabled()))));
    }

    /** Deletes one. */
    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete a webhook with what it was not told")
    @ApiResponse(responseCode = "204")
    public Response delete(@Context SecurityContext security, @PathParam("id") String id) {
        webhooks.delete(Caller.actor(security), id);
        return Response.noContent().build();
    }

    /** Sends it an event of the kind {@code test}. */
    @POST
    @Path("{id}/test")
    @Operation(summary = "Tell it an event of the kind test")
    @ApiResponse(responseCode = "202")
    public Response test(@Context SecurityContext security, @PathParam("id") String id) {
        webhooks.test(Caller.actor(security), id);
        return Response.accepted().build();
    }
}
