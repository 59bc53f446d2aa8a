package carillon.server.rest;

import carillon.cwmp.discovery.AcsOffer;
import carillon.cwmp.discovery.DhcpOption;
import carillon.server.discovery.Announcement;
import carillon.server.discovery.DhcpSnippets;
import carillon.server.discovery.DhcpSnippets.Format;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How phones find this server. Whoever may call the API may ask: nothing here tells anything of the server. */
@Path("/api/v1/discovery")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "discovery")
public final class DiscoveryApi {
    /** One option. */
    @Schema(name = "DhcpOption")
    record OptionShape(
            int code,
            @Schema(description = "code, length and value") String hex) {
        static OptionShape of(DhcpOption option) {
            return new OptionShape(option.code(), option.hex());
        }
    }

    /**
     * What a DHCP server shall say.
     *
     * @param text for the configuration of that server
     */
    @Schema(name = "DhcpAnnouncement")
    record AnnouncementShape(String format, List<OptionShape> options, String text) {}

    /** Options 43 and 125, and 66, 150 and 160 where asked for. */
    @GET
    @Path("dhcp")
    @Operation(summary = "What a DHCP server has to tell phones")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = AnnouncementShape.class)))
    public AnnouncementShape dhcp(
            @Parameter(required = true, description = "where phones find the ACS") @QueryParam("acsUrl") @Nullable
                    String acsUrl,
            @Parameter(description = "dnsmasq, kea, isc, cisco-ios, mikrotik, windows or hex")
                    @QueryParam("format")
                    @Nullable
                    String format,
            @QueryParam("provisioningCode") @Nullable String provisioningCode,
            @QueryParam("retryWait") @Nullable String retryWait,
            @QueryParam("retryMultiplier") @Nullable String retryMultiplier,
            @Parameter(description = "option 43 is the address alone") @QueryParam("bareUrl") boolean bareUrl,
            @QueryParam("profileUrl") @Nullable String profileUrl,
            @QueryParam("tftpServer") List<String> tftpServers) {
        if (acsUrl == null) {
            throw new InvalidRequestException(
                    "acsUrl is missing; say where phones find the ACS, such as ?acsUrl=https://acs.example.com:7548/");
        }
        Format wanted = Format.of(format == null ? "hex" : format)
                .orElseThrow(() -> new InvalidRequestException("format is '" + format + "', but must be one of "
                        + Arrays.stream(Format.values()).map(Format::text).collect(Collectors.joining(", "))));
        try {
            Announcement announcement = new Announcement(
                    new AcsOffer(
                            acsUrl,
                            Optional.ofNullable(provisioningCode),
                            Optional.ofNullable(retryWait),
                            Optional.ofNullable(retryMultiplier)),
                    bareUrl,
                    Optional.ofNullable(profileUrl),
                    tftpServers);
            return new AnnouncementShape(
                    wanted.text(),
                    announcement.options().stream().map(OptionShape::of).toList(),
                    DhcpSnippets.text(announcement, wanted));
        } catch (IllegalArgumentException wrong) {
            throw new InvalidRequestException(String.valueOf(wrong.getMessage()));
        }
    }
}
