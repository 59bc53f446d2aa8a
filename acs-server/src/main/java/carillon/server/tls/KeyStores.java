package carillon.server.tls;

import carillon.server.config.TlsConfig;
import carillon.server.lifecycle.StartFailedException;
import carillon.server.tls.CertificateAuthority.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that the listeners show: the operator's, read again when its files change; or one of this server's own
 * authority, kept under {@code DATA/tls} and made anew where a name is missing, the end is near, or another authority signs.
 * Thread-safe.
 */
public final class KeyStores {
    private static final Logger LOG = LoggerFactory.getLogger(KeyStores.class);
    private static final Duration RENEW_BEFORE = Duration.ofDays(60);
    private static final String ALIAS = "server";

    private final Path directory;
    private final OwnAuthorities authorities;
    private final List<String> names;
    private final Optional<OperatorFiles> files;
    private final InstantSource clock;
    private final ClientTrust clients;
    private final TlsDoor phones;
    private final TlsDoor people;
    private String stamp = "";
    private String toldStamp = "";
    private volatile Identity shown;

    /**
     * Reads or makes the certificate.
     *
     * @param names that an own certificate is made for; the first is how phones reach this server
     */
    public KeyStores(
            Path directory,
            OwnAuthorities authorities,
            List<String> names,
            TlsConfig tls,
            ClientTrust clients,
            InstantSource clock) {
        this.directory = directory;
        this.authorities = authorities;
        this.names = List.copyOf(names);
        this.files = tls.files().given() ? Optional.of(new OperatorFiles(tls.files())) : Optional.empty();
        this.clock = clock;
        this.clients = clients;
        this.phones =
                TlsDoor.forPhones(tls.oldest(), tls.sessions(), tls.clients().demand(), clients);
        this.people = TlsDoor.forPeople(tls.oldest(), tls.sessions());
        try {
            this.shown = identity();
        } catch (IOException failed) {
            throw new StartFailedException("the server's certificate cannot be used: " + failed.getMessage(), failed);
        }
        KeyStore made = keyStore(shown);
        phones.setKeyStore(made);
        people.setKeyStore(made);
        warn();
    }

    /** For listeners that serve phones; what is new reaches them without a restart. */
    public SslContextFactory.Server forPhones() {
        return phones;
    }

    /** The same for people. */
    public SslContextFactory.Server forPeople() {
        return people;
    }

    /** The certificate that is shown, and those above it. */
    public List<X509Certificate> chain() {
        return shown.chain();
    }

    /** Whether it is the operator's. */
    public boolean isOperators() {
        return files.isPresent();
    }

    /** From time to time: what is new is put to use; what cannot be used is told once, and the old one stays. */
    public void lookAgain() {
        readClientsAgain();
        try {
            renew();
        } catch (IOException failed) {
            String now = files.map(OperatorFiles::stamp).orElse("");
            if (!now.equals(toldStamp)) {
                toldStamp = now;
                LOG.warn("the server's new certificate cannot be used, the old one stays: {}", failed.getMessage());
            }
        }
    }

    /**
     * Puts to use what is new; true if something was.
     *
     * @throws IOException if what is there cannot be used; its message says why
     */
    public synchronized boolean renew() throws IOException {
        boolean due = files.isPresent() ? !files.get().stamp().equals(stamp) : !fits(clock.instant());
        if (!due) {
            return false;
        }
        Identity next = identity();
        if (next.chain().equals(shown.chain())) {
            return false;
        }
        show(next);
        LOG.info(
                "another server certificate is in use: {}",
                next.chain().get(0).getSubjectX500Principal().getName());
        warn();
        return true;
    }

    private void show(Identity next) {
        KeyStore renewed = keyStore(next);
        try {
            phones.reload(factory -> factory.setKeyStore(renewed));
            people.reload(factory -> factory.setKeyStore(renewed));
            shown = next;
        } catch (Exception failed) {
            throw new IllegalStateException("the server's new certificate could not be put to use", failed);
        }
    }

    /** Somebody may have put roots of phones' certificates into the directory by hand. */
    /** Reads the roots and revocation lists of clients again, where they have changed. */
    public void readClientsAgain() {
        if (clients.reload()) {
            clientsChanged();
        }
    }

    /** What was judged before is judged again: no session that was opened before is resumed. */
    public synchronized void clientsChanged() {
        try {
            phones.reload(factory -> LOG.info("the roots of client certificates changed"));
        } catch (Exception failed) {
            throw new IllegalStateException("the changed client roots could not be put to use", failed);
        }
    }

    /** Phones compare the certificate with the host of the URL that they were given (CWMP-039). */
    private void warn() {
        X509Certificate own = shown.chain().get(0);
        if (!ServerNames.hold(own, names.get(0))) {
            LOG.warn(
                    "the server's certificate does not hold the name {} (public.host); phones that check names will not"
                            + " come. It holds: {}",
                    names.get(0),
                    String.join(", ", ServerNames.of(own)));
        }
        if (own.getNotAfter().toInstant().isBefore(clock.instant())) {
            LOG.warn(
                    "the server's certificate has ended at {}",
                    own.getNotAfter().toInstant());
        }
    }

    private Path certificateFile() {
        return directory.resolve("server.pem");
    }

    private Path keyFile() {
        return directory.resolve("server.key");
    }

    private Identity identity() throws IOException {
        if (files.isPresent()) {
            String now = files.get().stamp();
            Identity read = files.get().read();
            stamp = now;
            return read;
        }
        try {
            if (fits(clock.instant())) {
                return new Identity(PemFiles.readKey(keyFile()), PemFiles.readCertificates(certificateFile()));
            }
            Identity issued = authorities.state().signing().issue(names);
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
            X509Certificate root = authorities.state().signing().root();
            X509Certificate own = PemFiles.readCertificates(certificateFile()).get(0);
            own.verify(root.getPublicKey());
            Instant end = own.getNotAfter().toInstant();
            boolean lasts = now.plus(RENEW_BEFORE).isBefore(end)
                    || end.equals(root.getNotAfter().toInstant());
            // a crash between writing the two files leaves a key that is not the certificate's
            return lasts && ServerNames.of(own).containsAll(names) && KeyPairs.match(PemFiles.readKey(keyFile()), own);
        } catch (IOException | GeneralSecurityException other) {
            LOG.info("the server certificate is made anew: {}", other.getMessage());
            return false;
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
}
