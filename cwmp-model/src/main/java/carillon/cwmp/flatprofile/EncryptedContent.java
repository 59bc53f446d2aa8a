package carillon.cwmp.flatprofile;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The content encoding {@code aes128gcm} (RFC 8188): a header with salt, record size and key id, then records that
 * AES-128-GCM seals. Who says {@code Content-Encoding: aes128gcm} sends this.
 */
public final class EncryptedContent {
    /** What the header field {@code Content-Encoding} says. */
    public static final String NAME = "aes128gcm";

    /** The record size that RFC 8188 uses in its examples, and that phones take for sure. */
    public static final int USUAL_RECORD = 4096;

    private static final int SALT = 16;
    private static final int FIXED_HEADER = SALT + Integer.BYTES + 1;
    private static final int TAG = 16;
    private static final int SMALLEST_RECORD = TAG + 2;
    private static final int LARGEST_RECORD = 1 << 24;
    private static final int LONGEST_KEY_ID = 255;
    private static final int NONCE = 12;
    private static final byte MORE = 1;
    private static final byte LAST = 2;

    private final SecureRandom random;

    /** With the source of salts; each call takes a new one. */
    public EncryptedContent(SecureRandom random) {
        this.random = random;
    }

    /**
     * What a sender may choose.
     *
     * @param recordSize octets of a sealed record, 18 or more
     * @param keyId at most 255 octets as UTF-8; phones are not known to look at it
     */
    public record Form(int recordSize, String keyId) {
        /** Records of 4096 octets, no key id. */
        public static final Form USUAL = new Form(USUAL_RECORD, "");

        public Form {
            if (recordSize < SMALLEST_RECORD || recordSize > LARGEST_RECORD) {
                throw new IllegalArgumentException("a record size of " + recordSize + " is not allowed; give "
                        + SMALLEST_RECORD + " to " + LARGEST_RECORD);
            }
            if (keyId.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY_ID) {
                throw new IllegalArgumentException("the key id has more than " + LONGEST_KEY_ID + " octets");
            }
        }
    }

    /** Encrypts. */
    public byte[] seal(byte[] plain, byte[] keyingMaterial, Form form) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        byte[] keyId = form.keyId().getBytes(StandardCharsets.UTF_8);
        int room = form.recordSize() - TAG - 1;
        int records = Math.max(1, (plain.length + room - 1) / room);
        ByteBuffer out = ByteBuffer.allocate(
                Math.addExact(FIXED_HEADER + keyId.length + plain.length, Math.multiplyExact(records, TAG + 1)));
        out.put(salt).putInt(form.recordSize()).put((byte) keyId.length).put(keyId);
        try {
            Keys keys = Keys.of(keyingMaterial, salt);
            for (int i = 0; i < records; i++) {
                int from = i * room;
                byte[] data = Arrays.copyOfRange(plain, from, Math.min(plain.length, from + room) + 1);
                data[data.length - 1] = i == records - 1 ? LAST : MORE;
                out.put(keys.cipher(Cipher.ENCRYPT_MODE, i).doFinal(data));
            }
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java cannot do AES-128-GCM", missing);
        }
        return out.array();
    }

    /**
     * Decrypts. What comes out is what was sealed with this key, whole.
     *
     * @throws UnreadableProfileException if it is not in the format, cut off, altered, or sealed with another key
     */
    public static byte[] open(byte[] body, byte[] keyingMaterial) throws UnreadableProfileException {
        ByteBuffer in = ByteBuffer.wrap(body);
        byte[] salt = new byte[SALT];
        long recordSize;
        try {
            in.get(salt);
            recordSize = Integer.toUnsignedLong(in.getInt());
            in.get(new byte[Byte.toUnsignedInt(in.get())]);
        } catch (BufferUnderflowException cut) {
            throw new UnreadableProfileException(
                    "it is cut off: " + body.length + " octets do not hold the header of aes128gcm", cut);
        }
        if (recordSize < SMALLEST_RECORD) {
            throw new UnreadableProfileException(
                    "it is no aes128gcm: its record size is " + recordSize + ", less than " + SMALLEST_RECORD);
        }
        if (!in.hasRemaining()) {
            throw new UnreadableProfileException("it is cut off: no record follows the header of aes128gcm");
        }
        try {
            return records(in, recordSize, Keys.of(keyingMaterial, salt));
        } catch (AEADBadTagException wrong) {
            throw new UnreadableProfileException(
                    "it cannot be decrypted: it was encrypted with another key (or the key was read in another way: as"
                            + " text, as base64url), or it was altered or cut off",
                    wrong);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java cannot do AES-128-GCM", missing);
        }
    }

    private static byte[] records(ByteBuffer in, long recordSize, Keys keys)
            throws GeneralSecurityException, UnreadableProfileException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(in.remaining());
        for (int i = 0; in.hasRemaining(); i++) {
            int length = (int) Math.min(recordSize, in.remaining());
            if (length < TAG + 1) {
                throw new UnreadableProfileException("it is cut off: its last record has " + length + " octets");
            }
            byte[] record = new byte[length];
            in.get(record);
            byte[] data = keys.cipher(Cipher.DECRYPT_MODE, i).doFinal(record);
            int end = data.length - 1;
            while (end >= 0 && data[end] == 0) {
                end--;
            }
            if (end < 0 || data[end] != (in.hasRemaining() ? MORE : LAST)) {
                throw new UnreadableProfileException(
                        !in.hasRemaining() && end >= 0 && data[end] == MORE
                                ? "it is cut off: more records should follow"
                                : "it is no aes128gcm: record " + i + " does not end as it must");
            }
            plain.write(data, 0, end);
        }
        return plain.toByteArray();
    }

    /** Content key and base nonce (RFC 8188, 2.2 and 2.3). */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Keys(byte[] content, byte[] nonce) {
        static Keys of(byte[] keyingMaterial, byte[] salt) throws GeneralSecurityException {
            byte[] pseudorandom = hmac(salt, keyingMaterial);
            return new Keys(
                    Arrays.copyOf(hmac(pseudorandom, info("aes128gcm")), 16),
                    Arrays.copyOf(hmac(pseudorandom, info("nonce")), NONCE));
        }

        Cipher cipher(int mode, int record) throws GeneralSecurityException {
            byte[] own = nonce.clone();
            for (int i = 0; i < Integer.BYTES; i++) {
                own[NONCE - 1 - i] ^= (byte) (record >>> 8 * i);
            }
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(content, "AES"), new GCMParameterSpec(TAG * 8, own));
            return cipher;
        }

        private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        }

        private static byte[] info(String what) {
            return ("Content-Encoding: " + what + "\0\1").getBytes(StandardCharsets.US_ASCII);
        }
    }
}
