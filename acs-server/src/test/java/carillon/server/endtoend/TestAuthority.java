package carillon.server.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A manufacturer's authority made with openssl, and the client certificates that it signs. */
record TestAuthority(Path directory, String name) {
    private static final String SMALL = "ec -pkeyopt ec_paramgen_curve:P-256";

    /** Makes one. */
    static TestAuthority make(Path directory, String name) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        TestAuthority made = new TestAuthority(directory, name);
        Program.must(
                directory,
                words(
                        "openssl req -x509 -nodes -days 30 -keyout " + name + ".key -out " + name + ".pem -newkey "
                                + SMALL,
                        "-subj",
                        "/O=Test/CN=" + name));
        return made;
    }

    /** One whose own key and signatures are as weak as the old ones. */
    static TestAuthority makeOld(Path directory, String name, int bits) throws IOException, InterruptedException {
        Program.must(
                directory,
                words(
                        "openssl req -x509 -sha1 -nodes -days 30 -keyout " + name + ".key -out " + name
                                + ".pem -newkey rsa:" + bits,
                        "-subj",
                        "/O=Test/CN=" + name));
        return new TestAuthority(directory, name);
    }

    String pem() throws IOException {
        return Files.readString(directory.resolve(name + ".pem"));
    }

    /** Signs a client certificate for this subject ({@code /CN=x}); files {@code who.pem} and {@code who.key}. */
    void sign(String who, String subject) throws IOException, InterruptedException {
        sign(who, subject, SMALL, "-sha256");
    }

    void sign(String who, String subject, String key, String digest) throws IOException, InterruptedException {
        Program.must(
                directory,
                words(
                        "openssl req -nodes -keyout " + who + ".key -out " + who + ".csr -newkey " + key,
                        "-subj",
                        subject));
        Program.must(
                directory,
                words("openssl x509 -req " + digest + " -days 30 -CAcreateserial -in " + who + ".csr -CA " + name
                        + ".pem -CAkey " + name + ".key -out " + who + ".pem"));
    }

    /** Takes back what it signed for these, and says so in this list. */
    void revoke(Path list, String... who) throws IOException, InterruptedException {
        Files.writeString(
                directory.resolve(name + ".cnf"),
                "[ca]\ndefault_ca = own\n[own]\ndatabase = " + name + ".index\ncrlnumber = " + name
                        + ".number\ndefault_md = sha256\ndefault_crl_days = 30\n");
        Files.writeString(directory.resolve(name + ".index"), "");
        Files.writeString(directory.resolve(name + ".number"), "01\n");
        String command = "openssl ca -config " + name + ".cnf -cert " + name + ".pem -keyfile " + name + ".key ";
        for (String each : who) {
            Program.must(directory, words(command + "-revoke " + each + ".pem"));
        }
        Program.must(directory, words(command + "-gencrl -out " + list));
    }

    private static String[] words(String command, String... more) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }
}
