package carillon.cwmp.flatprofile;

import carillon.cwmp.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-CBC as {@code openssl enc -aes-256-cbc -md md5 -k PASS} writes it and {@code --key} of a profile rule reads it:
 * {@code Salted__}, eight octets of salt, ciphertext with PKCS #7 padding; key and IV by EVP_BytesToKey with one
 * iteration. The format proves nothing: a wrong key may end in valid padding, so who opens must look at what came out.
 */
public final class ProfileCipher {
    private static final byte[] MAGIC = "Salted__".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT = 8;
    private static final int HEADER = MAGIC.length + SALT;
    private static final int KEY = 32;
    private static final int BLOCK = 16;

    private final SecureRandom random;

    /** With the source of salts; each call takes a new one. */
    public ProfileCipher(SecureRandom random) {
        this.random = random;
    }

    /** How the passphrase becomes a key. */
    public enum Derivation {
        /** What phones do. */
        MD5("MD5", "md5"),
        /** What OpenSSL does since 1.1.0 unless told otherwise; no phone reads it. */
        SHA256("SHA-256", "sha256");

        private final String algorithm;
        private final String text;

        Derivation(String algorithm, String text) {
            this.algorithm = algorithm;
            this.text = text;
        }

        /** Its name as OpenSSL writes it. */
        public String text() {
            return text;
        }
    }

    /** Whether these octets begin as the format does. */
    public static boolean isSealed(byte[] octets) {
        return octets.length >= MAGIC.length && Arrays.equals(octets, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** Encrypts with a key from this passphrase, whose characters are taken as UTF-8, hexadecimal digits too. */
    public byte[] seal(byte[] plain, Secret passphrase, Derivation derivation) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, passphrase, derivation, salt);
            byte[] sealed = new byte[HEADER + cipher.getOutputSize(plain.length)];
            System.arraycopy(MAGIC, 0, sealed, 0, MAGIC.length);
            System.arraycopy(salt, 0, sealed, MAGIC.length, SALT);
            cipher.doFinal(plain, 0, plain.length, sealed, HEADER);
            return sealed;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java cannot do AES-256-CBC", missing);
        }
    }

    /**
     * Decrypts. What comes out with a wrong key is noise in one of some hundred cases, an exception in the others.
     *
     * @throws UnreadableProfileException if it is not in the format, cut off, or does not end as this key would have it
     */
    public static byte[] open(byte[] sealed, Secret passphrase, Derivation derivation)
            throws UnreadableProfileException {
        if (!isSealed(sealed)) {
            throw new UnreadableProfileException(
                    "it is not encrypted in OpenSSL's salted format: it does not begin with 'Salted__' (OpenSSL 3"
                            + " leaves that out where -S gives the salt; aes128gcm has no such mark)");
        }
        int length = sealed.length - HEADER;
        if (length < BLOCK || length % BLOCK != 0) {
            throw new UnreadableProfileException("it is cut off: " + sealed.length
                    + " octets are not a header of 16 and one or more whole blocks of 16");
        }
        try {
            byte[] salt = Arrays.copyOfRange(sealed, MAGIC.length, HEADER);
            return cipher(Cipher.DECRYPT_MODE, passphrase, derivation, salt).doFinal(sealed, HEADER, length);
        } catch (BadPaddingException | IllegalBlockSizeException wrong) {
            throw new UnreadableProfileException(
                    "it cannot be decrypted: it was encrypted with another key, or not with -md " + derivation.text()
                            + ", or it was altered or cut off",
                    wrong);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java cannot do AES-256-CBC", missing);
        }
    }

    private static Cipher cipher(int mode, Secret passphrase, Derivation derivation, byte[] salt)
            throws GeneralSecurityException {
        byte[] keyAndIv = derive(passphrase.reveal().getBytes(StandardCharsets.UTF_8), derivation, salt);
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(mode, new SecretKeySpec(keyAndIv, 0, KEY, "AES"), new IvParameterSpec(keyAndIv, KEY, BLOCK));
        return cipher;
    }

    /** EVP_BytesToKey with one iteration: each digest is made of the one before, the passphrase and the salt. */
    static byte[] derive(byte[] passphrase, Derivation derivation, byte[] salt) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance(derivation.algorithm);
        byte[] out = new byte[KEY + BLOCK];
        byte[] last = {};
        for (int filled = 0; filled < out.length; filled += last.length) {
            digest.update(last);
            digest.update(passphrase);
            last = digest.digest(salt);
            System.arraycopy(last, 0, out, filled, Math.min(last.length, out.length - filled));
        }
        return out;
    }
}
