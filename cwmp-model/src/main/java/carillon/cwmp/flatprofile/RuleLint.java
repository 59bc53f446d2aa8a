package carillon.cwmp.flatprofile;

import carillon.cwmp.flatprofile.RuleAlternative.Option;
import carillon.cwmp.flatprofile.RuleAlternative.OptionName;
import carillon.cwmp.flatprofile.RuleAlternative.Part;
import carillon.cwmp.flatprofile.RuleCondition.Comparison;
import carillon.cwmp.flatprofile.RuleCondition.Kind;
import carillon.cwmp.flatprofile.RuleCondition.Operand;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What is wrong or doubtful in a rule, for every phone, before one gets it. */
public final class RuleLint {
    private static final Set<String> NUMBERS = Set.of("PRVST", "UPGST", "PRVTMR", "UPGTMR", "REGTMR1", "REGTMR2");
    private static final Set<String> LEGACY = Set.of("UPGCOND", "METH");
    private static final Pattern UNFINISHED = Pattern.compile("\\$\\((?![A-Za-z0-9]+(?::\\d{1,6}){0,2}\\))");

    private final String rule;
    private final boolean upgrade;
    private final List<Finding> findings = new ArrayList<>();

    private RuleLint(String rule, boolean upgrade) {
        this.rule = rule;
        this.upgrade = upgrade;
    }

    /**
     * One thing that is wrong, or only doubtful.
     *
     * @param error whether phones will not do what the rule says
     * @param position in the rule, counted from 0
     */
    public record Finding(boolean error, int position, String text) {}

    /** Looks at a {@code Profile_Rule}. */
    public static List<Finding> ofProfileRule(String rule) {
        return new RuleLint(rule, false).look();
    }

    /** Looks at an {@code Upgrade_Rule}. */
    public static List<Finding> ofUpgradeRule(String rule) {
        return new RuleLint(rule, true).look();
    }

    private List<Finding> look() {
        macros();
        try {
            List<RuleAlternative> alternatives = RuleParser.alternatives(rule, !upgrade);
            if (upgrade) {
                UpgradeRule.parse(rule);
            }
            for (int i = 0; i < alternatives.size(); i++) {
                look(alternatives.get(i), i == alternatives.size() - 1);
            }
        } catch (RuleSyntaxException wrong) {
            add(wrong);
        }
        findings.sort(Comparator.comparingInt(Finding::position));
        return findings;
    }

    private void add(RuleSyntaxException wrong) {
        String message = String.valueOf(wrong.getMessage());
        findings.add(new Finding(true, wrong.position(), message.substring(message.indexOf(": ") + 2)));
    }

    private void error(int position, String text) {
        findings.add(new Finding(true, position, text));
    }

    private void doubt(int position, String text) {
        findings.add(new Finding(false, position, text));
    }

    private void look(RuleAlternative alternative, boolean last) {
        if (alternative.condition().isEmpty() && !last) {
            error(alternative.position(), "this has no condition, so what follows after '|' is never taken");
        }
        if (alternative.url().isEmpty() && alternative.assignments().isEmpty()) {
            doubt(alternative.position(), "this alternative does nothing");
        }
        alternative.condition().ifPresent(condition -> condition.comparisons().forEach(this::look));
        alternative.url().ifPresent(url -> look(alternative, url));
    }

    private void look(Comparison comparison) {
        Optional<RuleSyntaxException> mismatch = comparison.knownMismatch();
        mismatch.ifPresent(this::add);
        if (mismatch.isEmpty()) {
            look(comparison.left(), comparison.right());
            look(comparison.right(), comparison.left());
        }
    }

    private void look(Operand macro, Operand other) {
        if (macro.kind() != Kind.MACRO) {
            return;
        }
        String name =
                Macro.uses(macro.text()).stream().map(Macro::name).findFirst().orElse("");
        if (other.kind() == Kind.TEXT) {
            doubt(macro.position(), "write \"" + macro.text() + "\": a text is compared with a text");
        } else if (NUMBERS.contains(name) && other.kind() != Kind.NUMBER && other.kind() != Kind.MACRO) {
            error(
                    other.position(),
                    macro.text() + " is a number, and " + other + " is "
                            + other.kind().told());
        } else if (name.equals("SWVER")) {
            version(macro, other);
        }
    }

