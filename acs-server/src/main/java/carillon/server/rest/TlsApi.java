package carillon.server.rest;

import carillon.server.operator.Actor;
import carillon.server.operator.AuthorityActions;
import carillon.server.operator.AuthorityActions.Status;
import carillon.server.operator.AuthorityActions.Step;
import carillon.server.operator.TlsActions;
import carillon.server.tls.Fingerprint;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Certificates: whose phones' certificates count, and what this server shows. */
@Path("/api/v1/tls")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "administration")
public final class TlsApi {
    private final TlsActions tls;
    private final AuthorityActions authority;
    private final Json json;

    TlsApi(TlsActions tls, AuthorityActions authority, Json json) {
        this.tls = tls;
        this.authority = authority;
        this.json = json;
    }

    /** A certificate as people know it. */
    @Schema(name = "Certificate")
    record CertificateShape(String fingerprint, String subject, String issuer, String notBefore, String notAfter) {
        static CertificateShape of(X509Certificate certificate) {
            return new CertificateShape(
                    Fingerprint.of(certificate),
                    certificate.getSubjectX500Principal().getName(),
                    certificate.getIssuerX500Principal().getName(),
                    certificate.getNotBefore().toInstant().toString(),
                    certificate.getNotAfter().toInstant().toString());
        }
    }

    /** The list's shape, for the description. */
    @Schema(name = "CertificatePage")
    record CertificatePage(List<CertificateShape> items) {}

    /** A PEM text. */
    @Schema(name = "Pem")
    record Pem(@Nullable String pem) {}

    /**
     * What is shown to phones.
     *
     * @param source {@code own} of this server's authority, or {@code operator}
     * @param names that phones may call this server by
     */
    @Schema(name = "Tls")
    record TlsShape(
            CertificateShape certificate,
            List<String> names,

            @Schema(allowableValues = {"own", "operator"}) String source,

            AuthorityShape authority) {
        static TlsShape of(Status status) {
            return new TlsShape(
                    CertificateShape.of(status.certificate()),
                    List.copyOf(status.names()),
                    status.operators() ? "operator" : "own",
                    new AuthorityShape(
                            status.phase().name().toLowerCase(Locale.ROOT),
                            CertificateShape.of(status.signing()),
                            status.other().map(CertificateShape::of).orElse(null),
                            new HoldersShape(
                                    status.holders().approved(),
                                    status.holders().called(),
                                    status.holders().fetched(),
                                    status.holders().missing())));
        }
    }

    /**
     * The authority, and how far its replacement is.
     *
     * @param other the new one before the switch, the old one after it
     */
    @Schema(name = "Authority")
    record AuthorityShape(
            @Schema(allowableValues = {"settled", "prepared", "switched"})
            String phase,

            CertificateShape signing,
            @Nullable CertificateShape other,
            HoldersShape holders) {}

    /**
     * How many approved devices hold the new authority.
     *
     * @param called have called since it signs
     * @param fetched have fetched it from {@code /ca/WHO.pem}
     * @param missing of whom nothing is known
     */
    @Schema(name = "AuthorityHolders")
    record HoldersShape(long approved, long called, long fetched, long missing) {}

    /** How to take a step. */
    @Schema(name = "AuthorityStep")
    record StepShape(@Nullable Boolean evenIfMissing) {}

