package carillon.cwmp.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an option means, in lines for people. */
public final class DhcpReading {
    private DhcpReading() {}

    /** One line or several; secrets are not shown. */
    public static List<String> of(DhcpOption option) {
        return switch (option.code()) {
            case 43 ->
                DhcpOption43.decode(option.value()).map(DhcpReading::lines).orElseGet(() -> raw(option));
            case 60 -> {
                DhcpOption60 read = DhcpOption60.decode(option.value());
                yield List.of("60 vendor class: " + read.text()
                        + (read.asksForAcs() ? " (asks for an ACS)" : " (does not ask for an ACS)"));
            }
            case 66 -> text(option, "TFTP server or provisioning URL");
            case 125 ->
                DhcpOption125.decode(option.value()).map(DhcpReading::lines).orElseGet(() -> raw(option));
            case 150 ->
                DhcpOption150.decode(option.value())
                        .map(read -> List.of("150 TFTP servers: " + String.join(", ", read.addresses())))
                        .orElseGet(() -> raw(option));
            case 159, 160 -> text(option, "provisioning URL");
            default -> raw(option);
        };
    }

    private static List<String> lines(DhcpOption43 read) {
        List<String> lines = new ArrayList<>();
        read.acs().ifPresent(acs -> offer("43", read.bare() ? " (the address alone)" : "", acs, lines));
        read.scep().ifPresent(scep -> {
            lines.add("43 SCEP server: " + scep.server());
            lines.add("43 fingerprint of the root CA: " + scep.fingerprint());
            lines.add("43 challenge: " + (scep.challenge().isEmpty() ? "none" : "***") + ", FIPS: " + yes(scep.fips())
                    + ", 802.1X: " + yes(scep.dot1x()) + ", certificate: "
                    + (scep.customCertificate() ? "custom" : "manufacturing"));
        });
        rest("43", read.others(), lines);
        return lines;
    }

    private static List<String> lines(DhcpOption125 read) {
        List<String> lines = new ArrayList<>();
        identity("device", read.device(), lines);
        identity("gateway", read.gateway(), lines);
        read.acs().ifPresent(acs -> offer("125", "", acs, lines));
        rest("125", read.others(), lines);
        return lines;
    }

    private static void identity(String who, Optional<DhcpOption125.Identity> identity, List<String> lines) {
        identity.ifPresent(is -> lines.add("125 " + who + ": OUI " + is.oui() + ", serial " + is.serial()
                + (is.productClass().isEmpty() ? "" : ", class " + is.productClass())));
    }

    private static void offer(String option, String remark, AcsOffer acs, List<String> lines) {
        lines.add(option + " ACS URL: " + acs.url() + remark);
        acs.provisioningCode().ifPresent(code -> lines.add(option + " provisioning code: " + code));
        acs.retryWait().ifPresent(wait -> lines.add(option + " retry minimum wait: " + wait + " s"));
        acs.retryMultiplier().ifPresent(times -> lines.add(option + " retry multiplier: " + times));
    }

    private static void rest(String option, List<SubOption> others, List<String> lines) {
        others.forEach(one -> lines.add(option + " sub-option " + one.code() + ": " + one));
    }

    private static List<String> text(DhcpOption option, String meaning) {
        String text = DhcpText.of(option.value());
        return DhcpText.isPrintable(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                ? List.of(option.code() + " " + meaning + ": " + text)
                : raw(option);
    }

    private static List<String> raw(DhcpOption option) {
        return List.of(option.code() + " octets: " + option.valueHex());
    }

    private static String yes(boolean on) {
        return on ? "yes" : "no";
    }
}
