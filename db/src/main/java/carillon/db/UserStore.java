package carillon.db;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** People, their tokens and their logins. */
public final class UserStore {

    /** By name. */
    public Optional<User> find(String name) {
        throw new UnsupportedOperationException("contract");
    }

    /** By key. */
    public Optional<User> find(long key) {
        throw new UnsupportedOperationException("contract");
    }

    /** All, by name. */
    public List<User> list() {
        throw new UnsupportedOperationException("contract");
    }

    /** Inserts; the result carries the key. */
    public User insert(User user) {
        throw new UnsupportedOperationException("contract");
    }

    /** Replaces all fields but key and name. */
    public void update(User user) {
        throw new UnsupportedOperationException("contract");
    }

    /** Inserts a token. */
    public void insertToken(ApiToken token) {
        throw new UnsupportedOperationException("contract");
    }

    /** By the SHA-256 of its text. */
    public Optional<ApiToken> findToken(String hash) {
        throw new UnsupportedOperationException("contract");
    }

    /** All tokens. */
    public List<ApiToken> listTokens() {
        throw new UnsupportedOperationException("contract");
    }

    /** Revokes; false if there is none. */
    public boolean revokeToken(String id) {
        throw new UnsupportedOperationException("contract");
    }

    /** Remembers a login by the SHA-256 of its cookie. */
    public void insertLogin(String hash, long userKey, Instant expiresAt) {
        throw new UnsupportedOperationException("contract");
    }

    /** Whose login this is, if it has not expired. */
    public Optional<User> findLogin(String hash, Instant now) {
        throw new UnsupportedOperationException("contract");
    }

    /** Forgets a login. */
    public void deleteLogin(String hash) {
        throw new UnsupportedOperationException("contract");
    }

    /** Forgets all logins of a user. */
    public void deleteLogins(long userKey) {
        throw new UnsupportedOperationException("contract");
    }
}
