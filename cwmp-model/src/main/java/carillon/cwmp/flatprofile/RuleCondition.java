package carillon.cwmp.flatprofile;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When an alternative of a rule is taken: all comparisons are true.
 *
 * @param comparisons at least one
 */
public record RuleCondition(List<Comparison> comparisons) {
    public RuleCondition {
        comparisons = List.copyOf(comparisons);
    }

    /** How two operands are compared. */
    public enum Operator {
        EQ("eq", "="),
        NE("ne", "!="),
        LE("le", "<="),
        GE("ge", ">="),
        LT("lt", "<"),
        GT("gt", ">");

        private final String word;
        private final String symbol;

        Operator(String word, String symbol) {
            this.word = word;
            this.symbol = symbol;
        }

        /** As a word. */
        public String word() {
            return word;
        }

        /** As a symbol. */
        public String symbol() {
            return symbol;
        }

        /** All spellings, for messages. */
        static String all() {
            return Arrays.stream(values())
                    .map(one -> one.symbol + " " + one.word)
                    .collect(Collectors.joining(", "));
        }

        boolean isOrder() {
            return this != EQ && this != NE;
        }

        boolean holds(int order) {
            return switch (this) {
                case EQ -> order == 0;
                case NE -> order != 0;
                case LE -> order <= 0;
                case GE -> order >= 0;
                case LT -> order < 0;
                case GT -> order > 0;
            };
        }
    }

    /** What an operand is. */
    public enum Kind {
        /** A whole number, which may be negative. */
        NUMBER("a number"),
        /** A firmware version, as {@link FirmwareVersion} reads it. */
        VERSION("a version"),
        /** Numbers with dots, such as the hardware's version {@code 2.0.1}. */
        DOTTED("numbers with dots"),
        /** In quotation marks. */
        TEXT("a text"),
        /** A macro that was not replaced. */
        MACRO("a macro");

        private final String told;

        Kind(String told) {
            this.told = told;
        }

        /** As messages name it. */
        public String told() {
            return told;
        }
    }

    /**
     * One side of a comparison.
     *
     * @param text without quotation marks
     * @param position where it stands in the rule
     */
    public record Operand(Kind kind, String text, int position) {
        @Override
        public String toString() {
            return kind == Kind.TEXT ? '"' + text + '"' : text;
        }
    }

    /** Two operands and how they are compared. */
    public record Comparison(Operand left, Operator operator, Operand right) {
        /** Whether it is true. Throws where a phone cannot tell: that ends its whole rule. */
        boolean holds() throws RuleSyntaxException {
            mismatch();
            return switch (left.kind()) {
                case NUMBER -> operator.holds(Long.compare(Long.parseLong(left.text()), Long.parseLong(right.text())));
                case TEXT, MACRO -> operator.holds(left.text().equals(right.text()) ? 0 : 1);
                case DOTTED -> operator.holds(Arrays.compare(numbers(left.text()), numbers(right.text())));
                case VERSION -> operator.holds(version(left).compare(version(right)));
            };
        }

        /** Throws where the two cannot be compared in this way, as far as their values are known. */
        void mismatch() throws RuleSyntaxException {
            for (Operand side : List.of(left, right)) {
                if (side.kind() == Kind.MACRO) {
                    throw new RuleSyntaxException(
                            side.position(),
                            "the phone has no value for " + side.text() + ", so nothing can be compared");
                }
            }
            Optional<RuleSyntaxException> wrong = knownMismatch();
            if (wrong.isPresent()) {
                throw wrong.get();
            }
        }

        /** What is wrong for every phone, whatever its macros are. */
        Optional<RuleSyntaxException> knownMismatch() {
            if (operator.isOrder() && (left.kind() == Kind.TEXT || right.kind() == Kind.TEXT)) {
                Operand text = left.kind() == Kind.TEXT ? left : right;
                return Optional.of(new RuleSyntaxException(
                        text.position(),
                        "texts compare with eq and ne only, not with " + operator.word()
                                + "; leave numbers and versions without quotation marks"));
            }
            if (left.kind() == Kind.MACRO || right.kind() == Kind.MACRO) {
                return Optional.empty();
            }
            if (left.kind() != right.kind()) {
                return Optional.of(new RuleSyntaxException(
                        right.position(),
                        right + " is " + right.kind().told() + " and " + left + " is "
                                + left.kind().told() + ": they cannot be compared"));
            }
            if (left.kind() == Kind.VERSION && !version(left).isComparableWith(version(right))) {
                return Optional.of(new RuleSyntaxException(
                        right.position(),
                        right + " and " + left + " are versions of two forms (…MPP-n until 11.3(1)SR1, …MPPnnnn-n since"
                                + " 11.3(2), …MN-n enterprise), which phones cannot compare"));
            }
            return Optional.empty();
        }

        private static FirmwareVersion version(Operand operand) {
            return FirmwareVersion.parse(operand.text()).orElseThrow();
        }

        private static int[] numbers(String dotted) {
            return Arrays.stream(dotted.split("\\."))
                    .mapToInt(Integer::parseInt)
                    .toArray();
        }

        @Override
        public String toString() {
            return left + " " + operator.word() + " " + right;
        }
    }

    /** Whether all comparisons are true. */
    boolean holds() throws RuleSyntaxException {
        boolean all = true;
        for (Comparison comparison : comparisons) {
            all &= comparison.holds();
        }
        return all;
    }

    @Override
    public String toString() {
        return comparisons.stream().map(Comparison::toString).collect(Collectors.joining(" and "));
    }
}
