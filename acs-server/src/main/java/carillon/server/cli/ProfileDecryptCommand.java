package carillon.server.cli;

import carillon.cwmp.flatprofile.EncryptedContent;
import carillon.cwmp.flatprofile.ProfilePacking;
import carillon.cwmp.flatprofile.UnreadableProfileException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carillon profile decrypt}: what a phone would make of an encrypted profile, or what is in its report. */
@Command(
        name = "decrypt",
        description = "Decrypts and expands a profile or a report; says why where that cannot be.",
        mixinStandardHelpOptions = true)
final class ProfileDecryptCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The encrypted file; - is the standard input.")
    @SuppressWarnings("NullAway.Init")
    private String file;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ProfileKeyOptions keys;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "Where to; - is the standard output.")
    @SuppressWarnings("NullAway.Init")
    private String out;

    @Override
    public Integer call() {
        byte[] sealed = OctetFiles.read(file);
        try {
            byte[] plain = keys.isGcm()
                    ? ProfilePacking.unpack(EncryptedContent.open(sealed, keys.keyingMaterial()), OctetFiles.LIMIT)
                    : ProfilePacking.unpack(sealed, keys.key(), keys.derivation(), OctetFiles.LIMIT);
            OctetFiles.write(out, plain, System.out);
            return CommandLine.ExitCode.OK;
        } catch (UnreadableProfileException unreadable) {
            throw new CommandFailedException(file + ": " + unreadable.getMessage());
        } catch (IllegalArgumentException wrong) {
            throw new CommandLine.ParameterException(spec.commandLine(), "carillon: " + wrong.getMessage(), wrong);
        }
    }
}
