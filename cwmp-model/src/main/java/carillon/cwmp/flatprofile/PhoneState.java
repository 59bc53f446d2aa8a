package carillon.cwmp.flatprofile;

import carillon.cwmp.Secret;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a phone knows of itself when it evaluates a rule.
 *
 * @param macros values by name, without the dollar sign: {@code MA}, {@code SWVER}, {@code A} to {@code P} …
 * @param secrets {@code SA} to {@code SD}
 * @param server where it goes by default, from DHCP option 66; may be empty
 */
public record PhoneState(Map<String, String> macros, Map<String, Secret> secrets, String server) {
    private static final Pattern SECRET = Pattern.compile("S[A-D]");
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{12}");

    public PhoneState {
        macros = Map.copyOf(macros);
        secrets = Map.copyOf(secrets);
    }

    /**
     * A phone with what follows from its identity.
     *
     * @param product such as {@code CP-8841-3PCC}
     * @param mac 12 hexadecimal digits, with or without separators
     */
    public static PhoneState of(String product, String mac, String serial, String softwareVersion) {
        return new PhoneState(Map.of(), Map.of(), "")
                .with("PN", product)
                .with("MA", mac)
                .with("SN", serial)
                .with("SWVER", softwareVersion);
    }

    /** Whether a macro of this name is one of the four that only option arguments may use. */
    static boolean isSecret(String name) {
        return SECRET.matcher(name).matches();
    }

    /**
     * The same phone with another value of a macro. One that determines others sets these too: {@code MA}, {@code MAU} and
     * {@code MAC} are one address, {@code PSN} is {@code PN} without its {@code CP-}.
     */
    public PhoneState with(String name, String value) {
        if (isSecret(name)) {
            Map<String, Secret> more = new HashMap<>(secrets);
            more.put(name, new Secret(value));
            return new PhoneState(macros, more, server);
        }
        Map<String, String> more = new HashMap<>(macros);
        more.put(name, value);
        switch (name) {
            case "MA", "MAU", "MAC" -> more.putAll(address(value));
            case "PN" -> more.put("PSN", value.startsWith("CP-") ? value.substring(3) : value);
            default -> {}
        }
        return new PhoneState(more, secrets, server);
    }

    /** The same phone on a network whose DHCP names this server. */
    public PhoneState at(String otherServer) {
        return new PhoneState(macros, secrets, otherServer);
    }

    /** The value of a macro that is no secret; {@code A} to {@code P} are empty where nothing was put there. */
    public Optional<String> value(String name) {
        String value = macros.get(name);
        return value == null && Macro.isGeneralPurpose(name) ? Optional.of("") : Optional.ofNullable(value);
    }

    /** The value of one of {@code SA} to {@code SD}; empty where nothing was put there. */
    public Secret secret(String name) {
        return secrets.getOrDefault(name, new Secret(""));
    }

    private static Map<String, String> address(String value) {
        String plain = value.toLowerCase(Locale.ROOT).replaceAll("[:.-]", "");
        if (!MAC.matcher(plain).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no MAC address: 12 hexadecimal digits are needed");
        }
        return Map.of(
                "MA", plain,
                "MAU", plain.toUpperCase(Locale.ROOT),
                "MAC", plain.replaceAll("(..)(?=.)", "$1:"));
    }
}
