package carillon.server.cli;

import carillon.server.admin.AdminAnswer;
import carillon.server.admin.AdminRequest;
import carillon.server.admin.AdminRequest.Work;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that works with the data of this machine's server. */
abstract class DataCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private SettingsArguments settings = new SettingsArguments();

    DataCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The data, by the settings that were given. */
    DataAccess data() {
        return DataAccess.of(settings.sourcesBesideWords(environment));
    }

    /** What this asks for, done. */
    AdminAnswer ask(Work work, Map<String, String> arguments) {
        return data().ask(new AdminRequest(work, arguments));
    }

    /** Prints what came of it; a secret stands alone in the last line. */
    int print(AdminAnswer answer, boolean json) {
        if (json || answer.secret().isEmpty()) {
            Listing.print(answer.items(), json, out());
        }
        if (!answer.told().isEmpty()) {
            out().println(answer.told());
        }
        if (!answer.secret().isEmpty()) {
            out().println(answer.secret());
        }
        out().flush();
        return 0;
    }

    /** The only word that was given beside options and settings. */
    String word(String what) {
        List<String> words = settings.words();
        if (words.size() != 1) {
            throw wrong(
                    words.isEmpty()
                            ? what + " is missing"
                            : "one " + what + " is needed, and there are " + words.size() + ": "
                                    + String.join(" ", words));
        }
        return words.get(0);
    }

    /** There must be no word beside options and settings. */
    void noWord() {
        if (!settings.words().isEmpty()) {
            throw wrong("'" + settings.words().get(0) + "' is neither an option nor a setting");
        }
    }

    ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), "carillon: " + sentence);
    }

    /** The first line of a file, or of what comes in where the file is {@code -}. */
    Optional<String> secret(@Nullable String file) {
        if (file == null) {
            return Optional.empty();
        }
        try (BufferedReader in = file.equals("-")
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(file))) {
            String line = in.readLine();
            return Optional.of(line == null ? "" : line);
        } catch (IOException unreadable) {
            throw new CommandFailedException("the password cannot be read from " + file);
        }
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
