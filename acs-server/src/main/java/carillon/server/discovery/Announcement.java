package carillon.server.discovery;

import carillon.cwmp.discovery.AcsOffer;
import carillon.cwmp.discovery.DhcpOption;
import carillon.cwmp.discovery.DhcpOption125;
import carillon.cwmp.discovery.DhcpOption150;
import carillon.cwmp.discovery.DhcpOption43;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a DHCP server shall tell phones.
 *
 * @param acs where the ACS is, for options 43 and 125
 * @param bare whether option 43 is the address alone
 * @param profileUrl where profiles are, for options 66 and 160; macros such as {@code $PSN} are the phone's
 * @param tftpServers for option 150
 */
public record Announcement(AcsOffer acs, boolean bare, Optional<String> profileUrl, List<String> tftpServers) {
    private static final int LONGEST_URL = 200;

    public Announcement {
        tftpServers = List.copyOf(tftpServers);
        checkAcs(acs.url());
        profileUrl.ifPresent(url -> checkText("the profile URL", url));
        acs.provisioningCode().ifPresent(code -> checkText("the provisioning code", code));
        acs.retryWait().ifPresent(wait -> checkNumber("the retry wait", wait, 1));
        acs.retryMultiplier().ifPresent(times -> checkNumber("the retry multiplier", times, 1000));
    }

    private static void checkAcs(String url) {
        checkText("the ACS URL", url);
        try {
            URI uri = new URI(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) {
                return;
            }
        } catch (URISyntaxException wrong) {
            throw new IllegalArgumentException("the ACS URL '" + url + "' is no URL: " + wrong.getReason(), wrong);
        }
        throw new IllegalArgumentException(
                "the ACS URL '" + url + "' must begin with http:// or https:// and name a host");
    }

    /** What stands in the configuration of another program must not end a string or a line there. */
    private static void checkText(String what, String text) {
        if (text.isEmpty() || text.length() > LONGEST_URL || !text.matches("[\\x21-\\x7e&&[^\"'\\\\`;{}]]+")) {
            throw new IllegalArgumentException(what + " must be 1 to " + LONGEST_URL
                    + " printable characters without blanks, quotes, semicolons, braces and backslashes");
        }
    }

    private static void checkNumber(String what, String text, int least) {
        boolean fits = text.matches("\\d{1,5}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= 65535;
        if (!fits) {
            throw new IllegalArgumentException(what + " is '" + text + "', but must be " + least + " to 65535");
        }
    }

    /** The options, in order of their codes. */
    public List<DhcpOption> options() {
        List<DhcpOption> options = new ArrayList<>();
        DhcpOption43 vendor = bare ? DhcpOption43.bare(acs.url()) : DhcpOption43.of(acs);
        options.add(new DhcpOption(43, vendor.encode()));
        profileUrl.ifPresent(url -> options.add(DhcpOption.text(66, url)));
        options.add(new DhcpOption(125, DhcpOption125.of(acs).encode()));
        if (!tftpServers.isEmpty()) {
            options.add(new DhcpOption(150, new DhcpOption150(tftpServers).encode()));
        }
        profileUrl.ifPresent(url -> options.add(DhcpOption.text(160, url)));
        return options;
    }
}
