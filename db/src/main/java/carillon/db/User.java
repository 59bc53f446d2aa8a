package carillon.db;

import java.time.Instant;

/** A person who logs in. The password is stored as an Argon2 text. */
public record User(
        long key,
        String name,
        String passwordHash,
        Role role,
        Scope scope,
        boolean mustChangePassword,
        boolean disabled,
        Instant createdAt) {}
