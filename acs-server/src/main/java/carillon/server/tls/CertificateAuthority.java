package carillon.server.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An authority of this server: an EC P-256 key and a root certificate of ten years under {@code DATA/tls}, made where they
 * are missing.
 */
public final class CertificateAuthority {
    private static final Duration ROOT_LIFE = Duration.ofDays(3652);
    private static final Duration SERVER_LIFE = Duration.ofDays(730);
    /** Phones without a set clock may lag behind; so may virtual machines. */
    private static final Duration CLOCK_SLACK = Duration.ofDays(2);

    private final PrivateKey key;
    private final X509Certificate root;
    private final InstantSource clock;

    private CertificateAuthority(PrivateKey key, X509Certificate root, InstantSource clock) {
        this.key = key;
        this.root = root;
        this.clock = clock;
    }

    /** A key and the certificates that vouch for it, the own one first. */
    public record Identity(PrivateKey key, List<X509Certificate> chain) {
        public Identity {
            chain = List.copyOf(chain);
        }
    }

    /** Opens the authority of this name in this directory, or makes it. */
    static CertificateAuthority open(Path directory, String name, InstantSource clock) {
        Path keyFile = directory.resolve(name + ".key");
        Path rootFile = directory.resolve(name + ".pem");
        try {
            if (Files.exists(keyFile) && Files.exists(rootFile)) {
                return new CertificateAuthority(
                        PemFiles.readKey(keyFile),
                        PemFiles.readCertificates(rootFile).get(0),
                        clock);
            }
            KeyPair pair = newKeyPair();
            CertificateAuthority made = new CertificateAuthority(pair.getPrivate(), selfSigned(pair, clock), clock);
            PemFiles.writeKey(keyFile, made.key);
            PemFiles.writeCertificates(rootFile, List.of(made.root));
            return made;
        } catch (IOException failed) {
            throw new UncheckedIOException("the certificate authority in " + directory + " cannot be used", failed);
        }
    }

    /** What phones must trust. */
    public X509Certificate root() {
        return root;
    }

    /** A new key and a server certificate for these names and addresses; the first is the subject. */
    public Identity issue(List<String> names) {
        KeyPair pair = newKeyPair();
        Instant now = clock.instant();
        Instant end = earlier(now.plus(SERVER_LIFE), root.getNotAfter().toInstant());
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                root,
                serial(),
                Date.from(now.minus(CLOCK_SLACK)),
                Date.from(end),
                subject(names.get(0)),
                pair.getPublic());
        GeneralName[] alternatives =
                names.stream().map(CertificateAuthority::generalName).toArray(GeneralName[]::new);
        try {
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives))
                    .addExtension(
                            Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(pair.getPublic()))
                    .addExtension(Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(root));
            return new Identity(pair.getPrivate(), List.of(sign(builder, key), root));
        } catch (IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException("a server certificate could not be made", impossible);
        }
    }

    private static X509Certificate selfSigned(KeyPair pair, InstantSource clock) {
        Instant now = clock.instant();
        // two installations have different roots; the name tells them apart in a trust store
        X500Name name = subject("Carillon CA " + serial().toString(16).substring(0, 8));
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                serial(),
                Date.from(now.minus(CLOCK_SLACK)),
                Date.from(now.plus(ROOT_LIFE)),
                name,
                pair.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            return sign(builder, pair.getPrivate());
        } catch (IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException("a root certificate could not be made", impossible);
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey signer)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
        } catch (OperatorCreationException impossible) {
            throw new GeneralSecurityException(impossible);
        }
    }

    private static KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a JDK without P-256", impossible);
        }
    }

    private static X500Name subject(String commonName) {
        String fitting = commonName.length() > 64 ? commonName.substring(0, 64) : commonName;
        return new X500NameBuilder().addRDN(BCStyle.CN, fitting).build();
    }

    private static GeneralName generalName(String name) {
        return new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    /** Whether this is the text of an address, not a name. */
    static boolean isAddress(String name) {
        return name.contains(":") || name.matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
    }

    /** An address in the one writing that certificates are compared in. */
    static String canonical(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static BigInteger serial() {
        return new BigInteger(120, new SecureRandom()).setBit(119);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
