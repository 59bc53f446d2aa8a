package carillon.server.tls;

import carillon.rpc.enrol.CertificateNames;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roots that an operator has imported for phones' certificates, one PEM file each under {@code DATA/tls/clients}, and
 * what a certificate is worth under them; lists of revoked ones lie beside them as {@code .crl} files. Thread-safe.
 */
public final class ClientTrust {
    /** How many roots there may be. */
    public static final int MOST = 100;

    private static final Logger LOG = LoggerFactory.getLogger(ClientTrust.class);
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USE = "2.5.29.37.0";
    private static final int LONGEST_CHAIN = 6;
    private static final int LEAST_RSA_BITS = 2048;

    private final Path directory;
    private final boolean oldAlgorithms;
    private final InstantSource clock;
    private final Cache<List<X509Certificate>, ClientCertificate> judged = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .executor(Runnable::run) // a moment's work: not worth another thread
            .build();
    private volatile Map<String, X509Certificate> roots = Map.of();
    private volatile RevocationLists revoked = RevocationLists.NONE;
    private String listsStamp = "";

    /** Reads what was imported before. */
    public ClientTrust(Path directory, boolean oldAlgorithms, InstantSource clock) {
        this.directory = directory;
        this.oldAlgorithms = oldAlgorithms;
        this.clock = clock;
        reload();
    }

    /** Certificates of authorities, by fingerprint. */
    public Map<String, X509Certificate> roots() {
        return roots;
    }

    /** Reads the directory again; true if something is different. */
    public synchronized boolean reload() {
        Map<String, X509Certificate> found = new LinkedHashMap<>();
        files(".pem").forEach(file -> readInto(found, file));
        List<Path> lists = files(".crl");
        String stamp = stamp(lists);
        boolean revocations = !stamp.equals(listsStamp);
        if (revocations) {
            listsStamp = stamp;
            revoked = RevocationLists.read(lists, clock.instant());
        }
        boolean different = !found.equals(roots) || revocations;
        roots = Map.copyOf(found);
        if (different) {
            judged.invalidateAll();
        }
        return different;
    }

