package carillon.cwmp.flatprofile;

import carillon.cwmp.Secret;
import carillon.cwmp.flatprofile.ProfileCipher.Derivation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * What lies around a profile on its way: gzip first, then encryption. A phone takes a profile plain, compressed, encrypted,
 * or both, and tells them apart by how they begin; so does this.
 */
public final class ProfilePacking {
    private static final int CHUNK = 8192;
    private static final int GZIP_1 = 0x1f;
    private static final int GZIP_2 = 0x8b;

    private ProfilePacking() {}

    /** The same octets for the same content: the header has neither name nor time. */
    public static byte[] compress(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(64, plain.length / 4));
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** Whether these octets begin as a gzip file does. */
    public static boolean isCompressed(byte[] octets) {
        return octets.length >= 2 && (octets[0] & 0xff) == GZIP_1 && (octets[1] & 0xff) == GZIP_2;
    }

    /**
     * What a gzip file holds.
     *
     * @param limit octets it may hold; it is read no further than that
     */
    public static byte[] expand(byte[] compressed, int limit) throws UnreadableProfileException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(CHUNK);
        byte[] chunk = new byte[CHUNK];
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            for (int read = gzip.read(chunk); read >= 0; read = gzip.read(chunk)) {
                if (out.size() + read > limit) {
                    throw new UnreadableProfileException(
                            "it is too large: more than " + limit + " octets come out of the gzip file");
                }
                out.write(chunk, 0, read);
            }
        } catch (EOFException cut) {
            throw new UnreadableProfileException("it is cut off: the gzip file ends early", cut);
        } catch (ZipException broken) {
            throw new UnreadableProfileException("the gzip file is broken: " + broken.getMessage(), broken);
        } catch (IOException broken) {
            throw new UnreadableProfileException("the gzip file cannot be read: " + broken.getMessage(), broken);
        }
        return out.toByteArray();
    }

    /** Takes the gzip off, where there is one. */
    public static byte[] unpack(byte[] octets, int limit) throws UnreadableProfileException {
        return isCompressed(octets) ? expand(octets, limit) : octets;
    }

    /**
     * Takes encryption and gzip off an XML document, as far as there are any. What was encrypted must be XML or gzip
     * inside: that is the only way to tell a wrong key whose padding happens to fit.
     */
    public static byte[] unpack(byte[] octets, Secret passphrase, Derivation derivation, int limit)
            throws UnreadableProfileException {
        if (isCompressed(octets) || looksLikeXml(octets)) {
            return unpack(octets, limit);
        }
        try {
            return unpack(opened(octets, passphrase, derivation), limit);
        } catch (UnreadableProfileException unreadable) {
            for (Derivation other : Derivation.values()) {
                if (other != derivation && opens(octets, passphrase, other)) {
                    throw new UnreadableProfileException(
                            "it was encrypted with -md " + other.text() + " instead of -md " + derivation.text()
                                    + (other == Derivation.SHA256 ? ", which no phone can decrypt" : ""),
                            unreadable);
                }
            }
            throw unreadable;
        }
    }

    private static boolean opens(byte[] octets, Secret passphrase, Derivation derivation) {
        try {
            return opened(octets, passphrase, derivation).length > 0;
        } catch (UnreadableProfileException unreadable) {
            return false;
        }
    }

    private static byte[] opened(byte[] octets, Secret passphrase, Derivation derivation)
            throws UnreadableProfileException {
        byte[] plain = ProfileCipher.open(octets, passphrase, derivation);
        if (!isCompressed(plain) && !looksLikeXml(plain)) {
            throw new UnreadableProfileException(
                    "what comes out is neither XML nor gzip: it was encrypted with another key, or not with -md "
                            + derivation.text());
        }
        return plain;
    }

    /** Whether the first character that is no white space opens a tag; a byte order mark may stand before it. */
    public static boolean looksLikeXml(byte[] octets) {
        int at = octets.length >= 3 && octets[0] == (byte) 0xef && octets[1] == (byte) 0xbb && octets[2] == (byte) 0xbf
                ? 3
                : 0;
        while (at < octets.length
                && (octets[at] == ' ' || octets[at] == '\t' || octets[at] == '\r' || octets[at] == '\n')) {
            at++;
        }
        return at < octets.length && octets[at] == '<';
    }
}
