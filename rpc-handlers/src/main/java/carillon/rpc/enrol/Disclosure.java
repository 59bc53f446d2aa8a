package carillon.rpc.enrol;

import carillon.db.Proof;

/** The trust table: what may travel by which road to whom. Pure; asked by the CWMP session and by the file listeners. */
public final class Disclosure {
    /** By which road the data would travel. */
    public enum Road {
        /** CWMP or HTTPS. */
        TLS,
        /** Plain HTTP or TFTP. */
        PLAIN_FILES,
        /** CWMP without TLS: SetParameterValues, Download. */
        PLAIN_CWMP
    }

    /** What would travel. */
    public enum Content {
        /** What every phone of a model may have: the server's address, its CA, when to come. No secrets. */
        BOOTSTRAP,
        /** A device's configuration as far as it is no secret. */
        CONFIGURATION,
        /** Configuration that holds secrets. */
        SECRETS
    }

    private Disclosure() {}

    /**
     * Whether this content may go to this phone by this road as it is.
     *
     * @param encryptedForPhone it is encrypted with a key that only this phone has
     * @param cleartextSecrets the setting {@code cpe.cleartext-secrets}
     */
    public static boolean allowed(
            Road road, Content content, Proof proof, boolean encryptedForPhone, boolean cleartextSecrets) {
        if (content == Content.BOOTSTRAP) {
            return true;
        }
        return switch (road) {
            case TLS -> proven(proof);
            case PLAIN_FILES -> encryptedForPhone;
            case PLAIN_CWMP -> proven(proof) && (content == Content.CONFIGURATION || cleartextSecrets);
        };
    }

    /** Whether the phone proved to be who it says; in the lab everybody is taken at their word. */
    public static boolean proven(Proof proof) {
        return switch (proof) {
            case CLIENT_CERTIFICATE, OWN_CREDENTIALS, APPROVAL, OPEN_LAB -> true;
            case FIRST_CONTACT, NONE -> false;
        };
    }
}
