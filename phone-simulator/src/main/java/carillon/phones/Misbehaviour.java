package carillon.phones;

/** What a phone can be told to do wrong. */
public enum Misbehaviour {
    /** Vanishes after the InformResponse. */
    DROP_AFTER_INFORM,
    /** Vanishes when it is asked something, without doing it. */
    DROP_ON_REQUEST,
    /** Does what it is asked and vanishes before it answers. */
    DROP_BEFORE_ANSWER,
    /** Forgets the cookie. */
    NO_COOKIE,
    /** A new connection for each message. */
    CONNECTION_PER_POST,
    /** Answers with an ID that nobody asked with. */
    WRONG_ID
}
