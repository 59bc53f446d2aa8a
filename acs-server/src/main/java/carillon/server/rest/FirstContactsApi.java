package carillon.server.rest;

import carillon.db.FirstContact;
import carillon.db.Page;
import carillon.server.operator.FirstContactActions;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Phones that asked for their first profile. */
@Path("/api/v1/first-contacts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "first contacts")
public final class FirstContactsApi {
    private final FirstContactActions contacts;

    FirstContactsApi(FirstContactActions contacts) {
        this.contacts = contacts;
    }

    @Schema(name = "FirstContact")
    record ContactShape(
            String id,
            @Nullable String mac,
            @Nullable String serial,
            @Nullable String model,
            @Nullable String version,
            String address,

            @Schema(allowableValues = {"http", "https", "tftp"})
            String road,

            String path,

            @Schema(description = "what the phone sent of itself with a POST") @Nullable
            String description,

            String firstAt,
            String lastAt,

            @Schema(description = "the device with this MAC address or serial number, where one came by CWMP") @Nullable
            String device) {
        static ContactShape of(FirstContact contact) {
            FirstContact.Said said = contact.said();
            return new ContactShape(
                    contact.id(),
                    orNull(said.mac()),
                    orNull(said.serial()),
                    orNull(said.model()),
                    orNull(said.version()),
                    said.source(),
                    said.road(),
                    said.path(),
                    orNull(said.description()),
                    contact.firstAt().toString(),
                    contact.lastAt().toString(),
                    contact.device().orElse(null));
        }

        private static @Nullable String orNull(String text) {
            return text.isEmpty() ? null : text;
        }
    }

    /** The page's shape, for the description. */
    @Schema(name = "FirstContactPage")
    record ContactPage(List<ContactShape> items, @Nullable String next) {}

    /** Phones, newest first. */
    @GET
    @Operation(
            summary = "Phones that asked for their first profile, newest first",
            description = "What is told of them is what they say themselves, and proves nothing.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ContactPage.class)))
    public Response list(
            @Context SecurityContext security,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Page<FirstContact> page = contacts.list(
                Caller.actor(security), Asked.limit(limit, Asked.LARGEST_PAGE), Asked.text(cursor, "cursor"));
        return Response.ok(Shapes.Items.of(page, ContactShape::of)).build();
    }

    /** Forgets one. */
    @DELETE
    @Path("{id}")
    @Operation(summary = "Forget one; if the phone comes again it is here again")
    @ApiResponse(responseCode = "204")
    public Response delete(
            @Context SecurityContext security,
            @PathParam("id") String id,
            @HeaderParam("Idempotency-Key") @Nullable String key) {
        contacts.delete(Caller.actor(security, key, "DELETE first-contact " + id), id);
        return Response.noContent().build();
    }
}
