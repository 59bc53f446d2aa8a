package carillon.server.rest;

import carillon.db.Device;
import carillon.db.Page;
import carillon.db.StoredFile;
import carillon.server.operator.Actor;
import carillon.server.operator.DeviceActions;
import carillon.server.operator.FileActions;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files: firmware, configurations and the like for phones, and what phones send. */
@Path("/api/v1/files")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "files")
public final class FilesApi {
    private static final String BINARY = MediaType.APPLICATION_OCTET_STREAM;
    private static final String WHAT_TYPE =
            "as CWMP names file types, such as 1 Firmware Upgrade Image, or a vendor's own: X 00562B name";
    private static final String WHAT_MODELS = "product classes it is for, parted by commas; left out: all";
    private static final String WHAT_SECRETS =
            "whether it may hold secrets, which keeps it off roads without TLS; left out: configurations do";
    private static final String WHAT_OFFERED =
            "whether a phone that asks for a file of this type (RequestDownload) gets it";

    private static final String WHAT_OPEN =
            "whether everybody may fetch it by its name, at /files/NAME of the file listeners, over HTTP, HTTPS and"
                    + " TFTP";

    private final FileActions files;
    private final DeviceActions devices;
    private final Json json;

    FilesApi(FileActions files, DeviceActions devices, Json json) {
        this.files = files;
        this.devices = devices;
        this.json = json;
    }

    /** What shall be said of a file; what is left out stays. */
    @Schema(name = "FilePatch")
    record Patch(
            @Schema(description = WHAT_TYPE) @Nullable String type,
            @Nullable String version,
            @Nullable List<String> models,
            @Nullable Boolean secrets,
            @Nullable Boolean offered,

            @Schema(name = "public", description = WHAT_OPEN) @JsonProperty("public") @Nullable
            Boolean open) {}

    @Schema(name = "File")
    record FileShape(
            String name,
            String type,
            @Nullable String version,
            List<String> models,
            long size,
            String sha256,

            @Schema(allowableValues = {"operator", "phone"}) String origin,

            boolean secrets,
            boolean offered,

            @Schema(name = "public", description = WHAT_OPEN) @JsonProperty("public")
            boolean open,

            @Schema(description = "the phone that sent it") @Nullable
            String device,

            @Schema(description = "the Upload that it came with") @Nullable
            String rpc,

            @Nullable String site,
            String createdBy,
            String createdAt) {
        static FileShape of(StoredFile file, Optional<String> device) {
            return new FileShape(
                    file.name(),
                    file.type(),
                    file.version().isEmpty() ? null : file.version(),
                    file.models(),
                    file.octets(),
                    file.sha256(),
                    Shapes.lower(file.origin()),
                    file.secrets(),
                    file.offered(),
                    file.open(),
                    device.orElse(null),
                    file.rpcId().isEmpty() ? null : file.rpcId(),
                    file.site().isEmpty() ? null : file.site(),
                    file.createdBy(),
                    file.createdAt().toString());
        }
    }

    /** The page's shape, for the description. */
    @Schema(name = "FilePage")
    record FilePage(List<FileShape> items, @Nullable String next) {}

