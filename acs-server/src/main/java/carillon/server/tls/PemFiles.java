package carillon.server.tls;

import carillon.server.lifecycle.DataDirectory;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/** Keys and certificates as PEM files; a key file is its owner's alone. */
final class PemFiles {
    private PemFiles() {}

    static PrivateKey readKey(Path file) throws IOException {
        for (Object found : readAll(file)) {
            if (found instanceof PrivateKeyInfo info) {
                return new JcaPEMKeyConverter().getPrivateKey(info);
            }
            if (found instanceof PEMKeyPair pair) {
                return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
            }
        }
        throw new IOException(file + " holds no private key");
    }

    static List<X509Certificate> readCertificates(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return certificates(read(reader), file.toString());
        }
    }

    /** Those in this text. */
    static List<X509Certificate> certificates(String pem) throws IOException {
        return certificates(read(new StringReader(pem)), "the text");
    }

    private static List<X509Certificate> certificates(List<Object> objects, String where) throws IOException {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Object found : objects) {
                if (found instanceof X509CertificateHolder holder) {
                    chain.add(new JcaX509CertificateConverter().getCertificate(holder));
                }
            }
        } catch (CertificateException broken) {
            throw new IOException(where + " holds a broken certificate", broken);
        }
        if (chain.isEmpty()) {
            throw new IOException(where + " holds no certificate");
        }
        return chain;
    }

    static void writeKey(Path file, PrivateKey key) throws IOException {
        DataDirectory.writeSecret(file, pem(List.of(new JcaPKCS8Generator(key, null))));
    }

    static void writeCertificates(Path file, List<X509Certificate> chain) throws IOException {
        // written the same way: whole or not at all
        DataDirectory.writeSecret(file, pem(chain));
    }

    private static List<Object> readAll(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return read(reader);
        }
    }

    private static List<Object> read(Reader text) throws IOException {
        List<Object> found = new ArrayList<>();
        try (PEMParser parser = new PEMParser(text)) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                found.add(next);
            }
        } catch (RuntimeException broken) {
            throw new IOException("what is there is no PEM", broken);
        }
        return found;
    }

    /** Certificates as PEM. */
    static String text(List<X509Certificate> certificates) {
        try {
            return pem(certificates);
        } catch (IOException impossible) {
            throw new IllegalStateException("a certificate that cannot be written", impossible);
        }
    }

    private static String pem(List<?> objects) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
        }
        return text.toString();
    }
}
