package carillon.cwmp.flatprofile;

import carillon.cwmp.flatprofile.RuleAlternative.Assignment;
import carillon.cwmp.flatprofile.RuleAlternative.Option;
import carillon.cwmp.flatprofile.RuleAlternative.OptionName;
import carillon.cwmp.flatprofile.RuleAlternative.Part;
import carillon.cwmp.flatprofile.RuleCondition.Comparison;
import carillon.cwmp.flatprofile.RuleCondition.Kind;
import carillon.cwmp.flatprofile.RuleCondition.Operand;
import carillon.cwmp.flatprofile.RuleCondition.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads rules: {@code [(condition)?] [(assignments)!] [[options]] url}, alternatives separated by bars. It takes a rule with
 * its macros as well as one whose macros were replaced.
 */
final class RuleParser {
    /** What a phone's configuration holds at most in one value, generously. */
    static final int LONGEST = 4096;

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");
    private static final Pattern DOTTED = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})+");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]+");

    private final RuleText in;
    private final boolean optionsAllowed;

    private RuleParser(RuleText in, boolean optionsAllowed) {
        this.in = in;
        this.optionsAllowed = optionsAllowed;
    }

    /** The alternatives of a rule; none where it is empty. */
    static List<RuleAlternative> alternatives(String rule, boolean optionsAllowed) throws RuleSyntaxException {
        if (rule.length() > LONGEST) {
            throw new RuleSyntaxException(LONGEST, "the rule has more than " + LONGEST + " characters");
        }
        RuleParser parser = new RuleParser(new RuleText(rule), optionsAllowed);
        List<RuleAlternative> alternatives = new ArrayList<>();
        if (rule.isBlank()) {
            return alternatives;
        }
        do {
            alternatives.add(parser.alternative());
        } while (parser.in.take("|"));
        if (!parser.in.atEnd()) {
            throw parser.in.expected("'|' and another alternative, or the end");
        }
        return alternatives;
    }

    /** The comparisons of a trigger, which have no parentheses around them. */
    static RuleCondition trigger(String text) throws RuleSyntaxException {
        RuleParser parser = new RuleParser(new RuleText(text), false);
        RuleCondition condition = parser.comparisons();
        if (!parser.in.atEnd()) {
            throw parser.in.expected("'and' and another comparison, or the end");
        }
        return condition;
    }

    private RuleAlternative alternative() throws RuleSyntaxException {
        in.skipSpace();
        int position = in.position();
        Optional<RuleCondition> condition = Optional.empty();
        List<Assignment> assignments = List.of();
        if (in.groupEndsWith('?')) {
            condition = Optional.of(condition());
        }
        if (in.groupEndsWith('!')) {
            assignments = assignments();
        }
        if (in.peek() == '(') {
            throw in.expected(
                    "[options] and an address, '|' or the end; a condition stands first, then the assignments");
        }
        List<Option> options = in.peek() == '[' ? options() : List.of();
        Part url = in.word("|");
        if (url.text().isEmpty() && !options.isEmpty()) {
            throw in.expected("an address after the options");
        }
        return new RuleAlternative(
                condition, assignments, options, url.text().isEmpty() ? Optional.empty() : Optional.of(url), position);
    }

    private RuleCondition condition() throws RuleSyntaxException {
        in.require("(", "'(' and a condition");
        RuleCondition condition = comparisons();
        in.require(")", "'and' and another comparison, or ')'");
        in.require("?", "'?' after the condition");
        return condition;
    }

    private RuleCondition comparisons() throws RuleSyntaxException {
        List<Comparison> comparisons = new ArrayList<>();
        do {
            Operand left = operand();
            Operator operator = operator();
            comparisons.add(new Comparison(left, operator, operand()));
        } while (in.takeWord("and"));
        return new RuleCondition(comparisons);
    }

    private Operator operator() throws RuleSyntaxException {
        for (Operator operator : Operator.values()) {
            if (operator.symbol().length() == 2 && in.take(operator.symbol()) || in.takeWord(operator.word())) {
                return operator;
            }
        }
        for (Operator operator : Operator.values()) {
            if (in.take(operator.symbol())) {
                return operator;
            }
        }
        throw in.expected("one of " + Operator.all());
    }

    private Operand operand() throws RuleSyntaxException {
        in.skipSpace();
        if (in.peek() == '"') {
            Part quoted = in.quoted();
            return new Operand(Kind.TEXT, quoted.text(), quoted.start() - 1);
        }
        Part word = in.operandWord();
        String text = word.text();
        if (text.isEmpty()) {
            throw in.expected("a number, a version, a macro or a text in quotation marks");
        }
        if (text.startsWith("$")) {
            return new Operand(Kind.MACRO, text, word.start());
        }
        if (NUMBER.matcher(text).matches()) {
            return new Operand(Kind.NUMBER, text, word.start());
        }
        if (DOTTED.matcher(text).matches()) {
            return new Operand(Kind.DOTTED, text, word.start());
        }
        if (FirmwareVersion.parse(text).isPresent()) {
            return new Operand(Kind.VERSION, text, word.start());
        }
        throw new RuleSyntaxException(
                word.start(),
                "expected a number, a version or a macro; '" + text + "' is none (a text needs quotation marks)");
    }

    private List<Assignment> assignments() throws RuleSyntaxException {
        in.require("(", "'(' and assignments");
        List<Assignment> assignments = new ArrayList<>();
        do {
            in.skipSpace();
            Part key = in.operandWord();
            if (!KEY.matcher(key.text()).matches()) {
                throw new RuleSyntaxException(
                        key.start(), "expected the name of a key, such as GPP_A or a; found '" + key.text() + "'");
            }
            in.require("=", "'=' and a text in quotation marks");
            in.skipSpace();
            if (in.peek() != '"') {
                throw in.expected("a text in quotation marks");
            }
            assignments.add(new Assignment(key.text(), in.quoted().text(), key.start()));
            in.require(";", "';' after the assignment");
        } while (!in.take(")"));
        in.require("!", "'!' after the assignments");
        return assignments;
    }

    private List<Option> options() throws RuleSyntaxException {
        if (!optionsAllowed) {
            throw in.expected("an address: an upgrade rule has no options");
        }
        in.require("[", "'[' and options");
        List<Option> options = new ArrayList<>();
        do {
            options.add(option());
        } while (!in.take("]"));
        return options;
    }

    private Option option() throws RuleSyntaxException {
        in.skipSpace();
        Part word = in.word("]\"");
        for (OptionName name : OptionName.values()) {
            if (name.text().equals(word.text())) {
                return new Option(name, name.hasArgument() ? argument(name) : new Part("", in.position()));
            }
        }
        if (word.text().equals("--delta") || word.text().equals("--status")) {
            throw new RuleSyntaxException(word.start(), word.text() + " is an option of report rules only");
        }
        throw new RuleSyntaxException(
                word.start(),
                "expected one of "
                        + Arrays.stream(OptionName.values())
                                .map(OptionName::text)
                                .collect(Collectors.joining(", "))
                        + " or ']'" + (word.text().isEmpty() ? "" : "; found '" + word.text() + "'"));
    }

    private Part argument(OptionName name) throws RuleSyntaxException {
        in.skipSpace();
        Part argument = in.peek() == '"' ? in.quoted() : in.word("]");
        boolean letter = name == OptionName.POST || name == OptionName.ALIAS;
        if (letter && !argument.text().matches("[a-pA-P]")) {
            throw new RuleSyntaxException(
                    argument.start(),
                    "expected a letter from a to p, for GPP_A to GPP_P, after " + name.text() + "; found '"
                            + argument.text() + "'");
        }
        if (argument.text().isEmpty() && !in.wasQuoted()) {
            throw in.expected("a text after " + name.text());
        }
        return argument;
    }
}
