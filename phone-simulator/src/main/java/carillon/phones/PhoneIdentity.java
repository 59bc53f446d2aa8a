package carillon.phones;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** What a phone shows of itself when it opens a TLS connection: its certificate, or nothing. */
final class PhoneIdentity {
    /** Of phones that have no certificate. */
    static final PhoneIdentity NONE = none();

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> KINDS = List.of("RSA", "EC");
    private static final char[] PASSWORD = "phone".toCharArray();

    private final SSLSocketFactory sockets;

    private PhoneIdentity(KeyManager[] keys) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        // factory phones check nothing they have not been told; the simulator is for one's own servers
        context.init(keys, new TrustManager[] {new TrustsAll()}, null);
        this.sockets = context.getSocketFactory();
    }

    private static PhoneIdentity none() {
        try {
            return new PhoneIdentity(new KeyManager[0]);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a JDK without TLS", impossible);
        }
    }

    /**
     * With a certificate, those above it behind it, and its private key in PKCS#8, both PEM.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static PhoneIdentity of(Path certificate, Path key) {
        try (InputStream in = Files.newInputStream(certificate)) {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
            if (chain.length == 0) {
                throw new IllegalArgumentException(certificate + " holds no certificate in PEM");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("phone", privateKey(key), PASSWORD, chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            return new PhoneIdentity(keys.getKeyManagers());
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("a file cannot be read: " + unreadable.getMessage(), unreadable);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException(
                    certificate + " and " + key + " cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new IllegalArgumentException(file + " holds no private key in PKCS#8 (-----BEGIN PRIVATE KEY-----);"
                    + " openssl pkcs8 -topk8 -nocrypt makes one of others");
        }
        PKCS8EncodedKeySpec octets =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(octets);
            } catch (InvalidKeySpecException ofAnotherKind) {
                // the next one then
            }
        }
        throw new IllegalArgumentException(file + " holds a key that is neither RSA nor EC");
    }

    SSLSocketFactory sockets() {
        return sockets;
    }

    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
