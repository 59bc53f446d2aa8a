package carillon.server.connect;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * TLS towards a phone's connection request listener. Whoever answers is taken: phones have certificates of their own make
 * or of their factory, none of which names the address that is dialled. What is said over it is worth nothing to others:
 * Digest shows no password.
 */
final class PhoneTls {
    private static final SSLSocketFactory SOCKETS = make();

    private PhoneTls() {}

    static SSLSocketFactory sockets() {
        return SOCKETS;
    }

    private static SSLSocketFactory make() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java runtime has TLS", missing);
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new IllegalStateException("this is a client");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // see above
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
