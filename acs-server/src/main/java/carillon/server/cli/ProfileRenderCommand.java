package carillon.server.cli;

import carillon.cwmp.flatprofile.ClearForm;
import carillon.cwmp.flatprofile.FlatProfile;
import carillon.cwmp.flatprofile.FlatProfileWriter;
import carillon.cwmp.flatprofile.KeyCatalogue;
import carillon.cwmp.flatprofile.KeyProblem;
import carillon.cwmp.flatprofile.ProfileCheck;
import carillon.cwmp.flatprofile.ProfileEntry;
import carillon.cwmp.flatprofile.ProfileEntry.Attributes;
import carillon.cwmp.flatprofile.UserAccess;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carillon profile render}: keys and values to the file that a phone reads. */
@Command(
        name = "render",
        description = "Makes a phone's configuration file of keys and values: lines key=value, or an object in JSON or"
                + " YAML. The same keys and values are always the same file.",
        mixinStandardHelpOptions = true)
final class ProfileRenderCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The keys and values; - is the standard input.")
    @SuppressWarnings("NullAway.Init")
    private String file;

    @Option(names = "--format", description = "One of ${COMPLETION-CANDIDATES}; guessed where it is not said.")
    private ProfileInput.@Nullable Format format;

    @Option(names = "--ua", description = "What the phone's user may do with keys that do not say: na, ro or rw.")
    private @Nullable String userAccess;

    @Option(
            names = "--clear",
            defaultValue = "EMPTY_ELEMENT",
            description = "How an empty value is written: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private ClearForm clear = ClearForm.EMPTY_ELEMENT;

    @Option(names = "--force", description = "Write values that their keys do not take, too.")
    private boolean force;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where to write; the standard output where not said.")
    private @Nullable String output;

    @Override
    public Integer call() {
        String text = new String(OctetFiles.read(file), StandardCharsets.UTF_8);
        FlatProfile profile = ProfileInput.read(text, format == null ? ProfileInput.guess(file, text) : format);
        List<KeyProblem> problems = ProfileCheck.of(profile, KeyCatalogue.standard());
        PrintWriter err = spec.commandLine().getErr();
        problems.forEach(problem -> err.println(ProfileParseCommand.line(problem)));
        err.flush();
        long wrong = ProfileCheck.errors(problems);
        if (wrong > 0 && !force) {
            throw new CommandFailedException(wrong + (wrong == 1 ? " value is" : " values are")
                    + " not legal; --force writes them all the same");
        }
        byte[] rendered = new FlatProfileWriter(clear).write(accessible(profile).sorted());
        if (output != null) {
            OctetFiles.write(output, rendered, System.out);
        } else {
            PrintWriter out = spec.commandLine().getOut();
            out.print(new String(rendered, StandardCharsets.UTF_8));
            out.flush();
        }
        return 0;
    }

    private FlatProfile accessible(FlatProfile profile) {
        if (userAccess == null) {
            return profile;
        }
        UserAccess access = UserAccess.of(userAccess.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new CommandFailedException("--ua is '" + userAccess + "' and takes na, ro or rw"));
        return FlatProfile.of(profile.entries().stream()
                .map(entry -> entry.attributes().userAccess().isPresent() ? entry : withAccess(entry, access))
                .toList());
    }

    private static ProfileEntry withAccess(ProfileEntry entry, UserAccess access) {
        Attributes before = entry.attributes();
        Attributes after = new Attributes(
                Optional.of(access), before.preserveValue(), before.userPreference(), before.userModified());
        return new ProfileEntry(entry.group(), entry.key(), entry.value(), after);
    }
}
