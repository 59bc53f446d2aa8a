package carillon.db;

/** Seals secrets before they are written: AES-256-GCM with a random nonce, the key's number in front. Thread-safe. */
public final class Seal {

    /** Seals a text for this purpose (bound in as associated data). */
    public byte[] seal(String purpose, byte[] plain) {
        throw new UnsupportedOperationException("contract");
    }

    /** Opens what was sealed for the same purpose; throws {@link IllegalArgumentException} on anything else. */
    public byte[] open(String purpose, byte[] sealed) {
        throw new UnsupportedOperationException("contract");
    }

    /** A key for deriving devices' credentials: 32 octets, from the same key file, not the sealing key. */
    public byte[] credentialKey() {
        throw new UnsupportedOperationException("contract");
    }
}
