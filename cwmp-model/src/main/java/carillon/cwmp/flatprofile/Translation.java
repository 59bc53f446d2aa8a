package carillon.cwmp.flatprofile;

/** What becomes of a value on the other side of a mapping. */
public sealed interface Translation {
    /** This. */
    record Value(String text) implements Translation {}

    /** Nothing, for this reason (the end of a sentence); a value is never turned into one that means something else. */
    record Impossible(String reason) implements Translation {}

    /** The text. */
    static Translation of(String text) {
        return new Value(text);
    }

    /** The reason. */
    static Translation impossible(String reason) {
        return new Impossible(reason);
    }
}
