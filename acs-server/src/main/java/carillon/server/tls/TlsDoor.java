package carillon.server.tls;

import carillon.server.config.TlsConfig.Demand;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.util.Collection;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** TLS as a listener does it: which versions, which sessions are kept, and whether clients are asked for a certificate. */
final class TlsDoor extends SslContextFactory.Server {
    private static final int SESSION_SECONDS = 86_400;

    private final Demand demand;
    private final @Nullable ClientTrust clients;

    /** For people: nobody is asked for a certificate. */
    static TlsDoor forPeople(String oldest, int sessions) {
        return new TlsDoor(oldest, sessions, Demand.OFF, null);
    }

    /** For phones. */
    static TlsDoor forPhones(String oldest, int sessions, Demand demand, ClientTrust clients) {
        return new TlsDoor(oldest, sessions, demand, clients);
    }

    private TlsDoor(String oldest, int sessions, Demand demand, @Nullable ClientTrust clients) {
        this.demand = demand;
        this.clients = clients;
        setKeyStorePassword("");
        setIncludeProtocols(TlsRuntime.versionsFrom(oldest));
        if (TlsRuntime.isOld(oldest)) {
            // what Jetty leaves out by itself is all that these versions have
            setExcludeProtocols("SSL", "SSLv2", "SSLv2Hello", "SSLv3");
            setExcludeCipherSuites("^.*_(NULL|anon|EXPORT|RC4|MD5|3DES|DES)_?.*$");
        }
        setSniRequired(false);
        setSslSessionCacheSize(sessions);
        setSslSessionTimeout(SESSION_SECONDS);
    }

    @Override
    protected TrustManager[] getTrustManagers(KeyStore trusted, Collection<? extends CRL> revoked) throws Exception {
        return clients == null || demand == Demand.OFF
                ? super.getTrustManagers(trusted, revoked)
                : new TrustManager[] {new ClientCertificateDoor(clients, demand == Demand.REQUIRE)};
    }

    @Override
    public SSLParameters customize(SSLParameters parameters) {
        SSLParameters customized = super.customize(parameters);
        if (clients == null) {
            return customized;
        }
        switch (demand) {
            case OFF -> {}
            // nobody is asked for what would count for nothing
            case REQUEST -> customized.setWantClientAuth(!clients.roots().isEmpty());
            case REQUIRE -> customized.setNeedClientAuth(true);
        }
        return customized;
    }
}
