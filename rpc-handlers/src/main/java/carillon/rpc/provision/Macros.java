package carillon.rpc.provision;

import carillon.cwmp.SecretPaths;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands for what in the values of layers: {@code ${device.serial}}, {@code ${account.1.user}}, {@code ${var.floor}};
 * {@code ${account.user}} is the account of the extension whose key it is. A second dollar before makes it stand for itself.
 * What phones expand themselves ({@code $MA}, {@code $(MA)}) stays. What was put in is not expanded again.
 */
final class Macros {
    private static final Pattern MACRO = Pattern.compile("\\$\\$\\{|\\$\\{([^{}]{0,80})}|\\$\\{");
    private static final Pattern ACCOUNT = Pattern.compile("account\\.(?:(\\d{1,2})\\.)?([a-z]+)");
    private static final int LONGEST = 65_536;

    private final PhoneFacts phone;
    private final Map<String, Function<PhoneFacts, String>> simple = new LinkedHashMap<>();

    Macros(PhoneFacts phone) {
        this.phone = phone;
        simple.put("device.id", PhoneFacts::device);
        simple.put("device.oui", PhoneFacts::oui);
        simple.put("device.model", PhoneFacts::productClass);
        simple.put("device.serial", PhoneFacts::serial);
        simple.put("device.mac", PhoneFacts::mac);
        simple.put("device.version", PhoneFacts::softwareVersion);
        simple.put("device.site", PhoneFacts::site);
    }

    /**
     * A value without macros.
     *
     * @param secret whether something secret was put in
     */
    record Expanded(String text, boolean secret) {}

    /** The text as it has to be written for it to come out of {@link #expand} as it is. */
    static String literal(String text) {
        return text.replace("${", "$${");
    }

    /**
     * Puts in what macros stand for.
     *
     * @param extension of the key; 0 where it has none
     * @throws IllegalArgumentException where a macro stands for nothing
     */
    Expanded expand(String text, int extension) {
        if (text.indexOf("${") < 0) {
            return new Expanded(text, false);
        }
        Matcher matcher = MACRO.matcher(text);
        StringBuilder out = new StringBuilder();
        boolean secret = false;
        while (matcher.find()) {
            String put;
            if (matcher.group().equals("$${")) {
                put = "${";
            } else if (matcher.group(1) == null) {
                throw new IllegalArgumentException("has ${ without the } of a macro; a ${ of its own is written $${");
            } else {
                String name = matcher.group(1);
                secret |= name.startsWith("account.") && name.endsWith(".password")
                        || name.startsWith("var.") && SecretPaths.isSecret(name.substring(4));
                put = value(name, extension);
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(put));
            if (out.length() > LONGEST) {
                throw new IllegalArgumentException("becomes longer than " + LONGEST + " characters");
            }
        }
        return new Expanded(matcher.appendTail(out).toString(), secret);
    }

    private String value(String name, int extension) {
        Function<PhoneFacts, String> known = simple.get(name);
        if (known != null) {
            return known.apply(phone);
        }
        if (name.startsWith("var.")) {
            return Optional.ofNullable(phone.variables().get(name.substring(4)))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "needs the variable " + name.substring(4) + ", which this phone does not have"));
        }
        Matcher account = ACCOUNT.matcher(name);
        if (account.matches() && Account.fields().contains(account.group(2))) {
            int wanted = account.group(1) == null ? extension : Integer.parseInt(account.group(1));
            return account(wanted, name).field(account.group(2));
        }
        throw new IllegalArgumentException("has the unknown macro ${" + name + "}; known are "
                + String.join(", ", simple.keySet()) + ", account.N." + String.join("|", Account.fields())
                + " and var.NAME");
    }

    private Account account(int extension, String name) {
        if (extension == 0) {
            throw new IllegalArgumentException(
                    "has ${" + name + "} and no number of its own; write ${account.1." + name.substring(8) + "}");
        }
        return phone.accounts().stream()
                .filter(account -> account.extension() == extension)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "needs the account of extension " + extension + ", which this phone does not have"));
    }
}