    private List<Path> files(String ending) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(each -> each.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException("the client roots in " + directory + " cannot be read", failed);
        }
    }

    /** Lists can be long: they are read when their files are others. */
    private static String stamp(List<Path> files) {
        StringBuilder stamp = new StringBuilder();
        for (Path file : files) {
            try {
                stamp.append(file)
                        .append(' ')
                        .append(Files.getLastModifiedTime(file).toMillis())
                        .append(' ')
                        .append(Files.size(file))
                        .append('\n');
            } catch (IOException gone) {
                stamp.append(file).append(" is gone\n");
            }
        }
        return stamp.toString();
    }

    private static void readInto(Map<String, X509Certificate> found, Path file) {
        try {
            for (X509Certificate root : PemFiles.readCertificates(file)) {
                if (found.size() < MOST) {
                    found.put(Fingerprint.of(root), root);
                }
            }
        } catch (IOException broken) {
            LOG.warn("the client root {} is left out: {}", file, broken.getMessage());
        }
    }

    /**
     * Imports the authorities of this PEM text.
     *
     * @throws IllegalArgumentException if there is none in it, with a sentence for people
     */
    public synchronized List<X509Certificate> add(String pem) {
        List<X509Certificate> given;
        try {
            given = PemFiles.certificates(pem);
        } catch (IOException none) {
            throw new IllegalArgumentException("this holds no certificate in PEM (-----BEGIN CERTIFICATE-----)", none);
        }
        for (X509Certificate root : given) {
            if (root.getBasicConstraints() < 0 && root.getVersion() > 1) {
                throw new IllegalArgumentException(
                        "the certificate of " + root.getSubjectX500Principal().getName()
                                + " is not an authority's; import the root under which phones' certificates lie");
            }
        }
        if (roots.size() + given.size() > MOST) {
            throw new IllegalArgumentException("there can be " + MOST + " roots; remove one that is not needed");
        }
        try {
            Files.createDirectories(directory);
            for (X509Certificate root : given) {
                PemFiles.writeCertificates(directory.resolve(Fingerprint.of(root) + ".pem"), List.of(root));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the client root cannot be written to " + directory, failed);
        }
        reload();
        return given;
    }

    /** Removes one; false if there is none with this fingerprint. */
    public synchronized boolean remove(String fingerprint) {
        if (!roots.containsKey(fingerprint)) {
            return false;
        }
        try {
            if (!Files.deleteIfExists(directory.resolve(fingerprint + ".pem"))) {
                throw new IllegalArgumentException(
                        "this root lies in a file that was put into " + directory + " by hand; remove it there");
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the client root cannot be removed from " + directory, failed);
        }
        reload();
        return true;
    }

    /** What a chain is worth, the client's own certificate first. What was found out lately is not found out again. */
    public ClientCertificate judge(List<X509Certificate> chain) {
        return judged.get(chain, this::judgedNow);
    }

    private ClientCertificate judgedNow(List<X509Certificate> chain) {
        X509Certificate own = chain.get(0);
        String distrust = distrust(own, chain);
        return new ClientCertificate(
                own.getSubjectX500Principal().getName(),
                distrust,
                distrust.isEmpty() ? names(own).device() : Optional.empty());
    }

    private String distrust(X509Certificate own, List<X509Certificate> chain) {
        Map<String, X509Certificate> known = roots;
        if (known.isEmpty()) {
            return "no root was imported";
        }
        if (chain.size() > LONGEST_CHAIN) {
            return "a chain of " + chain.size() + " certificates";
        }
        try {
            List<String> uses = own.getExtendedKeyUsage();
            if (uses != null && !uses.contains(CLIENT_AUTH) && !uses.contains(ANY_USE)) {
                return "it is not made for clients";
            }
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(own);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(
                    known.values().stream()
                            .map(root -> new TrustAnchor(root, null))
                            .collect(Collectors.toSet()),
                    target);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            parameters.setRevocationEnabled(false);
            parameters.setMaxPathLength(LONGEST_CHAIN);
            parameters.setDate(Date.from(clock.instant()));
            PKIXCertPathBuilderResult path = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(parameters);
            String taken = taken(path);
            return taken.isEmpty() && !oldAlgorithms ? tooOld(path) : taken;
        } catch (GeneralSecurityException distrusted) {
            return "it does not lie under an imported root: " + distrusted.getMessage();
        }
    }

    /** Whether its authority, or one above it, has taken back what it signed. */
    private String taken(PKIXCertPathBuilderResult path) {
        List<X509Certificate> all = new ArrayList<>();
        path.getCertPath().getCertificates().forEach(each -> all.add((X509Certificate) each));
        all.add(path.getTrustAnchor().getTrustedCert());
        RevocationLists lists = revoked;
        for (int i = 0; i + 1 < all.size(); i++) {
            String revocation = lists.revocation(all.get(i), all.get(i + 1));
            if (!revocation.isEmpty()) {
                return i == 0 ? revocation : "the authority that signed it counts no more: " + revocation;
            }
        }
        return "";
    }

    /** SHA-1 and keys of 1024 bits can be forged by who spends enough; so they count only where that was accepted. */
    private static String tooOld(PKIXCertPathBuilderResult path) {
        List<X509Certificate> all = new ArrayList<>();
        path.getCertPath().getCertificates().forEach(each -> all.add((X509Certificate) each));
        for (X509Certificate each : all) {
            if (each.getSigAlgName().toUpperCase(Locale.ROOT).startsWith("SHA1")) {
                return "it is signed with SHA-1; cpe.client-cert.old-algorithms=true accepts it";
            }
        }
        all.add(path.getTrustAnchor().getTrustedCert());
        for (X509Certificate each : all) {
            if (each.getPublicKey() instanceof RSAKey key && key.getModulus().bitLength() < LEAST_RSA_BITS) {
                return "it has a key of " + key.getModulus().bitLength()
                        + " bits; cpe.client-cert.old-algorithms=true accepts it";
            }
        }
        return "";
    }

    private static CertificateNames names(X509Certificate certificate) {
        X500Name subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return new CertificateNames(
                text(subject, BCStyle.CN),
                text(subject, BCStyle.SERIALNUMBER),
                text(subject, BCStyle.OU),
                text(subject, BCStyle.L),
                text(subject, BCStyle.ST));
    }

    private static String text(X500Name name, ASN1ObjectIdentifier type) {
        RDN[] found = name.getRDNs(type);
        // of two, neither counts: who reads the other one would read another name
        if (found.length != 1 || found[0].isMultiValued()) {
            return "";
        }
        return IETFUtils.valueToString(found[0].getFirst().getValue()).replaceAll("\\\\(.)", "$1");
    }
}
