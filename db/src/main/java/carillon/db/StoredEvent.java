package carillon.db;

import carillon.cwmp.Event;
import java.time.Instant;

/**
 * An event as it is listed: one of an Inform, or a call of the phone's own, whose code is the method's name.
 *
 * @param details JSON of what a call told, empty for an event
 */
public record StoredEvent(long key, long deviceKey, Instant at, String session, Event event, String details) {}
