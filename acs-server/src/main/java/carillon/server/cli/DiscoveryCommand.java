package carillon.server.cli;

import carillon.cwmp.discovery.AcsOffer;
import carillon.cwmp.discovery.DhcpOption;
import carillon.cwmp.discovery.DhcpReading;
import carillon.server.discovery.Announcement;
import carillon.server.discovery.DhcpSnippets;
import carillon.server.discovery.DhcpSnippets.Format;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carillon discovery}: what DHCP servers have to tell phones, and what phones and servers tell each other. */
@Command(
        name = "discovery",
        description = "Prints what a DHCP server needs so that phones find this one; reads options.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class DiscoveryCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** The names of the formats, for the help and for completion. */
    static final class Formats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Format.values()).map(Format::text).iterator();
        }
    }

    @Command(name = "options", description = "Prints DHCP options 43 and 125, and 66, 150 and 160 where asked for.")
    int options(
            @Option(names = "--acs-url", required = true, description = "Where phones find the ACS.") String acsUrl,
            @Option(
                            names = "--format",
                            defaultValue = "hex",
                            completionCandidates = Formats.class,
                            description = "One of ${COMPLETION-CANDIDATES}.")
                    String format,
            @Option(names = "--provisioning-code", description = "What phones report as their ProvisioningCode.")
                    @Nullable
                    String provisioningCode,
            @Option(names = "--retry-wait", description = "Seconds until a phone's first retry, 1 to 65535.") @Nullable
                    String retryWait,
            @Option(names = "--retry-multiplier", description = "By how many thousandths each next one takes longer.")
                    @Nullable
                    String retryMultiplier,
            @Option(names = "--bare-url", description = "Option 43 is the address alone, without sub-options.")
                    boolean bare,
            @Option(
                            names = "--profile-url",
                            description = "Where profiles are, for options 66 and 160; macros allowed.")
                    @Nullable
                    String profileUrl,
            @Option(names = "--tftp-server", split = ",", description = "Addresses for option 150.") @Nullable
                    List<String> tftpServers) {
        try {
            Format wanted = Format.of(format)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "the format '" + format + "' is not one of " + String.join(", ", new Formats())));
            AcsOffer acs = new AcsOffer(
                    acsUrl,
                    Optional.ofNullable(provisioningCode),
                    Optional.ofNullable(retryWait),
                    Optional.ofNullable(retryMultiplier));
            Announcement announcement = new Announcement(
                    acs, bare, Optional.ofNullable(profileUrl), tftpServers == null ? List.of() : tftpServers);
            return print(DhcpSnippets.text(announcement, wanted));
        } catch (IllegalArgumentException wrong) {
            throw new CommandLine.ParameterException(spec.commandLine(), "carillon: " + wrong.getMessage(), wrong);
        }
    }

    @Command(
            name = "decode",
            description = "Says what DHCP options mean: code, length and value as hexadecimal digits.")
    int decode(@Parameters(paramLabel = "HEX", arity = "1..*") List<String> hex) {
        try {
            StringBuilder lines = new StringBuilder();
            for (DhcpOption option : DhcpOption.parse(String.join("", hex))) {
                DhcpReading.of(option).forEach(line -> lines.append(line).append('\n'));
            }
            return print(lines.toString());
        } catch (IllegalArgumentException unreadable) {
            throw new CommandFailedException(String.valueOf(unreadable.getMessage()));
        }
    }

    private int print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
        return 0;
    }
}
