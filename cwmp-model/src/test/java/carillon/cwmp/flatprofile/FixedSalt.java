package carillon.cwmp.flatprofile;

import java.security.SecureRandom;
import java.util.HexFormat;

/** A source of salts that always gives the same one. */
final class FixedSalt extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final byte[] salt;

    FixedSalt(String hex) {
        this.salt = HexFormat.of().parseHex(hex);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        System.arraycopy(salt, 0, bytes, 0, bytes.length);
    }
}
