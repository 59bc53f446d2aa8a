package carillon.server.rest;

import carillon.db.Device;
import carillon.db.DeviceQuery;
import carillon.db.DeviceState;
import carillon.server.operator.Actor;
import carillon.server.operator.DeviceActions;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Devices: list, search, announce, read, change, delete. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "devices")
public final class DevicesApi {
    private final DeviceActions devices;
    private final Announcements announcements;
    private final Json json;

    DevicesApi(DeviceActions devices, Json json) {
        this.devices = devices;
        this.announcements = new Announcements(json);
        this.json = json;
    }

    /**
     * What of a device shall be different; what is left out stays.
     *
     * @param informInterval seconds between its Informs; 0 for the server's own
     */
    @Schema(name = "DevicePatch")
    record Patch(
            @Schema(allowableValues = {"approved", "refused"}) @Nullable
            String state,

            @Nullable String label,
            @Nullable String site,
            @Nullable List<String> tags,
            @Nullable Integer informInterval) {}

    /** One page of what is looked for. */
    @GET
    @Path("devices")
    @Operation(summary = "List or search devices")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DevicePage.class)))
    public Response list(
            @Context SecurityContext security,
            @Parameter(description = "beginnings of words: MAC in any writing, serial, IP address, label, tag")
                    @QueryParam("q")
                    @Nullable
                    String text,
            @QueryParam("state") @Nullable String state,
            @QueryParam("late") @Nullable String late,
            @QueryParam("site") @Nullable String site,
            @QueryParam("tag") @Nullable String tag,
            @QueryParam("softwareVersion") @Nullable String softwareVersion,
            @QueryParam("productClass") @Nullable String productClass,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        DeviceQuery query = new DeviceQuery(
                Asked.text(text, "q"),
                Asked.choice(state, DeviceState.class, "state"),
                Asked.yesOrNo(late, "late"),
                Asked.text(site, "site"),
                Asked.text(tag, "tag"),
                Asked.text(softwareVersion, "softwareVersion"),
                Asked.text(productClass, "productClass"),
                Asked.limit(limit, Asked.LARGEST_PAGE),
                Asked.text(cursor, "cursor"));
        return Response.ok(Shapes.Items.of(devices.search(Caller.actor(security), query), DeviceShape::of))
                .build();
    }

    /** The page's shape, for the description. */
    @Schema(name = "DevicePage")
    record DevicePage(
            List<DeviceShape> items,
            @Nullable String next,
            long total,
            @Nullable Long totalIsAtLeast) {}

    /** Announces one device (an object), or many (an array, or CSV with a header line). */
    @POST
    @Path("devices")
    @Operation(
            summary = "Announce devices that are expected",
            description = "An object, an array of them, or text/csv with the columns id (or oui, productClass, serial),"
                    + " label, site, tags (separated by blanks). All or none are stored.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Announcements.One.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = DeviceShape.class)))
    public Response announce(
            @Context SecurityContext security,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("Content-Type") @Nullable String type,
            byte[] body) {
        Actor actor = Caller.actor(security, key, "POST devices", body);
        Announcements.Read read = announcements.read(body, type == null ? "" : type);
        List<DeviceShape> stored = devices.announce(actor, read.announcements()).stream()
                .map(device -> DeviceShape.of(device, 0))
                .toList();
        return read.single()
                ? Response.created(URI.create("/api/v1/devices/" + stored.get(0).id()))
                        .entity(stored.get(0))
                        .build()
                : Response.status(Response.Status.CREATED)
                        .entity(Shapes.Items.all(stored))
                        .build();
    }

    /** One device. */
    @GET
    @Path("devices/{id}")
    @Operation(summary = "Read a device")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DeviceShape.class)))
    public DeviceShape read(@Context SecurityContext security, @PathParam("id") String id) {
        Actor actor = Caller.actor(security);
        return shape(actor, devices.find(actor, id));
    }

    /** Changes what people say of a device. */
    @PATCH
    @Path("devices/{id}")
    @Operation(summary = "Change a device: state, label, site, tags, inform interval")
    @RequestBody(content = @Content(schema = @Schema(implementation = Patch.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DeviceShape.class)))
    public DeviceShape patch(
            @Context SecurityContext security,
            @PathParam("id") String id,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            byte[] body) {
        Actor actor = Caller.actor(security, key, "PATCH device " + id, body);
        Patch patch = json.read(body, Patch.class);
        Device changed = devices.patch(
                actor,
                id,
                new DeviceActions.Patch(
                        Optional.ofNullable(patch.state()),
                        Optional.ofNullable(patch.label()),
                        Optional.ofNullable(patch.site()),
                        Optional.ofNullable(patch.tags()).map(Set::copyOf),
                        Optional.ofNullable(patch.informInterval()).map(Duration::ofSeconds)));
        return shape(actor, changed);
    }

    /**
     * How far the handing over of its own credentials has come; never the credentials.
     *
     * @param generation of the newest; 0 before the first
     * @param certified whether it has come with a client certificate that names it
     */
    @Schema(name = "DeviceCredentials")
    record CredentialShape(
            @Schema(allowableValues = {"none", "issued", "seen", "due", "rotating"})
            String state,

            int generation,
            @Nullable String issuedAt,
            boolean certified) {
        static CredentialShape of(Device device) {
            Device.Trust trust = device.trust();
            return new CredentialShape(
                    trust.credentials().name().toLowerCase(Locale.ROOT),
                    trust.generation(),
                    trust.issuedAt().map(Instant::toString).orElse(null),
                    trust.certified());
        }
    }

    /** The state of its credentials. */
    @GET
    @Path("devices/{id}/credentials")
    @Operation(summary = "Read how far the handing over of a device's own credentials has come")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CredentialShape.class)))
    public CredentialShape credentials(@Context SecurityContext security, @PathParam("id") String id) {
        return CredentialShape.of(devices.find(Caller.actor(security), id));
    }

    /** New ones, please. */
    @POST
    @Path("devices/{id}/credentials/rotation")
    @Operation(
            summary = "Give a device new credentials when it comes next",
            description = "Those it has are good until it used the new ones, or a day has passed since they were sent.")
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = CredentialShape.class)))
    public Response rotate(@Context SecurityContext security, @PathParam("id") String id) {
        Device changed = devices.rotateCredentials(Caller.actor(security), id);
        return Response.accepted(CredentialShape.of(changed)).build();
    }

    /** Deletes a device and all that is known of it. */
    @DELETE
    @Path("devices/{id}")
    @Operation(summary = "Delete a device and all that is known of it")
    @ApiResponse(responseCode = "204")
    public Response delete(
            @Context SecurityContext security,
            @PathParam("id") String id,
            @HeaderParam("Idempotency-Key") @Nullable String key) {
        devices.delete(Caller.actor(security, key, "DELETE device " + id), id);
        return Response.noContent().build();
    }

    private DeviceShape shape(Actor actor, Device device) {
        return DeviceShape.of(device, devices.pendingRpcs(actor, device), devices.company(actor, device));
    }
}
