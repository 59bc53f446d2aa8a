package carillon.server.operator;

import carillon.db.FirstContact;
import carillon.db.Page;
import carillon.server.access.Permission;
import java.util.Map;

/** Phones that asked for a profile: look, and forget. They have no site yet, so only who is responsible for all sees them. */
public final class FirstContactActions {
    private final Guard guard;

    public FirstContactActions(Guard guard) {
        this.guard = guard;
    }

    /** One page, newest first. */
    public Page<FirstContact> list(Actor actor, int limit, String cursor) {
        checkScope(actor);
        try {
            return guard.read(actor, Permission.READ, stores -> stores.contacts()
                    .list(actor.scope().tenant(), limit, cursor));
        } catch (IllegalArgumentException foreignCursor) {
            throw ActionRefused.invalid(String.valueOf(foreignCursor.getMessage()));
        }
    }

    /** Forgets one; if the phone comes again it is here again. */
    public void delete(Actor actor, String id) {
        checkScope(actor);
        guard.removeOnce(actor, Permission.DELETE_DEVICE, ledger -> {
            if (!ledger.stores().contacts().delete(actor.scope().tenant(), id)) {
                throw ActionRefused.notFound(
                        "there is no first contact " + Devices.shown(id) + "; see GET /api/v1/first-contacts");
            }
            ledger.note("first-contact.delete", actor.scope(), id, Map.of(), Map.of());
        });
    }

    private static void checkScope(Actor actor) {
        if (!actor.scope().site().isEmpty() || !actor.scope().tag().isEmpty()) {
            throw ActionRefused.notPermitted(
                    "phones that nobody has approved have no site and no tags; who is responsible for all sees them");
        }
    }
}
