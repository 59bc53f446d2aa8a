package carillon.server.rest;

import carillon.cwmp.Secret;
import carillon.db.ApiToken;
import carillon.db.Role;
import carillon.db.Scope;
import carillon.server.access.Permission;
import carillon.server.operator.Actor;
import carillon.server.operator.Guard;
import carillon.server.operator.TokenActions;
import carillon.server.operator.UserActions;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** People and what they did: users, tokens for scripts, the audit log. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "people")
public final class PeopleApi {
    private final Guard guard;
    private final UserActions users;
    private final TokenActions tokens;
    private final Json json;

    PeopleApi(Guard guard, UserActions users, TokenActions tokens, Json json) {
        this.guard = guard;
        this.users = users;
        this.tokens = tokens;
        this.json = json;
    }

    /** A user as one is made; the password must be changed at the first login. */
    @Schema(name = "NewUser")
    record NewUser(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String name,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String password,

            @Nullable String role,
            @Nullable String site,
            @Nullable String tag) {}

    /** What shall be different. */
    @Schema(name = "UserPatch")
    record UserPatch(
            @Nullable String password,
            @Nullable String role,
            @Nullable String site,
            @Nullable String tag,
            @Nullable Boolean disabled) {}

    /** One's own password. */
    @Schema(name = "PasswordChange")
    record PasswordChange(
            @JsonProperty("old") @Nullable String old,

            @JsonProperty("new") @Nullable String wanted) {}

    /**
     * A token as somebody asks for it; what is left out is as the asker has it.
     *
     * @param expiresIn such as {@code 30d}; 90 days where it is left out
     */
    @Schema(name = "NewToken")
    record NewToken(
            @Nullable String label,
            @Nullable String role,
            @Nullable String site,
            @Nullable String tag,
            @Nullable String expiresIn) {}

    /** Shapes of lists, for the description. */
    @Schema(name = "UserPage")
    record UserPage(List<Shapes.UserShape> items) {}

    @Schema(name = "TokenPage")
    record TokenPage(List<Shapes.TokenShape> items) {}

    @Schema(name = "AuditPage")
    record AuditPage(
            List<Shapes.AuditShape> items, @Nullable String next) {}