    /** Files, newest first. */
    @GET
    @Operation(summary = "List files, newest first")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = FilePage.class)))
    public Response list(
            @Context SecurityContext security,
            @Parameter(description = "the beginning of the name") @QueryParam("q") @Nullable String text,
            @Parameter(description = WHAT_TYPE) @QueryParam("type") @Nullable String type,
            @Parameter(description = "operator or phone: who brought it") @QueryParam("origin") @Nullable String origin,
            @Parameter(description = "the phone that sent it") @QueryParam("device") @Nullable String device,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Actor actor = Caller.actor(security);
        Optional<Device> sender =
                device == null || device.isEmpty() ? Optional.empty() : Optional.of(devices.find(actor, device));
        Page<StoredFile> page = files.list(
                actor,
                new FileActions.Filter(
                        Asked.text(text, "q"),
                        Asked.text(type, "type"),
                        Asked.choice(origin, StoredFile.Origin.class, "origin"),
                        sender,
                        Asked.limit(limit, Asked.LARGEST_PAGE),
                        Asked.text(cursor, "cursor")));
        return Response.ok(Shapes.Items.of(page, file -> FileShape.of(file, files.device(actor, file))))
                .build();
    }

    /** Takes a file in; the body is the file itself. */
    @PUT
    @Path("{name}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Bring a file, or another one in its place",
            description = "The body is the file itself, of any length up to files.limit; it is taken as it comes.")
    @RequestBody(content = @Content(mediaType = BINARY, schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = FileShape.class)))
    @ApiResponse(responseCode = "200", description = "another file took its place")
    public Response put(
            @Context SecurityContext security,
            @PathParam("name") String name,
            @Parameter(description = WHAT_TYPE) @QueryParam("type") @Nullable String type,
            @QueryParam("version") @Nullable String version,
            @Parameter(description = WHAT_MODELS) @QueryParam("models") @Nullable String models,
            @Parameter(description = WHAT_SECRETS) @QueryParam("secrets") @Nullable String secrets,
            @Parameter(description = WHAT_OFFERED) @QueryParam("offered") @Nullable String offered,
            @Parameter(description = WHAT_OPEN) @QueryParam("public") @Nullable String open,
            InputStream body)
            throws IOException {
        FileActions.Brought brought = files.bring(
                Caller.actor(security),
                name,
                new FileActions.Description(
                        Optional.ofNullable(type),
                        Optional.ofNullable(version),
                        Optional.ofNullable(models).map(FilesApi::split),
                        Asked.yesOrNo(secrets, "secrets"),
                        Asked.yesOrNo(offered, "offered"),
                        Asked.yesOrNo(open, "public")),
                body);
        FileShape shape = FileShape.of(brought.file(), Optional.empty());
        return brought.replaced()
                ? Response.ok(shape).build()
                : Response.created(URI.create("/api/v1/files/" + name))
                        .entity(shape)
                        .build();
    }

    /** The same, for clients that only know POST. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Bring a file; the name is a parameter")
    @RequestBody(content = @Content(mediaType = BINARY, schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = FileShape.class)))
    public Response post(
            @Context SecurityContext security,
            @QueryParam("name") @Nullable String name,
            @Parameter(description = WHAT_TYPE) @QueryParam("type") @Nullable String type,
            @QueryParam("version") @Nullable String version,
            @Parameter(description = WHAT_MODELS) @QueryParam("models") @Nullable String models,
            @Parameter(description = WHAT_SECRETS) @QueryParam("secrets") @Nullable String secrets,
            @Parameter(description = WHAT_OFFERED) @QueryParam("offered") @Nullable String offered,
            @Parameter(description = WHAT_OPEN) @QueryParam("public") @Nullable String open,
            InputStream body)
            throws IOException {
        return put(security, Asked.text(name, "name"), type, version, models, secrets, offered, open, body);
    }

    /** What is known of a file. */
    @GET
    @Path("{name}")
    @Operation(summary = "Describe a file")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = FileShape.class)))
    public FileShape read(@Context SecurityContext security, @PathParam("name") String name) {
        Actor actor = Caller.actor(security);
        StoredFile file = files.find(actor, name);
        return FileShape.of(file, files.device(actor, file));
    }

    /** The file itself, to be saved and never to be opened in a browser. */
    @GET
    @Path("{name}/content")
    @Produces({BINARY, MediaType.APPLICATION_JSON})
    @Operation(summary = "Fetch a file; who reads what may hold secrets is in the audit log")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = BINARY, schema = @Schema(type = "string", format = "binary")))
    public Response content(@Context SecurityContext security, @PathParam("name") String name) {
        FileActions.Content content = files.content(Caller.actor(security), name);
        StreamingOutput bytes = out -> Files.copy(content.path(), out);
        return Response.ok(bytes, BINARY)
                .header(HttpHeaders.CONTENT_LENGTH, content.file().octets())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .build();
    }

    /** Says something else of a file. */
    @PATCH
    @Path("{name}")
    @Operation(summary = "Say something else of a file")
    @RequestBody(content = @Content(schema = @Schema(implementation = Patch.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = FileShape.class)))
    public FileShape patch(
            @Context SecurityContext security,
            @PathParam("name") String name,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            byte[] body) {
        Actor actor = Caller.actor(security, key, "PATCH file " + name, body);
        Patch patch = json.read(body, Patch.class);
        StoredFile file = files.describe(
                actor,
                name,
                new FileActions.Description(
                        Optional.ofNullable(patch.type()),
                        Optional.ofNullable(patch.version()),
                        Optional.ofNullable(patch.models()),
                        Optional.ofNullable(patch.secrets()),
                        Optional.ofNullable(patch.offered()),
                        Optional.ofNullable(patch.open())));
        return FileShape.of(file, files.device(actor, file));
    }

    /** Removes a file. */
    @DELETE
    @Path("{name}")
    @Operation(summary = "Delete a file; what was queued with it is still sent")
    @ApiResponse(responseCode = "204", description = "it is gone")
    public Response delete(
            @Context SecurityContext security,
            @PathParam("name") String name,
            @HeaderParam("Idempotency-Key") @Nullable String key) {
        files.delete(Caller.actor(security, key, "DELETE file " + name), name);
        return Response.noContent().build();
    }

    private static List<String> split(String models) {
        return Arrays.stream(models.split(","))
                .map(String::strip)
                .filter(model -> !model.isEmpty())
                .toList();
    }
}
