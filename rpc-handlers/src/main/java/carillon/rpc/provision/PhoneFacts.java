package carillon.rpc.provision;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of a phone that its configuration depends on.
 *
 * @param device its id, encoded
 * @param mac twelve digits without separators; empty where it is not known
 * @param variables what operators say of it, by name
 * @param accounts its lines
 */
public record PhoneFacts(
        String device,
        String oui,
        String productClass,
        String serial,
        String mac,
        String softwareVersion,
        String site,
        Set<String> tags,
        Map<String, String> variables,
        List<Account> accounts) {
    public PhoneFacts {
        tags = Set.copyOf(tags);
        variables = Map.copyOf(variables);
        accounts = List.copyOf(accounts);
    }

    /** The same phone with other lines. */
    public PhoneFacts with(Collection<Account> lines) {
        return new PhoneFacts(
                device, oui, productClass, serial, mac, softwareVersion, site, tags, variables, List.copyOf(lines));
    }
}
