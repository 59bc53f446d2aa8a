package carillon.server.cli;

import picocli.CommandLine.Command;

/** {@code carillon profile}: works on flat profiles without a server. */
@Command(
        name = "profile",
        description = "Works on phones' profiles and their rules without a server.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ProfileParseCommand.class,
            ProfileRenderCommand.class,
            ProfileMapCommand.class,
            ProfileEncryptCommand.class,
            ProfileDecryptCommand.class,
            ProfileLintCommand.class
        })
final class ProfileCommand {}
