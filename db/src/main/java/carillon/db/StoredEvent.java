package carillon.db;

import carillon.cwmp.Event;
import java.time.Instant;

/** An event as it is listed. */
public record StoredEvent(long key, long deviceKey, Instant at, String session, Event event) {}
