package carillon.db;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets before they are written: AES-256-GCM with a random nonce, the key's number in front. The keys lie in a file
 * outside the database, readable by its owner alone; the highest number seals, all of them open. Thread-safe.
 */
public final class Seal {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final String CREDENTIALS = "credentials";

    private final Map<Integer, SecretKeySpec> keys;
    private final int newest;
    private final byte[] credentialKey;
    private final SecureRandom random = new SecureRandom();

    private Seal(Map<Integer, SecretKeySpec> keys, byte[] credentialKey) {
        this.keys = Map.copyOf(keys);
        this.newest = keys.keySet().stream().max(Integer::compare).orElseThrow();
        this.credentialKey = credentialKey;
    }

    /** Reads the key file, or makes one where there is none. Throws {@link DatabaseException} on one it cannot trust. */
    static Seal of(Path keyFile) {
        try {
            create(keyFile);
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(keyFile);
            if (permissions.contains(PosixFilePermission.OTHERS_READ)
                    || permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new DatabaseException(
                        "the key file " + keyFile + " can be read or changed by others; run: chmod 600 " + keyFile);
            }
            return read(keyFile);
        } catch (IOException failed) {
            throw new DatabaseException(
                    "the key file " + keyFile + " cannot be read or made (" + failed.getMessage() + ")", failed);
        }
    }

    private static Seal read(Path keyFile) throws IOException {
        Map<Integer, SecretKeySpec> keys = new HashMap<>();
        byte[] credentialKey = new byte[0];
        for (String line : Files.readAllLines(keyFile, StandardCharsets.US_ASCII)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            byte[] key = decoded(keyFile, line.substring(colon + 1).strip());
            String name = line.substring(0, Math.max(0, colon)).strip();
            if (name.equals(CREDENTIALS)) {
                credentialKey = key;
            } else if (name.matches("[1-9][0-9]{0,2}") && Integer.parseInt(name) < 128) {
                keys.put(Integer.parseInt(name), new SecretKeySpec(key, "AES"));
            } else {
                throw new DatabaseException("the key file " + keyFile + " has a line that is no key: " + name);
            }
        }
        if (keys.isEmpty() || credentialKey.length != 32) {
            throw new DatabaseException(
                    "the key file " + keyFile + " lacks a key; put back the file that belongs to this database");
        }
        return new Seal(keys, credentialKey);
    }

    private static byte[] decoded(Path keyFile, String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length == 32) {
                return key;
            }
        } catch (IllegalArgumentException notBase64) {
            // said below
        }
        throw new DatabaseException("the key file " + keyFile + " has a key that is not 32 octets in base64");
    }

    private static void create(Path keyFile) throws IOException {
        if (Files.exists(keyFile)) {
            return;
        }
        byte[] sealing = new byte[32];
        byte[] credentials = new byte[32];
        SecureRandom random = new SecureRandom();
        random.nextBytes(sealing);
        random.nextBytes(credentials);
        Base64.Encoder base64 = Base64.getEncoder();
        String text = "# Keys of this server. Whoever has them and the database can read every secret in it.\n1: "
                + base64.encodeToString(sealing) + "\n" + CREDENTIALS + ": " + base64.encodeToString(credentials)
                + "\n";
        Path parent = keyFile.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createFile(
                    keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(keyFile, text, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        } catch (FileAlreadyExistsException another) {
            // another process was first: its keys count
        }
    }

    /** Seals a text for this purpose (bound in as associated data). */
    public byte[] seal(String purpose, byte[] plain) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, newest, nonce, purpose);
            return ByteBuffer.allocate(1 + NONCE + plain.length + TAG_BITS / 8)
                    .put((byte) newest)
                    .put(nonce)
                    .put(cipher.doFinal(plain))
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a JDK without AES-GCM", impossible);
        }
    }

    /** Opens what was sealed for the same purpose; throws {@link IllegalArgumentException} on anything else. */
    public byte[] open(String purpose, byte[] sealed) {
        if (sealed.length < 1 + NONCE + TAG_BITS / 8 || !keys.containsKey((int) sealed[0])) {
            throw new IllegalArgumentException("not sealed with a key of this server");
        }
        byte[] nonce = new byte[NONCE];
        System.arraycopy(sealed, 1, nonce, 0, NONCE);
        try {
            return cipher(Cipher.DECRYPT_MODE, sealed[0], nonce, purpose)
                    .doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
        } catch (GeneralSecurityException changed) {
            throw new IllegalArgumentException("not sealed for " + purpose + " with a key of this server", changed);
        }
    }

    private Cipher cipher(int mode, int key, byte[] nonce, String purpose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, keys.get(key), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** A key for deriving devices' credentials: 32 octets, from the same key file, not the sealing key. */
    public byte[] credentialKey() {
        return credentialKey.clone();
    }
}
