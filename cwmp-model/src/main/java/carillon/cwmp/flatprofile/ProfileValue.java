package carillon.cwmp.flatprofile;

/** What an element of a profile says of its key. */
public sealed interface ProfileValue {
    /** The key has this value; empty clears it. */
    record Text(String text) implements ProfileValue {}

    /** The key goes back to its default. */
    record Standard() implements ProfileValue {}

    /** The key has a value that whoever wrote the profile did not tell. It is never data to send to a phone. */
    record Unknown(Why why) implements ProfileValue {}

    /** How a value was hidden. */
    enum Why {
        /** The element stands in a comment, as phones export passwords. */
        COMMENTED,
        /** The value is nothing but asterisks. */
        MASKED
    }
}
