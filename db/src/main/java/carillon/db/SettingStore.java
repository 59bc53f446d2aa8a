package carillon.db;

import java.time.Instant;
import java.util.Optional;

/** Small values that belong to the installation. */
public final class SettingStore {

    /** The value, if set. */
    public Optional<String> find(String name) {
        throw new UnsupportedOperationException("contract");
    }

    /** Sets it. */
    public void put(String name, String value) {
        throw new UnsupportedOperationException("contract");
    }

    /** The remembered answer of a write with this idempotency key of this actor, if there is one. */
    public Optional<String> findAnswer(String actor, String key) {
        throw new UnsupportedOperationException("contract");
    }

    /** Remembers an answer. */
    public void putAnswer(String actor, String key, String answer, Instant at) {
        throw new UnsupportedOperationException("contract");
    }

    /** Forgets answers older than this. */
    public int pruneAnswers(Instant before) {
        throw new UnsupportedOperationException("contract");
    }
}
