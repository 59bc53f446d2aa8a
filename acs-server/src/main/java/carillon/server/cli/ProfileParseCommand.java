package carillon.server.cli;

import carillon.cwmp.SecretPaths;
import carillon.cwmp.flatprofile.EmptyElements;
import carillon.cwmp.flatprofile.FlatProfile;
import carillon.cwmp.flatprofile.FlatProfileReader;
import carillon.cwmp.flatprofile.KeyCatalogue;
import carillon.cwmp.flatprofile.KeyProblem;
import carillon.cwmp.flatprofile.MalformedProfileException;
import carillon.cwmp.flatprofile.ProfileCheck;
import carillon.cwmp.flatprofile.ProfileEntry;
import carillon.cwmp.flatprofile.ProfileValue;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carillon profile parse}: what is in a profile, and what is wrong with it. */
@Command(
        name = "parse",
        description = "Says what is in a profile: keys and values, unknown keys with the nearest known one, values"
                + " that their keys do not take. Ends with 1 where there are such values.",
        mixinStandardHelpOptions = true)
final class ProfileParseCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The profile; - is the standard input.")
    @SuppressWarnings("NullAway.Init")
    private String file;

    @Option(
            names = "--empty",
            defaultValue = "CLEAR",
            description = "What an element without text means: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private EmptyElements empty = EmptyElements.CLEAR;

    @Option(names = "--secrets", description = "Print secrets as they are.")
    private boolean secrets;

    @Option(names = "--quiet", description = "Print what is wrong alone.")
    private boolean quiet;

    @Override
    public Integer call() {
        FlatProfileReader.Reading reading;
        try {
            reading = new FlatProfileReader(empty).read(OctetFiles.read(file));
        } catch (MalformedProfileException malformed) {
            throw new CommandFailedException(file + ": " + malformed.getMessage());
        }
        KeyCatalogue catalogue = KeyCatalogue.standard();
        FlatProfile profile = reading.profile();
        PrintWriter out = spec.commandLine().getOut();
        if (!quiet) {
            profile.entries().forEach(entry -> out.println(line(catalogue, entry)));
        }
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        reading.remarks().forEach(remark -> err.println("note: " + remark));
        List<KeyProblem> problems = ProfileCheck.of(profile, catalogue);
        problems.forEach(problem -> err.println(line(problem)));
        long wrong = ProfileCheck.errors(problems);
        long hidden = profile.entries().stream()
                .filter(entry -> entry.value() instanceof ProfileValue.Unknown)
                .count();
        err.println(file + ": " + profile.size() + " keys, " + hidden + " of them hidden; " + wrong + " errors, "
                + (problems.size() - wrong) + " warnings");
        err.flush();
        return wrong == 0 ? 0 : 1;
    }

    static String line(KeyProblem problem) {
        String severity =
                switch (problem.severity()) {
                    case WARNING -> "warning: ";
                    case ERROR -> "error: ";
                };
        return severity + problem.message();
    }

    private String line(KeyCatalogue catalogue, ProfileEntry entry) {
        String name = entry.group().isEmpty() ? entry.key() : entry.group() + "/" + entry.key();
        ProfileEntry.Attributes attributes = entry.attributes();
        StringBuilder line = new StringBuilder(name).append('=').append(value(catalogue, entry));
        attributes
                .userAccess()
                .ifPresent(access -> line.append("  [ua=").append(access.text()).append(']'));
        if (attributes.userModified()) {
            line.append("  [changed by the user]");
        }
        return line.toString();
    }

    private String value(KeyCatalogue catalogue, ProfileEntry entry) {
        if (entry.value() instanceof ProfileValue.Text text) {
            boolean masked = !secrets && !text.text().isEmpty() && catalogue.isSecret(entry.key());
            return masked ? SecretPaths.MASK : text.text();
        }
        return entry.value() instanceof ProfileValue.Standard ? "(its default)" : "(hidden)";
    }
}
