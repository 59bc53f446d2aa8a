package carillon.server.cli;

import carillon.cwmp.ParameterValue;
import carillon.cwmp.flatprofile.AssumedPhone;
import carillon.cwmp.flatprofile.Evidence;
import carillon.cwmp.flatprofile.ExtensionLayout;
import carillon.cwmp.flatprofile.KeyCatalogue;
import carillon.cwmp.flatprofile.Mapping;
import carillon.cwmp.flatprofile.MappingLines;
import carillon.cwmp.flatprofile.MappingTable;
import carillon.cwmp.flatprofile.PhoneMappings;
import carillon.cwmp.flatprofile.ProfileKey;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carillon profile map}: TR-069 parameters to keys and back, and the table itself. */
@Command(
        name = "map",
        description = {
            "Turns parameters of TR-069 into keys of flat profiles, and keys into parameters.",
            "PARAMETER=VALUE becomes key=value, KEY=VALUE becomes parameter=value; what stands together is put together"
                    + " (host and port). A parameter or key without a value shows its line of the table; nothing at all"
                    + " shows the table. Ends with 1 where something has no counterpart."
        },
        mixinStandardHelpOptions = true)
final class ProfileMapCommand implements Callable<Integer> {
    private static final Pattern PATH = Pattern.compile("(Device|InternetGatewayDevice)\\..*");
    private static final Pattern MANY_LINES = Pattern.compile(".*\\.VoiceProfile\\.1\\.Line\\.([2-9]|\\d{2,})\\..*");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "WHAT", description = "Parameters or keys, with =VALUE or without.")
    private List<String> what = List.of();

    @Option(names = "--counts", description = "Print how many lines there are of each mark.")
    private boolean counts;

    @Option(names = "--adapter", description = "Use the table of analogue adapters (ATA 191, 192).")
    private boolean adapter;

    @Option(
            names = "--layout",
            description = "Where the phone keeps its extensions: PROFILE_EACH (a voice profile for each) or LINE_EACH"
                    + " (lines of one profile). Servers see it on the phone; here it is guessed from the parameters.")
    private ExtensionLayout.@Nullable Kind layout;

    @Option(names = "--lines", paramLabel = "FILE", description = "More lines for the table, which come first.")
    private @Nullable String own;

    @Override
    public Integer call() {
        MappingTable table = table();
        PrintWriter out = spec.commandLine().getOut();
        if (counts) {
            table.counts().forEach((fidelity, count) -> out.println(fidelity.text() + " " + count));
            table.countsByEvidence().forEach((evidence, count) -> out.println(evidence.text() + " " + count));
            out.println("keys " + table.keys());
            out.flush();
            return 0;
        }
        if (what.isEmpty()) {
            table.lines().forEach(line -> out.println(line.line()));
            out.flush();
            return 0;
        }
        return translate(table, out) ? 0 : 1;
    }

    private boolean translate(MappingTable table, PrintWriter out) {
        KeyCatalogue catalogue = KeyCatalogue.standard();
        List<ParameterValue> parameters = new ArrayList<>();
        SortedMap<ProfileKey, String> keys = new TreeMap<>();
        boolean all = true;
        for (String one : what) {
            int equals = one.indexOf('=');
            String name = equals < 0 ? one : one.substring(0, equals);
            boolean path = PATH.matcher(name).matches();
            if (equals < 0) {
                all &= show(path ? table.ofPath(name) : table.ofKey(catalogue.key(name)), name, out);
            } else if (path) {
                parameters.add(ParameterValue.string(name, one.substring(equals + 1)));
            } else {
                keys.put(key(catalogue, name), one.substring(equals + 1));
            }
        }
        PhoneMappings phone = new PhoneMappings(table, AssumedPhone.tree(table, kind(parameters)), catalogue);
        PhoneMappings.Keys told = phone.toKeys(parameters);
        PhoneMappings.Writes writes = phone.toPaths(keys);
        told.values().forEach((key, value) -> out.println(key.name() + "=" + value));
        writes.values()
                .forEach(value -> out.println(value.path() + "=" + value.value() + "  ("
                        + value.type().text() + ")"));
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        for (ParameterValue parameter : parameters) {
            if (table.ofPath(parameter.path()).isEmpty()) {
                err.println("note: " + parameter.path() + ": no line of the table is about it");
                all = false;
            }
        }
        told.untold().forEach((path, reason) -> err.println("note: " + path + ": " + reason));
        writes.unreachable().forEach((key, reason) -> err.println("note: " + key.name() + ": " + reason));
        err.flush();
        return all && told.untold().isEmpty() && writes.unreachable().isEmpty();
    }

    private ExtensionLayout.Kind kind(List<ParameterValue> parameters) {
        if (layout != null) {
            return layout;
        }
        boolean lines = parameters.stream()
                .anyMatch(parameter -> MANY_LINES.matcher(parameter.path()).matches());
        return lines ? ExtensionLayout.Kind.LINE_EACH : ExtensionLayout.Kind.PROFILE_EACH;
    }

    private boolean show(List<Mapping> lines, String name, PrintWriter out) {
        lines.forEach(line -> out.println(line.line()));
        out.flush();
        if (lines.isEmpty()) {
            spec.commandLine().getErr().println("note: " + name + ": no line of the table is about it");
        }
        return !lines.isEmpty();
    }

    private ProfileKey key(KeyCatalogue catalogue, String name) {
        try {
            return catalogue.key(name);
        } catch (IllegalArgumentException impossible) {
            throw new ParameterException(spec.commandLine(), "carillon: " + impossible.getMessage(), impossible);
        }
    }

    private MappingTable table() {
        MappingTable table = adapter ? MappingTable.adapters() : MappingTable.standard();
        if (own == null) {
            return table;
        }
        try {
            List<Mapping> lines = new String(OctetFiles.read(own), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> MappingLines.parse(line, Evidence.SITE))
                    .toList();
            return table.with(lines);
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailedException(own + ": " + wrong.getMessage());
        }
    }
}
