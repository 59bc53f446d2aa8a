package carillon.db;

import java.util.Optional;

/** What devices last reported: one document per device, names shared per model. */
public final class ParameterStore {

    /** Parameters at or below the path in name order, after the cursor name; depth 1 is the next level only, 0 means all. */
    public Page<ReportedParameter> list(long deviceKey, String path, int depth, int limit, String cursor) {
        throw new UnsupportedOperationException("contract");
    }

    /** One parameter by its full name. */
    public Optional<ReportedParameter> find(long deviceKey, String path) {
        throw new UnsupportedOperationException("contract");
    }
}
