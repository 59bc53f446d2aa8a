package carillon.cwmp.flatprofile;

import java.util.List;

/** A {@code Profile_Rule}: from where a phone fetches its profile, and when. */
public final class ProfileRule {
    private final String text;
    private final List<RuleAlternative> alternatives;

    private ProfileRule(String text, List<RuleAlternative> alternatives) {
        this.text = text;
        this.alternatives = alternatives;
    }

    /** Reads a rule with its macros; one that holds nothing but a macro is known only when it is evaluated. */
    public static ProfileRule parse(String text) throws RuleSyntaxException {
        return new ProfileRule(text, RuleParser.alternatives(text, true));
    }

    /** What a phone in this state does. Throws where the values of its macros make the rule unreadable or unanswerable. */
    public RuleDecision evaluate(PhoneState phone) throws RuleSyntaxException {
        return new RuleEvaluation(text, phone, true).decide();
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