    /** All users in the caller's scope. */
    @GET
    @Path("users")
    @Operation(summary = "List users")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = UserPage.class)))
    public Shapes.Items<Shapes.UserShape> users(@Context SecurityContext security) {
        return Shapes.Items.all(users.list(Caller.actor(security)).stream()
                .map(Shapes.UserShape::of)
                .toList());
    }

    /** Makes a user. */
    @POST
    @Path("users")
    @Operation(summary = "Make a user; the password must be changed at the first login")
    @RequestBody(content = @Content(schema = @Schema(implementation = NewUser.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Shapes.UserShape.class)))
    public Response create(
            @Context SecurityContext security, @HeaderParam("Idempotency-Key") @Nullable String key, byte[] body) {
        Actor actor = Caller.actor(security, key, "POST users", body);
        NewUser wanted = json.read(body, NewUser.class);
        if (wanted.name() == null || wanted.password() == null) {
            throw new InvalidRequestException("name and password are needed");
        }
        return Response.status(Response.Status.CREATED)
                .entity(Shapes.UserShape.of(users.create(
                        actor,
                        new UserActions.NewUser(
                                wanted.name(),
                                new Secret(wanted.password()),
                                Asked.choice(wanted.role(), Role.class, "role").orElse(Role.VIEWER),
                                scope(actor, wanted.site(), wanted.tag())))))
                .build();
    }

    /** Changes a user. */
    @PATCH
    @Path("users/{name}")
    @Operation(summary = "Change a user: password, role, scope, disabled")
    @RequestBody(content = @Content(schema = @Schema(implementation = UserPatch.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Shapes.UserShape.class)))
    public Shapes.UserShape patch(
            @Context SecurityContext security,
            @PathParam("name") String name,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            byte[] body) {
        Actor actor = Caller.actor(security, key, "PATCH user " + name, body);
        UserPatch patch = json.read(body, UserPatch.class);
        boolean scoped = patch.site() != null || patch.tag() != null;
        return Shapes.UserShape.of(users.patch(
                actor,
                name,
                new UserActions.Patch(
                        Optional.ofNullable(patch.password()).map(Secret::new),
                        Asked.choice(patch.role(), Role.class, "role"),
                        scoped ? Optional.of(scope(actor, patch.site(), patch.tag())) : Optional.empty(),
                        Optional.ofNullable(patch.disabled()))));
    }

    /** Changes the caller's own password. */
    @POST
    @Path("users/me/password")
    @Operation(summary = "Change one's own password")
    @RequestBody(content = @Content(schema = @Schema(implementation = PasswordChange.class)))
    @ApiResponse(responseCode = "204")
    public Response password(@Context SecurityContext security, byte[] body) {
        PasswordChange change = json.read(body, PasswordChange.class);
        if (change.old() == null || change.wanted() == null) {
            throw new InvalidRequestException("both passwords are needed: {\"old\":…,\"new\":…}");
        }
        users.changePassword(Caller.actor(security), new Secret(change.old()), new Secret(change.wanted()));
        return Response.noContent().build();
    }

    /** The caller's tokens; an administrator sees all. */
    @GET
    @Path("tokens")
    @Operation(summary = "List tokens")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TokenPage.class)))
    public Shapes.Items<Shapes.TokenShape> tokens(@Context SecurityContext security) {
        return Shapes.Items.all(tokens.list(Caller.actor(security)).stream()
                .map(token -> Shapes.TokenShape.of(token, null))
                .toList());
    }

    /** Makes a token; it is shown this once. */
    @POST
    @Path("tokens")
    @Operation(
            summary = "Make a token for a script; it is shown this once",
            description = "Asked for again with the same Idempotency-Key it is not made again, and 409 names it.")
    @RequestBody(content = @Content(schema = @Schema(implementation = NewToken.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Shapes.TokenShape.class)))
    public Response token(
            @Context SecurityContext security, @HeaderParam("Idempotency-Key") @Nullable String key, byte[] body) {
        Actor actor = Caller.actor(security, key, "POST tokens", body);
        NewToken wanted = json.read(body, NewToken.class);
        boolean scoped = wanted.site() != null || wanted.tag() != null;
        TokenActions.Made made = tokens.create(
                actor,
                new TokenActions.Request(
                        wanted.label() == null ? "" : wanted.label(),
                        Asked.choice(wanted.role(), Role.class, "role"),
                        scoped ? Optional.of(scope(actor, wanted.site(), wanted.tag())) : Optional.empty(),
                        Optional.ofNullable(wanted.expiresIn()).map(text -> Asked.duration(text, "expiresIn"))));
        ApiToken token = made.token();
        return Response.status(Response.Status.CREATED)
                .entity(Shapes.TokenShape.of(token, made.text().reveal()))
                .build();
    }

    /** Revokes a token. */
    @DELETE
    @Path("tokens/{id}")
    @Operation(summary = "Revoke a token: it stops working at once")
    @ApiResponse(responseCode = "204")
    public Response revoke(
            @Context SecurityContext security,
            @PathParam("id") String id,
            @HeaderParam("Idempotency-Key") @Nullable String key) {
        tokens.revoke(Caller.actor(security, key, "DELETE token " + id), id);
        return Response.noContent().build();
    }

    /** Who did what, newest first. */
    @GET
    @Path("audit")
    @Operation(summary = "List who did what, newest first")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = AuditPage.class)))
    public Response audit(
            @Context SecurityContext security,
            @QueryParam("subject") @Nullable String subject,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Actor actor = Caller.actor(security);
        int most = Asked.limit(limit, Asked.LARGEST_PAGE);
        return Response.ok(Shapes.Items.of(
                        guard.read(actor, Permission.READ_AUDIT, stores -> stores.audit()
                                .list(
                                        actor.scope(),
                                        Asked.text(subject, "subject"),
                                        most,
                                        Asked.text(cursor, "cursor"))),
                        entry -> Shapes.AuditShape.of(entry, json)))
                .build();
    }

    private static Scope scope(Actor actor, @Nullable String site, @Nullable String tag) {
        return new Scope(actor.scope().tenant(), site == null ? "" : site, tag == null ? "" : tag);
    }
}
