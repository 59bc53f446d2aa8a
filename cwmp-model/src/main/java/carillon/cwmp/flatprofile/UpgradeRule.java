package carillon.cwmp.flatprofile;

import carillon.cwmp.flatprofile.RuleAlternative.Part;
import java.util.List;
import java.util.Optional;

/**
 * An {@code Upgrade_Rule}: from where a phone fetches firmware, and when. It has no options, and the server must be
 * named. After a success a phone does not try again until the rule or the address that comes out changes.
 */
public final class UpgradeRule {
    private final String text;
    private final List<RuleAlternative> alternatives;

    private UpgradeRule(String text, List<RuleAlternative> alternatives) {
        this.text = text;
        this.alternatives = alternatives;
    }

    /** Reads a rule with its macros. */
    public static UpgradeRule parse(String text) throws RuleSyntaxException {
        List<RuleAlternative> alternatives = RuleParser.alternatives(text, false);
        for (RuleAlternative alternative : alternatives) {
            Optional<Part> url = alternative.url();
            if (url.isPresent() && url.get().text().startsWith("/")) {
                throw new RuleSyntaxException(
                        url.get().start(), "an upgrade rule names its server; expected scheme://host/path");
            }
        }
        return new UpgradeRule(text, alternatives);
    }

    /** What a phone in this state does. Throws where the values of its macros make the rule unreadable or unanswerable. */
    public RuleDecision evaluate(PhoneState phone) throws RuleSyntaxException {
        return new RuleEvaluation(text, phone.at(""), false).decide();
    }

    /** How many alternatives it has. */
    public int alternatives() {
        return alternatives.size();
    }

    @Override
    public String toString() {
        return text;
    }
}
