package carillon.server.console.view;

import java.util.List;

/**
 * A list of phones.
 *
 * @param asked what was looked for, as it was typed
 * @param total how many there are
 * @param atLeast there are more than were counted
 * @param fleet whether there is any phone at all
 */
public record PhonesView(
        Asked asked, List<Phone> phones, long total, boolean atLeast, boolean fleet, Trail trail, String acsUrl) {
    public PhonesView {
        phones = List.copyOf(phones);
    }

    /**
     * What was looked for; empty texts mean everything.
     *
     * @param state a state's name, or {@code late}
     */
    public record Asked(String text, String state, String site, String tag, String version) {
        /** Whether anything narrows the list. */
        public boolean narrowed() {
            return !(text + state + site + tag + version).isEmpty();
        }
    }
}
