package carillon.server.connect;

import carillon.db.Device;
import carillon.server.operator.CallResult;
import java.util.Optional;

/** The ways there are to call a phone, and which one is taken. */
final class Ways {
    private final HttpWay http;

    Ways(HttpWay http) {
        this.http = http;
    }

    /** Which way. */
    Way choose(Device device, Optional<CallResult.Kind> kind, int attempt) {
        return http;
    }
}
