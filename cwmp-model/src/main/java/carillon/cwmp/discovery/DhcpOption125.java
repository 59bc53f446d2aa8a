package carillon.cwmp.discovery;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Vendor-identifying vendor-specific information (RFC 3925, 4) of the Broadband Forum, enterprise 3561: who a device is
 * and who its gateway is (TR-069, annex F), and as a second chance where the ACS is.
 *
 * @param device sub-options 1 to 3
 * @param gateway sub-options 4 to 6
 * @param acs sub-options 11 to 14
 * @param others what stood beside them
 */
public record DhcpOption125(
        Optional<Identity> device, Optional<Identity> gateway, Optional<AcsOffer> acs, List<SubOption> others) {
    /** The Broadband Forum's enterprise number. */
    public static final int ENTERPRISE = 3561;

    private static final int DEVICE = 1;
    private static final int GATEWAY = 4;
    private static final int ACS = 11;
    private static final int LAST_OF_ACS = 14;
    private static final int LONGEST = 255;

    public DhcpOption125 {
        others = List.copyOf(others);
    }

    /** Who a device or a gateway is; the class may be missing. */
    public record Identity(String oui, String serial, String productClass) {
        private List<SubOption> subOptions(int first) {
            List<SubOption> all =
                    new ArrayList<>(List.of(SubOption.text(first, oui), SubOption.text(first + 1, serial)));
            if (!productClass.isEmpty()) {
                all.add(SubOption.text(first + 2, productClass));
            }
            return all;
        }

        private static Optional<Identity> among(List<SubOption> all, int first) {
            Optional<String> oui = SubOption.first(all, first).map(SubOption::text);
            Optional<String> serial = SubOption.first(all, first + 1).map(SubOption::text);
            return oui.isPresent() && serial.isPresent()
                    ? Optional.of(new Identity(
                            oui.get(),
                            serial.get(),
                            SubOption.first(all, first + 2).map(SubOption::text).orElse("")))
                    : Optional.empty();
        }
    }

    /** Where the ACS is, and nothing else. */
    public static DhcpOption125 of(AcsOffer acs) {
        return new DhcpOption125(Optional.empty(), Optional.empty(), Optional.of(acs), List.of());
    }

    /** The octets of the value. Throws an {@link IllegalArgumentException} where they do not fit into one option. */
    public byte[] encode() {
        List<SubOption> all = new ArrayList<>();
        device.ifPresent(identity -> all.addAll(identity.subOptions(DEVICE)));
        gateway.ifPresent(identity -> all.addAll(identity.subOptions(GATEWAY)));
        acs.ifPresent(offer -> all.addAll(offer.subOptions(ACS)));
        all.addAll(others);
        byte[] data = SubOption.written(all);
        if (data.length + 5 > LONGEST) {
            throw new IllegalArgumentException("option 125 would have " + (data.length + 5)
                    + " octets, more than the 255 that fit; shorten the address or leave out what is not needed");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 0, ENTERPRISE >> 8, (byte) ENTERPRISE, (byte) data.length});
        out.writeBytes(data);
        return out.toByteArray();
    }

    /** What these octets say under the Broadband Forum's number, among those of other enterprises; empty where nothing. */
    public static Optional<DhcpOption125> decode(byte[] octets) {
        int at = 0;
        while (at + 5 <= octets.length) {
            long enterprise = (octets[at] & 0xffL) << 24
                    | (octets[at + 1] & 0xff) << 16
                    | (octets[at + 2] & 0xff) << 8
                    | octets[at + 3] & 0xff;
            int end = at + 5 + (octets[at + 4] & 0xff);
            if (end > octets.length) {
                return Optional.empty();
            }
            if (enterprise == ENTERPRISE) {
                return SubOption.read(Arrays.copyOfRange(octets, at + 5, end)).map(DhcpOption125::of);
            }
            at = end;
        }
        return Optional.empty();
    }

    private static DhcpOption125 of(List<SubOption> all) {
        return new DhcpOption125(
                Identity.among(all, DEVICE),
                Identity.among(all, GATEWAY),
                AcsOffer.among(all, ACS),
                all.stream().filter(one -> !isKnown(one.code())).toList());
    }

    private static boolean isKnown(int code) {
        return code >= DEVICE && code <= GATEWAY + 2 || code >= ACS && code <= LAST_OF_ACS;
    }
}
