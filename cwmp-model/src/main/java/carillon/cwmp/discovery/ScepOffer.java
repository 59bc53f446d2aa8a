package carillon.cwmp.discovery;

import carillon.cwmp.Secret;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * How a factory-new Cisco phone gets a certificate of its own, in sub-options 10 to 15 of option 43.
 *
 * @param fips whether only FIPS algorithms are used
 * @param server URL of the SCEP server
 * @param fingerprint of the root CA: 20 octets (SHA-1) or 32 (SHA-256), hexadecimal
 * @param challenge the password; empty: the phone's manufacturing certificate speaks for it
 * @param dot1x whether the phone uses the certificate for 802.1X
 * @param customCertificate whether the phone uses the new certificate, and not the manufacturing one
 */
public record ScepOffer(
        boolean fips, String server, String fingerprint, Secret challenge, boolean dot1x, boolean customCertificate) {
    static final int FIRST = 10;
    static final int LAST = 15;

    public ScepOffer {
        fingerprint = fingerprint.replace(":", "").toUpperCase(java.util.Locale.ROOT);
        if (!fingerprint.matches("([0-9A-F]{2}){20}|([0-9A-F]{2}){32}")) {
            throw new IllegalArgumentException("the fingerprint '" + fingerprint
                    + "' is not 20 octets (SHA-1) or 32 (SHA-256) in hexadecimal digits");
        }
    }

    List<SubOption> subOptions() {
        List<SubOption> all = new ArrayList<>();
        all.add(flag(10, fips));
        all.add(SubOption.text(11, server));
        all.add(new SubOption(12, HexFormat.of().parseHex(fingerprint)));
        if (!challenge.isEmpty()) {
            all.add(SubOption.text(13, challenge.reveal()));
        }
        all.add(flag(14, dot1x));
        all.add(flag(15, customCertificate));
        return all;
    }

    static Optional<ScepOffer> among(List<SubOption> all) {
        Optional<SubOption> server = SubOption.first(all, 11);
        Optional<SubOption> fingerprint = SubOption.first(all, 12);
        if (server.isEmpty() || fingerprint.isEmpty()) {
            return Optional.empty();
        }
        int length = fingerprint.get().value().length;
        if (length != 20 && length != 32) {
            return Optional.empty();
        }
        return Optional.of(new ScepOffer(
                isSet(all, 10),
                server.get().text(),
                HexFormat.of().formatHex(fingerprint.get().value()),
                new Secret(SubOption.first(all, 13).map(SubOption::text).orElse("")),
                isSet(all, 14),
                isSet(all, 15)));
    }

    private static SubOption flag(int code, boolean on) {
        return new SubOption(code, new byte[] {(byte) (on ? 1 : 0)});
    }

    private static boolean isSet(List<SubOption> all, int code) {
        return SubOption.first(all, code)
                .map(SubOption::value)
                .filter(value -> value.length == 1 && value[0] == 1)
                .isPresent();
    }
}
