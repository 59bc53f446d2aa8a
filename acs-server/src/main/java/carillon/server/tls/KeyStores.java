package carillon.server.tls;

import carillon.server.tls.CertificateAuthority.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that the listeners show: kept under {@code DATA/tls}, made anew where a name is missing, the end is
 * near, or the authority is another one. Thread-safe.
 */
public final class KeyStores {
    private static final Logger LOG = LoggerFactory.getLogger(KeyStores.class);
    private static final Duration RENEW_BEFORE = Duration.ofDays(60);
    private static final int SESSION_CACHE = 100_000;
    private static final Duration SESSION_LIFE = Duration.ofDays(1);
    private static final String ALIAS = "server";

    private final Path directory;
    private final CertificateAuthority authority;
    private final List<String> names;
    private final InstantSource clock;
    private final SslContextFactory.Server tls;

    /** Reads or makes the certificate. */
    public KeyStores(Path directory, CertificateAuthority authority, List<String> names, InstantSource clock) {
        this.directory = directory;
        this.authority = authority;
        this.names = List.copyOf(names);
        this.clock = clock;
        this.tls = new SslContextFactory.Server();
        tls.setKeyStore(keyStore(identity()));
        tls.setKeyStorePassword("");
        tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        tls.setSniRequired(false);
        tls.setSslSessionCacheSize(SESSION_CACHE);
        tls.setSslSessionTimeout((int) SESSION_LIFE.toSeconds());
    }

    /**
     * How the JDK should do TLS: X25519 first, which costs half of P-256, and sessions resumed from the cache, since with
     * its tickets TLS 1.2 clients resume only every second time. Call it before anything else uses TLS.
     */
    public static void prepareRuntime() {
        setUnlessGiven("jdk.tls.server.enableSessionTicketExtension", "false");
        setUnlessGiven("jdk.tls.namedGroups", "x25519, secp256r1, secp384r1, secp521r1, ffdhe2048, ffdhe3072");
    }

    /** For a listener; what {@link #renew()} brings reaches it without a restart. */
    public SslContextFactory.Server tls() {
        return tls;
    }

    /** Makes a new certificate if it is time, and hands it to the listeners. */
    public synchronized void renew() {
        if (fits(clock.instant())) {
            return;
        }
        KeyStore renewed = keyStore(identity());
        try {
            tls.reload(factory -> factory.setKeyStore(renewed));
            LOG.info("the server certificate was renewed");
        } catch (Exception failed) {
            throw new IllegalStateException("the renewed server certificate could not be put to use", failed);
        }
    }

    private Path certificateFile() {
        return directory.resolve("server.pem");
    }

    private Path keyFile() {
        return directory.resolve("server.key");
    }

    private Identity identity() {
        try {
            if (fits(clock.instant())) {
                return new Identity(PemFiles.readKey(keyFile()), PemFiles.readCertificates(certificateFile()));
            }
            Identity issued = authority.issue(names);
            PemFiles.writeKey(keyFile(), issued.key());
            PemFiles.writeCertificates(certificateFile(), issued.chain());
            return issued;
        } catch (IOException failed) {
            throw new UncheckedIOException("the server certificate in " + directory + " cannot be used", failed);
        }
    }

    private boolean fits(Instant now) {
        if (!Files.exists(certificateFile()) || !Files.exists(keyFile())) {
            return false;
        }
        try {
            X509Certificate own = PemFiles.readCertificates(certificateFile()).get(0);
            own.verify(authority.root().getPublicKey());
            Instant end = own.getNotAfter().toInstant();
            boolean lasts = now.plus(RENEW_BEFORE).isBefore(end)
                    || end.equals(authority.root().getNotAfter().toInstant());
            return lasts && alternatives(own).containsAll(names) && matches(own);
        } catch (IOException | GeneralSecurityException other) {
            LOG.warn("the server certificate is made anew: {}", other.getMessage());
            return false;
        }
    }

    /** A crash between writing the two files leaves a key that is not the certificate's. */
    private boolean matches(X509Certificate own) throws IOException, GeneralSecurityException {
        java.security.Signature signature = java.security.Signature.getInstance("SHA256withECDSA");
        signature.initSign(PemFiles.readKey(keyFile()));
        signature.update(new byte[1]);
        byte[] signed = signature.sign();
        signature.initVerify(own);
        signature.update(new byte[1]);
        return signature.verify(signed);
    }

    private static Set<String> alternatives(X509Certificate certificate) throws CertificateParsingException {
        Set<String> found = new HashSet<>();
        Collection<List<?>> all = certificate.getSubjectAlternativeNames();
        for (List<?> entry : all == null ? List.<List<?>>of() : all) {
            String name = String.valueOf(entry.get(1)).toLowerCase(Locale.ROOT);
            found.add(CertificateAuthority.isAddress(name) ? address(name) : name);
        }
        return found;
    }

    private static String address(String text) {
        try {
            return CertificateAuthority.canonical(InetAddress.getByName(text));
        } catch (UnknownHostException notAnAddress) {
            return text;
        }
    }

    private static KeyStore keyStore(Identity identity) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    ALIAS, identity.key(), new char[0], identity.chain().toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("a key store in memory could not be made", impossible);
        }
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
