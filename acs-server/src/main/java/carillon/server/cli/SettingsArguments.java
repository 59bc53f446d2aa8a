package carillon.server.cli;

import carillon.server.config.ConfigException;
import carillon.server.config.ConfigSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Settings as flags of a command: {@code --config FILE} and {@code --any.setting=VALUE}. */
final class SettingsArguments {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The settings file; carillon.yaml of the working directory where it exists."
                    + " Every setting is also a flag: --cwmp.http.port=7547. 'carillon config' lists them.")
    private @Nullable Path file;

    @Parameters(hidden = true)
    private List<String> rest = new ArrayList<>();

    /** The command with such arguments: options that it does not know are settings. */
    static CommandLine commandLine(Object command) {
        return new CommandLine(command).setUnmatchedOptionsArePositionalParams(true);
    }

    /** Everything that was given, file and environment with it. */
    ConfigSources sources(Map<String, String> environment) {
        return ConfigSources.load(given(false).flags(), environment, Optional.ofNullable(file));
    }

    /** The same for a command that takes {@link #words} as well. */
    ConfigSources sourcesBesideWords(Map<String, String> environment) {
        return ConfigSources.load(given(true).flags(), environment, Optional.ofNullable(file));
    }

    /** What was given that is neither an option nor a setting. */
    List<String> words() {
        return given(true).words();
    }

    private record Given(Map<String, String> flags, List<String> words) {}

    private Given given(boolean wordsToo) {
        Map<String, String> flags = new LinkedHashMap<>();
        List<String> words = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < rest.size(); i++) {
            String argument = rest.get(i);
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || argument.length() == 2) {
                words.add(argument);
                if (!wordsToo) {
                    problems.add("'" + argument
                            + "' is neither an option nor a setting; settings look like --web.port=8080");
                }
            } else if (equals > 0) {
                flags.put(argument.substring(2, equals), argument.substring(equals + 1));
            } else if (i + 1 < rest.size() && !rest.get(i + 1).startsWith("--")) {
                flags.put(argument.substring(2), rest.get(++i));
            } else {
                problems.add(argument + " has no value; settings look like --web.port=8080");
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new Given(flags, words);
    }
}
