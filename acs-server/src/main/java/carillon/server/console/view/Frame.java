package carillon.server.console.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every page has around its content.
 *
 * @param section the entry of the navigation that it belongs to; empty for none
 * @param here path and query of this page, for what comes back to it
 * @param person who is logged in
 * @param csrf the token that forms send back
 * @param theme {@code light}, {@code dark} or {@code auto}
 * @param warnings keys of sentences about unsafe settings
 * @param notice key of a sentence about what was just done
 * @param assets URLs of files by their names
 */
public record Frame(
        Words words,
        String title,
        String section,
        String here,
        Optional<Person> person,
        String csrf,
        String theme,
        List<String> warnings,
        Optional<String> notice,
        Map<String, String> assets) {
    public Frame {
        warnings = List.copyOf(warnings);
        assets = Map.copyOf(assets);
    }

    /**
     * Somebody who is logged in.
     *
     * @param role the role's name
     * @param operator may change phones
     * @param administrator may change people
     */
    public record Person(String name, String role, String scope, boolean operator, boolean administrator) {}

    /** The URL of a file that pages need. */
    public String asset(String name) {
        return assets.getOrDefault(name, "");
    }

    /** Whether the person may change phones; the server checks it again. */
    public boolean mayOperate() {
        return person.map(Person::operator).orElse(false);
    }

    /** Whether the person may change people. */
    public boolean mayAdminister() {
        return person.map(Person::administrator).orElse(false);
    }
}
