package carillon.cwmp.flatprofile;

import carillon.cwmp.Secret;
import carillon.cwmp.flatprofile.RuleAlternative.Assignment;
import carillon.cwmp.flatprofile.RuleAlternative.OptionName;
import carillon.cwmp.flatprofile.RuleAlternative.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How a phone takes a rule: macros first, then the first alternative whose condition is true. */
final class RuleEvaluation {
    private final PhoneState phone;
    private final Macro.Expanded rule;
    private final List<RuleAlternative> alternatives;

    RuleEvaluation(String text, PhoneState phone, boolean optionsAllowed) throws RuleSyntaxException {
        this.phone = phone;
        this.rule = Macro.expand(text, phone);
        this.alternatives = RuleParser.alternatives(rule.text(), optionsAllowed);
    }

    RuleDecision decide() throws RuleSyntaxException {
        for (int i = 0; i < alternatives.size(); i++) {
            RuleAlternative alternative = alternatives.get(i);
            Optional<RuleCondition> condition = alternative.condition();
            if (condition.isEmpty() || condition.get().holds()) {
                return taken(i + 1, alternative);
            }
        }
        return RuleDecision.SKIPPED;
    }

    private RuleDecision taken(int number, RuleAlternative alternative) throws RuleSyntaxException {
        Map<String, String> assignments = new LinkedHashMap<>();
        PhoneState then = phone;
        for (Assignment assignment : alternative.assignments()) {
            String key = assignment.key();
            if (key.matches("[a-p]")) {
                key = "GPP_" + key.toUpperCase(Locale.ROOT);
            }
            assignments.put(key, assignment.value());
            if (key.matches("GPP_[A-P]")) {
                then = then.with(key.substring(4), assignment.value());
            }
        }
        Optional<ProfileRequest> request = alternative.url().isPresent()
                ? Optional.of(request(alternative, alternative.url().get(), then))
                : Optional.empty();
        return new RuleDecision(number, assignments, request);
    }

    private ProfileRequest request(RuleAlternative alternative, Part written, PhoneState then)
            throws RuleSyntaxException {
        RuleUrl url = RuleUrl.parse(written.text(), written.start()).orAt(phone.server());
        if (url.host().isEmpty() && !url.scheme().equals("gds")) {
            throw new RuleSyntaxException(
                    written.start(), "the address names no server, and the phone has none from DHCP option 66");
        }
        boolean srv = alternative.argument(OptionName.SRV).isPresent();
        if (srv && url.scheme().equals("tftp")) {
            throw new RuleSyntaxException(written.start(), "--srv needs http or https; phones refuse it with tftp");
        }
        Optional<String> body = alternative
                .argument(OptionName.POST)
                .map(letter ->
                        then.value(letter.text().toUpperCase(Locale.ROOT)).orElse(""))
                .map(template -> Macro.expanded(template, then));
        if (body.isPresent() && url.scheme().equals("tftp")) {
            throw new RuleSyntaxException(written.start(), "--post needs http or https; tftp has no POST");
        }
        return new ProfileRequest(
                url,
                body,
                argument(alternative, OptionName.UID),
                argument(alternative, OptionName.PWD).map(Secret::new),
                argument(alternative, OptionName.KEY).map(Secret::new),
                argument(alternative, OptionName.ALIAS).map(letter -> Character.toUpperCase(letter.charAt(0))),
                srv);
    }

    private Optional<String> argument(RuleAlternative alternative, OptionName name) {
        return alternative.argument(name).map(part -> rule.revealed(part.start(), part.end(), phone));
    }
}
