package carillon.server.operator;

import carillon.db.Device;
import java.util.concurrent.CompletableFuture;

/** Who calls a phone, so that it opens a session. */
@FunctionalInterface
public interface PhoneCaller {
    /** Calls it over HTTP; never blocks, and what it returns ends within a bound and never exceptionally. */
    CompletableFuture<CallResult> call(Device device);
}
