package carillon.db;

/** Who did what. */
public final class AuditLog {

    /** Appends; the key is given by the store. */
    public void append(AuditEntry entry) {
        throw new UnsupportedOperationException("contract");
    }

    /** Newest first. */
    public Page<AuditEntry> list(Scope scope, String subject, int limit, String cursor) {
        throw new UnsupportedOperationException("contract");
    }
}
