package carillon.server.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets clients in with whatever certificate they show, unless one that counts is required: a phone whose manufacturer is not
 * trusted here can still log in. That it holds the key is proven by the handshake; what the certificate is worth is asked
 * again where it matters.
 */
final class ClientCertificateDoor extends X509ExtendedTrustManager {
    private static final Logger LOG = LoggerFactory.getLogger(ClientCertificateDoor.class);
    private static final int MOST_TOLD = 1000;

    private final ClientTrust trust;
    private final boolean required;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    ClientCertificateDoor(ClientTrust trust, boolean required) {
        this.trust = trust;
        this.required = required;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        ClientCertificate judged = trust.judge(List.of(chain));
        if (judged.counts()) {
            return;
        }
        String issuer = chain[0].getIssuerX500Principal().getName();
        // once for each kind: a fleet of them would fill the log
        if (told.size() < MOST_TOLD && told.add(issuer + judged.distrust())) {
            LOG.info(
                    "the client certificate of {} by {} counts for nothing: {}",
                    judged.subject(),
                    issuer,
                    judged.distrust());
        }
        if (required) {
            throw new CertificateException(judged.distrust());
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("only clients come in here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("only clients come in here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("only clients come in here");
    }

    /** What clients are told to choose their certificate by. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.roots().values().toArray(X509Certificate[]::new);
    }
}
