package carillon.cwmp.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a DHCP server tells a phone of its ACS (TR-069, 3.1): everything is text, the numbers too.
 *
 * @param url of the ACS
 * @param provisioningCode what the phone reports back as its ProvisioningCode
 * @param retryWait CWMPRetryMinimumWaitInterval, seconds
 * @param retryMultiplier CWMPRetryIntervalMultiplier, thousandths
 */
public record AcsOffer(
        String url, Optional<String> provisioningCode, Optional<String> retryWait, Optional<String> retryMultiplier) {

    /** Only the address. */
    public static AcsOffer of(String url) {
        return new AcsOffer(url, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** As four sub-options in a row, the first with this code. */
    List<SubOption> subOptions(int first) {
        List<SubOption> all = new ArrayList<>();
        all.add(SubOption.text(first, url));
        provisioningCode.ifPresent(text -> all.add(SubOption.text(first + 1, text)));
        retryWait.ifPresent(text -> all.add(SubOption.text(first + 2, text)));
        retryMultiplier.ifPresent(text -> all.add(SubOption.text(first + 3, text)));
        return all;
    }

    static Optional<AcsOffer> among(List<SubOption> all, int first) {
        return SubOption.first(all, first)
                .map(url -> new AcsOffer(url.text(), text(all, first + 1), text(all, first + 2), text(all, first + 3)));
    }

    private static Optional<String> text(List<SubOption> all, int code) {
        return SubOption.first(all, code).map(SubOption::text);
    }
}
