package carillon.server.cli;

import carillon.cwmp.flatprofile.EncryptedContent;
import carillon.cwmp.flatprofile.EncryptedContent.Form;
import carillon.cwmp.flatprofile.ProfileCipher;
import carillon.cwmp.flatprofile.ProfilePacking;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carillon profile encrypt}: makes of a profile what a phone decrypts with its key. */
@Command(
        name = "encrypt",
        description = "Compresses and encrypts a profile as a phone with --key in its rule expects it.",
        mixinStandardHelpOptions = true)
final class ProfileEncryptCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The profile; - is the standard input.")
    @SuppressWarnings("NullAway.Init")
    private String file;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ProfileKeyOptions keys;

    @Option(names = "--no-gzip", description = "Encrypts the profile as it is.")
    private boolean plain;

    @Option(
            names = "--record-size",
            defaultValue = "" + EncryptedContent.USUAL_RECORD,
            description = "Octets of a record of aes128gcm.")
    private int recordSize;

    @Option(names = "--key-id", defaultValue = "", description = "The key id of aes128gcm; none as a rule.")
    @SuppressWarnings("NullAway.Init")
    private String keyId;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "Where to; - is the standard output.")
    @SuppressWarnings("NullAway.Init")
    private String out;

    @Override
    public Integer call() {
        byte[] octets = OctetFiles.read(file);
        byte[] content = plain ? octets : ProfilePacking.compress(octets);
        SecureRandom random = new SecureRandom();
        try {
            byte[] sealed = keys.isGcm()
                    ? new EncryptedContent(random).seal(content, keys.keyingMaterial(), new Form(recordSize, keyId))
                    : new ProfileCipher(random).seal(content, keys.key(), keys.derivation());
            OctetFiles.write(out, sealed, System.out);
            return CommandLine.ExitCode.OK;
        } catch (IllegalArgumentException wrong) {
            throw new CommandLine.ParameterException(spec.commandLine(), "carillon: " + wrong.getMessage(), wrong);
        }
    }
}
