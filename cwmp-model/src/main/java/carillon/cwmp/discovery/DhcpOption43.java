package carillon.cwmp.discovery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Vendor-specific information (RFC 2132, 8.4): where the ACS is (TR-069, 3.1), and for Cisco phones how to get a
 * certificate. The option belongs to whatever vendor the client names, so other codes may stand beside these.
 *
 * @param acs sub-options 1 to 4
 * @param scep sub-options 10 to 15
 * @param others what stood beside them
 * @param bare whether the octets are the address alone, without sub-options, as some clients want it
 */
public record DhcpOption43(Optional<AcsOffer> acs, Optional<ScepOffer> scep, List<SubOption> others, boolean bare) {
    private static final int LONGEST = 255;
    private static final int ACS = 1;
    private static final int LAST_OF_ACS = 4;

    public DhcpOption43 {
        others = List.copyOf(others);
    }

    /** The address of an ACS and what belongs to it. */
    public static DhcpOption43 of(AcsOffer acs) {
        return new DhcpOption43(Optional.of(acs), Optional.empty(), List.of(), false);
    }

    /** The address alone, for clients that know no sub-options. */
    public static DhcpOption43 bare(String url) {
        return new DhcpOption43(Optional.of(AcsOffer.of(url)), Optional.empty(), List.of(), true);
    }

    /** The octets of the value. Throws an {@link IllegalArgumentException} where they do not fit into one option. */
    public byte[] encode() {
        byte[] octets = bare
                ? acs.map(AcsOffer::url).orElse("").getBytes(StandardCharsets.UTF_8)
                : SubOption.written(subOptions());
        if (octets.length > LONGEST) {
            throw new IllegalArgumentException("option 43 would have " + octets.length
                    + " octets, more than the 255 that fit; shorten the address or leave out what is not needed");
        }
        return octets;
    }

    private List<SubOption> subOptions() {
        List<SubOption> all = new ArrayList<>();
        acs.ifPresent(offer -> all.addAll(offer.subOptions(ACS)));
        scep.ifPresent(offer -> all.addAll(offer.subOptions()));
        all.addAll(others);
        return all;
    }

    /** What these octets say: sub-options, or else an address alone; empty where they are neither. */
    public static Optional<DhcpOption43> decode(byte[] octets) {
        Optional<List<SubOption>> read = SubOption.read(octets);
        if (read.isPresent() && !read.get().isEmpty()) {
            List<SubOption> all = read.get();
            return Optional.of(new DhcpOption43(
                    AcsOffer.among(all, ACS),
                    ScepOffer.among(all),
                    all.stream().filter(one -> !isKnown(one.code())).toList(),
                    false));
        }
        String text = DhcpText.of(octets);
        boolean address = text.toLowerCase(Locale.ROOT).matches("https?://\\S+");
        return address ? Optional.of(bare(text)) : Optional.empty();
    }

    private static boolean isKnown(int code) {
        return code >= ACS && code <= LAST_OF_ACS || code >= ScepOffer.FIRST && code <= ScepOffer.LAST;
    }
}
