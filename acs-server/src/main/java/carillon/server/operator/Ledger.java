package carillon.server.operator;

import carillon.db.AuditEntry;
import carillon.db.Device;
import carillon.db.Scope;
import carillon.db.Stores;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;

/** One permitted change under way: the stores of its transaction, and the page of the audit log it is written on. */
public final class Ledger {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 20_000;

    private final Stores stores;
    private final Actor actor;
    private final Instant now;

    Ledger(Stores stores, Actor actor, Instant now) {
        this.stores = stores;
        this.actor = actor;
        this.now = now;
    }

    public Stores stores() {
        return stores;
    }

    public Instant now() {
        return now;
    }

    /** Writes down what was done to a device; the values must hold no secrets. */
    void note(String action, Device device, Map<String, ?> before, Map<String, ?> after) {
        append(action, device.tenant(), device.site(), device.id().encoded(), json(before), json(after));
    }

    /** The same with JSON that is masked already. */
    void noteJson(String action, Device device, String after) {
        append(action, device.tenant(), device.site(), device.id().encoded(), "{}", after);
    }

    /** Writes down what was done to something that lies in a scope. */
    void note(String action, Scope scope, String subject, Map<String, ?> before, Map<String, ?> after) {
        append(action, scope.tenant(), scope.site(), subject, json(before), json(after));
    }

    private void append(String action, String tenant, String site, String subject, String before, String after) {
        stores.audit()
                .append(new AuditEntry(0, now, tenant, site, actor.name(), action, subject, fit(before), fit(after)));
    }

    private static String fit(String json) {
        return json.length() <= LONGEST ? json : "{\"left out\":\"" + json.length() + " characters\"}";
    }

    static String json(Map<String, ?> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a map that is no JSON", impossible);
        }
    }
}
