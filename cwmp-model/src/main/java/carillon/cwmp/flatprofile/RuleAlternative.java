package carillon.cwmp.flatprofile;

import java.util.List;
import java.util.Optional;

/**
 * One alternative of a rule, as it is written.
 *
 * @param condition none means always
 * @param assignments made before the fetch, in this order
 * @param options in square brackets before the address
 * @param url as written; empty where nothing is fetched
 * @param position where it begins in the rule
 */
record RuleAlternative(
        Optional<RuleCondition> condition,
        List<Assignment> assignments,
        List<Option> options,
        Optional<Part> url,
        int position) {
    RuleAlternative {
        assignments = List.copyOf(assignments);
        options = List.copyOf(options);
    }

    /** A piece of the rule's text. */
    record Part(String text, int start) {
        int end() {
            return start + text.length();
        }
    }

    /** A key of the profile and the value it gets; {@code a} to {@code p} mean {@code GPP_A} to {@code GPP_P}. */
    record Assignment(String key, String value, int position) {}

    /** What an option in square brackets is for. */
    enum OptionName {
        KEY(true),
        UID(true),
        PWD(true),
        POST(true),
        ALIAS(true),
        SRV(false);

        private final boolean hasArgument;

        OptionName(boolean hasArgument) {
            this.hasArgument = hasArgument;
        }

        String text() {
            return "--" + name().toLowerCase(java.util.Locale.ROOT);
        }

        boolean hasArgument() {
            return hasArgument;
        }
    }

    /** An option with its argument, without quotation marks; an empty one where the option takes none. */
    record Option(OptionName name, Part argument) {}

    Optional<Part> argument(OptionName name) {
        // the last one counts, as with keys in a profile
        return options.stream()
                .filter(option -> option.name() == name)
                .map(Option::argument)
                .reduce((first, second) -> second);
    }
}
