package carillon.db;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** People, their tokens and their logins. */
public final class UserStore {
    private final Sql sql;

    UserStore(Sql sql) {
        this.sql = sql;
    }

    /** By name, of the tenant whose people name none: the default one. */
    public Optional<User> find(String name) {
        return find(Scope.DEFAULT_TENANT, name);
    }

    /** By name in a tenant. */
    public Optional<User> find(String tenant, String name) {
        return sql.first("select * from app_user where tenant_id = ? and name = ?", UserStore::user, tenant, name);
    }

    /** By key. */
    public Optional<User> find(long key) {
        return sql.first("select * from app_user where id = ?", UserStore::user, key);
    }

    /** All, by name. */
    public List<User> list() {
        return sql.list("select * from app_user order by name limit 10000", UserStore::user);
    }

    /** Inserts; the result carries the key. Throws {@link IllegalStateException} if the name is taken. */
    public User insert(User user) {
        try {
            long key = sql.insert(
                    "insert into app_user (tenant_id, site, tag, name, password_hash, role, must_change_password,"
                            + " disabled, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    "id",
                    user.scope().tenant(),
                    user.scope().site(),
                    user.scope().tag(),
                    user.name(),
                    user.passwordHash(),
                    user.role(),
                    user.mustChangePassword(),
                    user.disabled(),
                    user.createdAt());
            return find(key).orElseThrow();
        } catch (Sql.Failure failed) {
            if (failed.isDuplicate()) {
                throw new IllegalStateException("the user " + user.name() + " exists already", failed);
            }
            throw failed;
        }
    }

    /** Replaces all fields but key and name. */
    public void update(User user) {
        sql.update(
                "update app_user set tenant_id = ?, site = ?, tag = ?, password_hash = ?, role = ?,"
                        + " must_change_password = ?, disabled = ? where id = ?",
                user.scope().tenant(),
                user.scope().site(),
                user.scope().tag(),
                user.passwordHash(),
                user.role(),
                user.mustChangePassword(),
                user.disabled(),
                user.key());
    }

    /** Inserts a token. */
    public void insertToken(ApiToken token) {
        sql.update(
                "insert into api_token (id, tenant_id, site, tag, hash, label, user_id, role, created_at, expires_at,"
                        + " revoked) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                token.id(),
                token.scope().tenant(),
                token.scope().site(),
                token.scope().tag(),
                token.hash(),
                token.label(),
                token.userKey(),
                token.role(),
                token.createdAt(),
                token.expiresAt(),
                token.revoked());
    }

    /** By the SHA-256 of its text. */
    public Optional<ApiToken> findToken(String hash) {
        return sql.first("select * from api_token where hash = ?", UserStore::token, hash);
    }

    /** All tokens. */
    public List<ApiToken> listTokens() {
        return sql.list("select * from api_token order by created_at desc limit 10000", UserStore::token);
    }

    /** Revokes; false if there is none. */
    public boolean revokeToken(String id) {
        return sql.update("update api_token set revoked = true where id = ?", id) == 1;
    }

    /** Remembers a login by the SHA-256 of its cookie. */
    public void insertLogin(String hash, long userKey, Instant expiresAt) {
        sql.update("insert into login (hash, user_id, expires_at) values (?, ?, ?)", hash, userKey, expiresAt);
    }

    /** Whose login this is, if it has not expired. */
    public Optional<User> findLogin(String hash, Instant now) {
        return sql.first(
                "select u.* from login l join app_user u on u.id = l.user_id where l.hash = ? and l.expires_at > ?",
                UserStore::user,
                hash,
                now);
    }

    /** Forgets a login. */
    public void deleteLogin(String hash) {
        sql.update("delete from login where hash = ?", hash);
    }

    /** Forgets all logins of a user. */
    public void deleteLogins(long userKey) {
        sql.update("delete from login where user_id = ?", userKey);
    }

    /** Forgets a user's logins that would expire first, beyond so many. */
    public int trimLogins(long userKey, int most) {
        return sql.update(
                "delete from login where user_id = ? and hash not in (select hash from login where user_id = ?"
                        + " order by expires_at desc, hash limit " + most + ")",
                userKey,
                userKey);
    }

    /** Removes tokens that ended before this, at most so many; returns how many. */
    public int pruneTokens(Instant before, int limit) {
        return sql.update(
                "delete from api_token where id in (select id from api_token where expires_at < ?"
                        + " order by expires_at, id limit " + limit + ")",
                before);
    }

    /** Forgets logins that have expired; returns how many. */
    public int pruneLogins(Instant now) {
        return sql.update("delete from login where expires_at < ?", now);
    }

    private static Scope scope(Row row) throws SQLException {
        return new Scope(row.text("tenant_id"), row.text("site"), row.text("tag"));
    }

    private static User user(Row row) throws SQLException {
        return new User(
                row.number("id"),
                row.text("name"),
                row.text("password_hash"),
                Role.valueOf(row.text("role")),
                scope(row),
                row.flag("must_change_password"),
                row.flag("disabled"),
                row.time("created_at"));
    }

    private static ApiToken token(Row row) throws SQLException {
        return new ApiToken(
                row.text("id"),
                row.text("hash"),
                row.text("label"),
                row.number("user_id"),
                Role.valueOf(row.text("role")),
                scope(row),
                row.time("created_at"),
                row.time("expires_at"),
                row.flag("revoked"));
    }
}
