package carillon.rpc.provision;

import carillon.cwmp.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A SIP line.
 *
 * @param extension which extension of the phone it is, from 1
 * @param user the number or name that it registers
 * @param displayName what others see; may be empty
 * @param authUser the name that it authenticates with; empty for the user
 * @param password what it authenticates with; may be empty
 * @param proxy host, with a port or without; may be empty
 */
public record Account(int extension, String user, String displayName, String authUser, Secret password, String proxy) {
    public Account {
        if (extension < 1 || extension > 99) {
            throw new IllegalArgumentException("the extension " + extension + " is not between 1 and 99");
        }
    }

    /** The layer that the lines of a phone are: before all that is said of this phone alone, after all that is not. */
    public static Layer layer(PhoneFacts phone) {
        Map<String, LayerValue> values = new LinkedHashMap<>();
        for (Account account : phone.accounts()) {
            String end = "_" + account.extension() + "_";
            values.put("Line_Enable" + end, LayerValue.Put.of("Yes"));
            put(values, "User_ID" + end, account.user());
            put(values, "Display_Name" + end, account.displayName());
            put(values, "Auth_ID" + end, account.authUser());
            put(values, "Password" + end, account.password().reveal());
            put(values, "Proxy" + end, account.proxy());
        }
        return new Layer("accounts", new LayerScope.Device(phone.device()), Integer.MIN_VALUE, values);
    }

    /** What a macro asks of the lines: {@code user}, {@code name}, {@code auth}, {@code password}, {@code proxy}. */
    static List<String> fields() {
        return List.of("user", "name", "auth", "password", "proxy", "extension");
    }

    String field(String name) {
        return switch (name) {
            case "user" -> user;
            case "name" -> displayName;
            case "auth" -> authUser.isEmpty() ? user : authUser;
            case "password" -> password.reveal();
            case "proxy" -> proxy;
            case "extension" -> String.valueOf(extension);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static void put(Map<String, LayerValue> values, String key, String text) {
        if (!text.isEmpty()) {
            values.put(key, LayerValue.Put.of(Macros.literal(text)));
        }
    }
}