    private void version(Operand macro, Operand other) {
        if (other.kind() == Kind.NUMBER || other.kind() == Kind.DOTTED) {
            error(
                    other.position(),
                    macro.text() + " is a version such as sip88xx.12-0-7MPP0001-46, and " + other + " is none");
        } else if (other.kind() == Kind.VERSION) {
            switch (FirmwareVersion.parse(other.text()).orElseThrow().form()) {
                case FIRST ->
                    doubt(other.position(), "phones with 11.3(2) or newer cannot compare theirs with this form");
                case SECOND ->
                    doubt(other.position(), "phones with 11.3(1)SR1 or older cannot compare theirs with this form");
                case ENTERPRISE ->
                    doubt(other.position(), "only phones with enterprise firmware can compare theirs with this form");
            }
        }
    }

    private void look(RuleAlternative alternative, Part written) {
        boolean hasMacros = written.text().contains("$");
        if (written.text().length() > RuleUrl.SAFE_LENGTH) {
            doubt(
                    written.start(),
                    "the address has " + written.text().length() + " characters; some firmware fails above "
                            + RuleUrl.SAFE_LENGTH);
        }
        try {
            // every macro as letters of the same length, so that positions stay
            RuleUrl url = RuleUrl.parse(filled(written.text()), written.start());
            look(alternative, written, url);
        } catch (RuleSyntaxException wrong) {
            if (!hasMacros) {
                add(wrong);
            }
        }
    }

    private void look(RuleAlternative alternative, Part written, RuleUrl url) {
        boolean schemeSaid = written.text().contains("://");
        if (!schemeSaid && !url.host().isEmpty() && !written.text().startsWith("$")) {
            doubt(written.start(), "no scheme is written, so phones take tftp");
        }
        if (upgrade
                && !url.path().toLowerCase(Locale.ROOT).endsWith(".loads")
                && !written.text().contains("$")) {
            doubt(written.end() - 1, "firmware is fetched by its .loads file");
        }
        Set<OptionName> seen = EnumSet.noneOf(OptionName.class);
        for (Option option : alternative.options()) {
            if (!seen.add(option.name())) {
                doubt(option.argument().start(), option.name().text() + " is given twice; the last one counts");
            }
        }
        if (url.scheme().equals("tftp") && !written.text().startsWith("$")) {
            for (OptionName name : List.of(OptionName.SRV, OptionName.POST)) {
                if (seen.contains(name)) {
                    error(written.start(), name.text() + " needs http or https, and this is tftp");
                }
            }
        }
        if (url.scheme().equals("http") && seen.contains(OptionName.PWD)) {
            doubt(written.start(), "over http the password can be read on the way where the server asks for Basic");
        }
    }

    private static String filled(String text) {
        StringBuilder out = new StringBuilder(text);
        for (Macro use : Macro.uses(text)) {
            for (int i = use.start(); i < use.end(); i++) {
                out.setCharAt(i, 'x');
            }
        }
        return out.toString();
    }

    private void macros() {
        for (Macro use : Macro.uses(rule)) {
            String written = rule.substring(use.start(), use.end());
            if (!Macro.isKnown(use.name())) {
                doubt(
                        use.start(),
                        "phones have no macro " + use.name() + ", so " + written + " stays as it is written"
                                + meant(use.name()));
            } else if (LEGACY.contains(use.name())) {
                doubt(use.start(), written + " is of old firmware; do not use it");
            } else if (PhoneState.isSecret(use.name()) && !inOptions(use.start())) {
                doubt(use.start(), written + " is replaced within [options] only, and stays as it is written here");
            }
        }
        var unfinished = UNFINISHED.matcher(rule);
        while (unfinished.find()) {
            doubt(
                    unfinished.start(),
                    "'$(' begins no macro here; expected $(NAME), $(NAME:offset) or $(NAME:offset:length)");
        }
    }

    /** A name that runs into what follows it is the usual mistake. */
    private static String meant(String name) {
        for (int end = name.length() - 1; end > 0; end--) {
            String shorter = name.substring(0, end);
            if (Macro.isKnown(shorter)) {
                return "; if you mean " + shorter + ", write $(" + shorter + ")" + name.substring(end);
            }
        }
        return "";
    }

    private boolean inOptions(int position) {
        int open = rule.lastIndexOf('[', position);
        return open >= 0 && rule.indexOf(']', open) > position;
    }
}
