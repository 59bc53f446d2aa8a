package carillon.server.cli;

import carillon.server.admin.AdminAnswer;
import carillon.server.admin.AdminRequest.Work;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code carillon token}: tokens for scripts, from the shell of the machine that holds the database. */
@Command(
        name = "token",
        description = "Lists, makes and revokes tokens for scripts; also while the server runs.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class TokenCommand {
    private TokenCommand() {}

    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine line = new CommandLine(new TokenCommand());
        line.addSubcommand(SettingsArguments.commandLine(new List(environment)));
        line.addSubcommand(SettingsArguments.commandLine(new Create(environment)));
        line.addSubcommand(SettingsArguments.commandLine(new Revoke(environment)));
        return line;
    }

    @Command(name = "list", description = "Lists all tokens, never their texts.", mixinStandardHelpOptions = true)
    static final class List extends DataCommand {
        @Option(names = "--user", paramLabel = "NAME", description = "Only those of this user.")
        private @Nullable String user;

        @Option(names = "--json", description = "As a JSON array.")
        private boolean json;

        List(Map<String, String> environment) {
            super(environment);
        }

        @Override
        public Integer call() {
            noWord();
            return print(ask(Work.TOKEN_LIST, user == null ? Map.of() : Map.of("user", user)), json);
        }
    }

    @Command(
            name = "create",
            description = "Makes a token of a user, and prints it, this once.",
            mixinStandardHelpOptions = true)
    static final class Create extends DataCommand {
        @Option(names = "--user", required = true, paramLabel = "NAME", description = "Whose token it is.")
        private String user = "";

        @Option(names = "--label", defaultValue = "", description = "What it is for.")
        private String label = "";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                converter = RoleName.class,
                description = "viewer, operator or administrator; as the user has it where it is left out.")
        private @Nullable String role;

        @Option(names = "--site", description = "Only for the phones of this site.")
        private @Nullable String site;

        @Option(names = "--tag", description = "Only for the phones with this tag.")
        private @Nullable String tag;

        @Option(
                names = "--expires",
                paramLabel = "TIME",
                converter = PhonesCommand.Time.class,
                description = "After how long it ends, such as 30d; 90d where it is left out.")
        private @Nullable Duration expires;

        Create(Map<String, String> environment) {
            super(environment);
        }

        @Override
        public Integer call() {
            noWord();
            Map<String, String> arguments = new HashMap<>(Map.of("user", user, "label", label));
            put(arguments, "role", role);
            put(arguments, "site", site);
            put(arguments, "tag", tag);
            put(arguments, "life", expires == null ? null : expires.toString());
            AdminAnswer made = ask(Work.TOKEN_CREATE, arguments);
            Map<String, String> token = made.items().get(0);
            err().println("made the token " + token.get("id") + ", good until " + token.get("expires") + "; it is:");
            return print(made, false);
        }

        private static void put(Map<String, String> arguments, String name, @Nullable String value) {
            if (value != null) {
                arguments.put(name, value);
            }
        }
    }

    @Command(
            name = "revoke",
            customSynopsis = "carillon token revoke ID [OPTIONS] [--SETTING=VALUE...]",
            description = "Ends a token at once.",
            mixinStandardHelpOptions = true)
    static final class Revoke extends DataCommand {
        Revoke(Map<String, String> environment) {
            super(environment);
        }

        @Override
        public Integer call() {
            return print(ask(Work.TOKEN_REVOKE, Map.of("id", word("ID"))), false);
        }
    }
}
