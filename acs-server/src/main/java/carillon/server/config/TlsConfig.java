package carillon.server.config;

import carillon.cwmp.Secret;
import java.util.List;

/**
 * How TLS is done, and which certificates count.
 *
 * @param oldest version that is spoken: {@code TLSv1}, {@code TLSv1.1}, {@code TLSv1.2} or {@code TLSv1.3}
 * @param sessions how many sessions are kept, so that phones can resume them
 */
public record TlsConfig(String oldest, int sessions, Files files, Clients clients) {
    private static final List<String> VERSIONS = List.of("1.0", "1.1", "1.2", "1.3");

    /**
     * The operator's own certificate, as PEM files or as one PKCS#12 file; all empty where this server's authority makes it.
     *
     * @param certificate the certificate and those above it, PEM
     * @param key PEM
     * @param store PKCS#12
     */
    public record Files(String certificate, String key, String store, Secret storePassword) {
        /** None: the authority of this server makes the certificate. */
        public static final Files NONE = new Files("", "", "", new Secret(""));

        /** Whether there are any. */
        public boolean given() {
            return !certificate.isEmpty() || !store.isEmpty();
        }
    }

    /** What is asked of phones. */
    public enum Demand {
        /** No phone is asked for a certificate. */
        OFF,
        /** Phones are asked and may have none. */
        REQUEST,
        /** Without a certificate that counts no phone may call over HTTPS. */
        REQUIRE
    }

    /**
     * Phones' certificates.
     *
     * @param oldAlgorithms whether SHA-1 and keys of 1024 bits count
     */
    public record Clients(Demand demand, boolean oldAlgorithms) {}

    public static TlsConfig from(ConfigReader reader) {
        String oldest = reader.text(
                "tls.oldest",
                "1.2",
                "The oldest version of TLS that is spoken: 1.0, 1.1, 1.2 or 1.3. Old phones only.");
        if (!VERSIONS.contains(oldest)) {
            reader.problem("tls.oldest is '" + oldest + "'; it must be one of 1.0, 1.1, 1.2, 1.3");
        }
        return new TlsConfig(
                oldest.equals("1.0") ? "TLSv1" : "TLSv" + oldest,
                reader.number(
                        "tls.sessions",
                        100_000,
                        1,
                        10_000_000,
                        "How many TLS sessions are kept for phones that come again; as many as there are phones."),
                files(reader),
                new Clients(
                        reader.choice(
                                "cpe.client-cert",
                                Demand.REQUEST,
                                "Whether phones are asked for a client certificate over HTTPS: off, request (where a"
                                        + " root was imported), or require."),
                        reader.flag(
                                "cpe.client-cert.old-algorithms",
                                false,
                                "Whether client certificates count that are signed with SHA-1 or have keys of 1024"
                                        + " bits, as old manufacturing certificates do.")));
    }

    private static Files files(ConfigReader reader) {
        Files files = new Files(
                reader.text(
                        "tls.certificate",
                        "",
                        "PEM file of the server's certificate and those above it; empty: this server's own authority"
                                + " makes one. Read again when it changes."),
                reader.text("tls.key", "", "PEM file of the private key of tls.certificate."),
                reader.text(
                        "tls.keystore",
                        "",
                        "PKCS#12 file with the server's certificate and key, instead of tls.certificate and tls.key."),
                reader.secret("tls.keystore.password", "Password of tls.keystore."));
        if (files.certificate().isEmpty() != files.key().isEmpty()) {
            reader.problem("of tls.certificate and tls.key one is set without the other; set both or none");
        }
        if (!files.certificate().isEmpty() && !files.store().isEmpty()) {
            reader.problem("tls.certificate and tls.keystore are both set; keep one of them");
        }
        return files;
    }
}
