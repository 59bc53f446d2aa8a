package carillon.server.operator;

import java.util.List;

/** Somebody asked for something impossible; the message is a sentence they can act on. */
public final class ActionRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why it is impossible. */
    public sealed interface Reason {}

    /** There is no such thing, or not where they may look. */
    public record NotFound() implements Reason {}

    /** They may not. */
    public record NotPermitted() implements Reason {}

    /**
     * It does not go together with what is there.
     *
     * @param candidates which things could have been meant, where the name was ambiguous
     */
    public record Conflict(List<String> candidates) implements Reason {
        public Conflict {
            candidates = List.copyOf(candidates);
        }
    }

    /** What was asked makes no sense. */
    public record Invalid() implements Reason {}

    /** More than may be sent at once. */
    public record TooLarge() implements Reason {}

    /** There is no room for it. */
    public record NoRoom() implements Reason {}

    private final transient Reason reason;

    private ActionRefused(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    public static ActionRefused notFound(String sentence) {
        return new ActionRefused(new NotFound(), sentence);
    }

    public static ActionRefused notPermitted(String sentence) {
        return new ActionRefused(new NotPermitted(), sentence);
    }

    public static ActionRefused conflict(String sentence) {
        return new ActionRefused(new Conflict(List.of()), sentence);
    }

    /** A name that fits several things. */
    public static ActionRefused ambiguous(String sentence, List<String> candidates) {
        return new ActionRefused(new Conflict(candidates), sentence);
    }

    public static ActionRefused invalid(String sentence) {
        return new ActionRefused(new Invalid(), sentence);
    }

    public static ActionRefused tooLarge(String sentence) {
        return new ActionRefused(new TooLarge(), sentence);
    }

    public static ActionRefused noRoom(String sentence) {
        return new ActionRefused(new NoRoom(), sentence);
    }

    public Reason reason() {
        return reason;
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
