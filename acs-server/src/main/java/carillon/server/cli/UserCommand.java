package carillon.server.cli;

import carillon.server.admin.AdminAnswer;
import carillon.server.admin.AdminRequest.Work;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code carillon user}: who may log in, from the shell of the machine that holds the database. */
@Command(
        name = "user",
        description = "Lists, makes, disables and resets users; also while the server runs.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class UserCommand {
    private static final String PASSWORD =
            "Take the password from the first line of this file (- for what comes in) instead of making one up.";

    private UserCommand() {}

    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine line = new CommandLine(new UserCommand());
        line.addSubcommand(SettingsArguments.commandLine(new List(environment)));
        line.addSubcommand(SettingsArguments.commandLine(new Create(environment)));
        line.addSubcommand(SettingsArguments.commandLine(new Disable(environment)));
        line.addSubcommand(SettingsArguments.commandLine(new Enable(environment)));
        line.addSubcommand(SettingsArguments.commandLine(new Reset(environment)));
        return line;
    }

    @Command(name = "list", description = "Lists all users.", mixinStandardHelpOptions = true)
    static final class List extends DataCommand {
        @Option(names = "--json", description = "As a JSON array.")
        private boolean json;

        List(Map<String, String> environment) {
            super(environment);
        }

        @Override
        public Integer call() {
            noWord();
            return print(ask(Work.USER_LIST, Map.of()), json);
        }
    }

    @Command(
            name = "create",
            customSynopsis = "carillon user create NAME [--role ROLE] [OPTIONS] [--SETTING=VALUE...]",
            description =
                    "Makes a user. A made-up password is printed, this once; it must be changed at the first login.",
            mixinStandardHelpOptions = true)
    static final class Create extends DataCommand {
        @Option(
                names = "--role",
                defaultValue = "viewer",
                paramLabel = "ROLE",
                converter = RoleName.class,
                description = "viewer, operator or administrator (${DEFAULT-VALUE}).")
        private String role = "viewer";

        @Option(names = "--site", defaultValue = "", description = "See and change only the phones of this site.")
        private String site = "";

        @Option(names = "--tag", defaultValue = "", description = "See and change only the phones with this tag.")
        private String tag = "";

        @Option(names = "--password-file", paramLabel = "FILE", description = PASSWORD)
        private @Nullable String passwordFile;

        Create(Map<String, String> environment) {
            super(environment);
        }

        @Override
        public Integer call() {
            Map<String, String> arguments =
                    new HashMap<>(Map.of("name", word("NAME"), "role", role, "site", site, "tag", tag));
            secret(passwordFile).ifPresent(given -> arguments.put("password", given));
            AdminAnswer made = ask(Work.USER_CREATE, arguments);
            if (!made.secret().isEmpty()) {
                err().println("made the user " + word("NAME")
                        + "; the password (to be changed at the first login) is:");
            }
            return print(made, false);
        }
    }

    @Command(
            name = "disable",
            customSynopsis = "carillon user disable NAME [OPTIONS] [--SETTING=VALUE...]",
            description = "Lets a user in no longer; their sessions end at once.",
            mixinStandardHelpOptions = true)
    static final class Disable extends DataCommand {
        Disable(Map<String, String> environment) {
            super(environment);
        }

        @Override
        public Integer call() {
            return print(ask(Work.USER_DISABLE, Map.of("name", word("NAME"))), false);
        }
    }

    @Command(
            name = "enable",
            customSynopsis = "carillon user enable NAME [OPTIONS] [--SETTING=VALUE...]",
            description = "Lets a disabled user in again.",
            mixinStandardHelpOptions = true)
    static final class Enable extends DataCommand {
        Enable(Map<String, String> environment) {
            super(environment);
        }

        @Override
        public Integer call() {
            return print(ask(Work.USER_ENABLE, Map.of("name", word("NAME"))), false);
        }
    }

    @Command(
            name = "reset",
            customSynopsis = "carillon user reset NAME [OPTIONS] [--SETTING=VALUE...]",
            description =
                    "Gives a user another password; their sessions end at once. A made-up one is printed, this once;"
                            + " it must be changed at the next login.",
            mixinStandardHelpOptions = true)
    static final class Reset extends DataCommand {
        @Option(names = "--password-file", paramLabel = "FILE", description = PASSWORD)
        private @Nullable String passwordFile;

        Reset(Map<String, String> environment) {
            super(environment);
        }

        @Override
        public Integer call() {
            Map<String, String> arguments = new HashMap<>(Map.of("name", word("NAME")));
            secret(passwordFile).ifPresent(given -> arguments.put("password", given));
            AdminAnswer reset = ask(Work.USER_RESET, arguments);
            if (!reset.secret().isEmpty()) {
                err().println("the new password of " + word("NAME") + " (to be changed at the next login) is:");
            }
            return print(reset, false);
        }
    }
}
