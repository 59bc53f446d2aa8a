package carillon.server.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whom the certificates of a PEM file let us trust. */
public final class Authorities {
    private Authorities() {}

    /** Trusts what these certificates have signed, and nothing else. */
    public static X509TrustManager of(Path pem) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate certificate : PemFiles.readCertificates(pem)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager trusting) {
                    return trusting;
                }
            }
            throw new IOException("Java offers no trust manager");
        } catch (GeneralSecurityException unusable) {
            throw new IOException(pem + " cannot be used: " + unusable.getMessage(), unusable);
        }
    }
}
