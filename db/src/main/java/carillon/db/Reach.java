package carillon.db;

import java.time.Instant;
import java.util.Optional;

/**
 * How a device can be reached beside its ConnectionRequestURL.
 *
 * @param address where the STUN server last saw it, empty where it never did
 * @param boundAt when that was first seen
 * @param plan what it was last told about being reached, empty where nothing
 */
public record Reach(String address, int port, Optional<Instant> boundAt, String plan) {
    /** Nothing is known. */
    public static final Reach NOTHING = new Reach("", 0, Optional.empty(), "");
}
