package carillon.rpc.outbound;

import carillon.cwmp.ParameterPath;
import carillon.cwmp.message.AcsRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a phone said of how its rows may be named: beside by their numbers, by aliases in brackets (TR-069 Amendment 6,
 * A.2.2.2), and in reads by an asterisk that stands for all of them. A phone that did not say so is not asked so
 * (CWMP-230, CWMP-234).
 *
 * @param aliases it reported ManagementServer.AliasBasedAddressing as true
 * @param wildcards it reported ManagementServer.InstanceWildcardsSupported as true
 */
public record Addressing(boolean aliases, boolean wildcards) {
    private static final String ALIASES = "ManagementServer.AliasBasedAddressing";
    private static final String WILDCARDS = "ManagementServer.InstanceWildcardsSupported";
    private static final Pattern ALIAS = Pattern.compile("\\.\\[[^\\]]+\\]\\.");
    private static final Pattern WILDCARD = Pattern.compile("\\.\\*\\.");

    /** Parameters that have a meaning only where there are aliases. */
    private static final List<String> MODES =
            List.of("ManagementServer.InstanceMode", "ManagementServer.AutoCreateInstances");

    /**
     * As it was reported.
     *
     * @param root the phone's root object
     * @param reported the last value of a parameter, if there is one
     */
    public static Addressing of(String root, Function<String, Optional<String>> reported) {
        return new Addressing(isTrue(reported.apply(root + ALIASES)), isTrue(reported.apply(root + WILDCARDS)));
    }

    private static boolean isTrue(Optional<String> value) {
        return value.map(text -> text.strip().toLowerCase(Locale.ROOT))
                .filter(text -> text.equals("1") || text.equals("true"))
                .isPresent();
    }

    /** Whether a request names rows by something else than their numbers, so that this has to be known of the phone. */
    public static boolean matters(AcsRequest request) {
        return new Addressing(false, false).obstacle(request).isPresent();
    }

    /** Why the phone may not be asked this, if it may not. */
    public Optional<String> obstacle(AcsRequest request) {
        for (String path : paths(request)) {
            if (!aliases && ALIAS.matcher(path).find()) {
                return Optional.of("'" + path + "' names a row by its alias, and the phone did not report " + ALIASES
                        + " as true; use the row's number");
            }
            if (WILDCARD.matcher(path).find()) {
                if (!isRead(request)) {
                    return Optional.of("'" + path + "' names all rows at once, which only GetParameterValues,"
                            + " GetParameterNames and GetParameterAttributes may; name each by its number");
                }
                if (!wildcards) {
                    return Optional.of("'" + path + "' names all rows at once, and the phone did not report "
                            + WILDCARDS + " as true; name the table, or each row by its number");
                }
            }
        }
        if (!aliases && request instanceof AcsRequest.SetParameterValues set) {
            return set.values().stream()
                    .map(value -> value.path())
                    .filter(path -> MODES.stream().anyMatch(path::endsWith))
                    .findFirst()
                    .map(path ->
                            "'" + path + "' is about aliases, and the phone did not report " + ALIASES + " as true");
        }
        return Optional.empty();
    }

    private static boolean isRead(AcsRequest request) {
        return request instanceof AcsRequest.GetParameterValues
                || request instanceof AcsRequest.GetParameterNames
                || request instanceof AcsRequest.GetParameterAttributes;
    }

    /** The names in a request, as they are written there. */
    static List<String> paths(AcsRequest request) {
        if (request instanceof AcsRequest.GetParameterValues read) {
            return read.paths();
        }
        if (request instanceof AcsRequest.GetParameterAttributes read) {
            return read.paths();
        }
        if (request instanceof AcsRequest.SetParameterValues set) {
            return set.values().stream().map(value -> value.path()).toList();
        }
        if (request instanceof AcsRequest.SetParameterAttributes set) {
            return set.changes().stream().map(AcsRequest.AttributeChange::path).toList();
        }
        if (request instanceof AcsRequest.GetParameterNames list) {
            return List.of(list.path());
        }
        if (request instanceof AcsRequest.AddObject add) {
            return List.of(add.objectName());
        }
        return request instanceof AcsRequest.DeleteObject delete ? List.of(delete.objectName()) : List.of();
    }

    /** The table that an AddObject makes a row of: it may name the row that it makes (A.3.2.6). */
    static String table(AcsRequest.AddObject add) {
        return add.objectName().endsWith("].")
                ? new ParameterPath(add.objectName()).parent().text()
                : add.objectName();
    }
}
