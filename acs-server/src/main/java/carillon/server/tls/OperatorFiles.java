package carillon.server.tls;

import carillon.server.config.TlsConfig;
import carillon.server.tls.CertificateAuthority.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The operator's own certificate and key: PEM files, or one PKCS#12 file. */
final class OperatorFiles {
    private final TlsConfig.Files files;

    OperatorFiles(TlsConfig.Files files) {
        this.files = files;
    }

    /** Changes whenever one of the files does. */
    String stamp() {
        StringBuilder stamp = new StringBuilder();
        for (String file : List.of(files.certificate(), files.key(), files.store())) {
            if (!file.isEmpty()) {
                stamp.append(stamp(Path.of(file))).append(' ');
            }
        }
        return stamp.toString();
    }

    private static String stamp(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis() + "/" + Files.size(file);
        } catch (IOException missing) {
            return "missing";
        }
    }

    /** Reads them; an exception's message names the file, what is wrong, and what would be right. */
    Identity read() throws IOException {
        Identity identity = files.store().isEmpty() ? fromPem() : fromStore();
        X509Certificate own = identity.chain().get(0);
        try {
            if (!KeyPairs.match(identity.key(), own)) {
                throw new IOException("the key does not belong to the certificate of "
                        + own.getSubjectX500Principal().getName()
                        + "; give the key that its request was made with");
            }
        } catch (GeneralSecurityException odd) {
            throw new IOException("the key cannot be used: " + odd.getMessage(), odd);
        }
        return identity;
    }

    private Identity fromPem() throws IOException {
        Path certificate = existing("tls.certificate", files.certificate());
        Path key = existing("tls.key", files.key());
        return new Identity(PemFiles.readKey(key), PemFiles.readCertificates(certificate));
    }

    private Identity fromStore() throws IOException {
        Path file = existing("tls.keystore", files.store());
        char[] password = files.storePassword().reveal().toCharArray();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password) instanceof PrivateKey key) {
                    List<X509Certificate> chain = new ArrayList<>();
                    for (Certificate each : store.getCertificateChain(alias)) {
                        chain.add((X509Certificate) each);
                    }
                    return new Identity(key, chain);
                }
            }
            throw new IOException(file + " holds no private key; export the key together with its certificate");
        } catch (GeneralSecurityException broken) {
            throw new IOException(file + " cannot be read: " + broken.getMessage(), broken);
        } catch (IOException broken) {
            throw broken.getMessage() != null && broken.getMessage().startsWith(file.toString())
                    ? broken
                    : new IOException(
                            file + " cannot be read; is tls.keystore.password right? (" + broken.getMessage() + ")",
                            broken);
        }
    }

    private static Path existing(String setting, String text) throws IOException {
        Path file = Path.of(text);
        if (!Files.isReadable(file)) {
            throw new IOException(setting + " is " + file + ", and there is no such file that this user may read");
        }
        return file;
    }
}