    /** What is shown. */
    @GET
    @Operation(summary = "Read the certificate that phones are shown, and how far a replacement of its authority is")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TlsShape.class)))
    public TlsShape status(@Context SecurityContext security) {
        return TlsShape.of(authority.status(Caller.actor(security)));
    }

    /** Reads the files again. */
    @POST
    @Path("reload")
    @Operation(
            summary = "Put to use what lies in tls.certificate or tls.keystore by now, and beside the client roots",
            description = "It is also looked for every half minute.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TlsShape.class)))
    public TlsShape reload(@Context SecurityContext security) {
        return TlsShape.of(authority.reload(Caller.actor(security)));
    }

    /** Takes a step. */
    @POST
    @Path("authority/{step}")
    @Operation(
            summary = "Replace the authority, step by step: prepare, switch, finish; abandon and back undo",
            description = "prepare makes a new one, which phones are given together with the old one (GET /ca.pem or"
                    + " /ca/SERIAL.pem of the phones' listeners). switch signs with the new one, finish forgets the old"
                    + " one; both are refused while approved devices are missing, unless evenIfMissing is said.")
    @RequestBody(content = @Content(schema = @Schema(implementation = StepShape.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TlsShape.class)))
    public TlsShape step(@Context SecurityContext security, @PathParam("step") String step, byte[] body) {
        Actor actor = Caller.actor(security);
        boolean even = body.length > 0
                && Boolean.TRUE.equals(json.read(body, StepShape.class).evenIfMissing());
        return TlsShape.of(authority.step(actor, named(step), even));
    }

    private static Step named(String text) {
        for (Step step : Step.values()) {
            if (step.name().toLowerCase(Locale.ROOT).equals(text)) {
                return step;
            }
        }
        throw new InvalidRequestException(
                "'" + Asked.shown(text) + "' is no step; allowed: prepare, abandon, switch, back, finish");
    }

    /** The list's shape, for the description. */
    @Schema(name = "MissingDevices")
    record MissingPage(List<MissingShape> items) {}

    /** A device that is not known to hold the new authority. */
    @Schema(name = "MissingDevice")
    record MissingShape(String id, @Nullable String lastInform) {}

    /** Who would be stranded. */
    @GET
    @Path("authority/missing")
    @Operation(summary = "List approved devices that are not known to hold the new authority")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MissingPage.class)))
    public Shapes.Items<MissingShape> missing(@Context SecurityContext security) {
        return Shapes.Items.all(authority.missing(Caller.actor(security)).stream()
                .map(device -> new MissingShape(
                        device.id().encoded(),
                        device.presence().lastInform().map(Instant::toString).orElse(null)))
                .toList());
    }

    /** The roots. */
    @GET
    @Path("client-roots")
    @Operation(summary = "List the roots under which phones' client certificates count")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CertificatePage.class)))
    public Shapes.Items<CertificateShape> clientRoots(@Context SecurityContext security) {
        return shown(tls.clientRoots(Caller.actor(security)));
    }

    /** Imports some. */
    @POST
    @Path("client-roots")
    @Operation(
            summary = "Import roots under which phones' client certificates count",
            description = "Such as the manufacturer's, of which this server brings none. The text may hold several.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Pem.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = CertificatePage.class)))
    public Response addClientRoots(@Context SecurityContext security, byte[] body) {
        Actor actor = Caller.actor(security);
        String pem = json.read(body, Pem.class).pem();
        if (pem == null) {
            throw new InvalidRequestException("pem is missing; it holds -----BEGIN CERTIFICATE----- and so on");
        }
        return Response.status(Response.Status.CREATED)
                .entity(shown(tls.addClientRoots(actor, pem)))
                .build();
    }

    /** Removes one. */
    @DELETE
    @Path("client-roots/{fingerprint}")
    @Operation(summary = "Remove a root of client certificates")
    @ApiResponse(responseCode = "204")
    public Response removeClientRoot(
            @Context SecurityContext security,
            @PathParam("fingerprint") String fingerprint,
            @HeaderParam("Idempotency-Key") @Nullable String key) {
        tls.removeClientRoot(
                Caller.actor(security, key, "DELETE client-root " + fingerprint), fingerprint.toLowerCase(Locale.ROOT));
        return Response.noContent().build();
    }

    private static Shapes.Items<CertificateShape> shown(List<X509Certificate> certificates) {
        return Shapes.Items.all(certificates.stream().map(CertificateShape::of).toList());
    }
}
