package carillon.phones;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** How a phone can be called, readable without waiting for the end of a session. */
final class Reach {
    private final AtomicBoolean rung = new AtomicBoolean();
    private volatile Bell bell = new Bell("", "", List.of());
    private volatile Stun stun = Stun.OFF;
    private volatile boolean off;

    /** What who rings must know. */
    record Bell(String username, String password, List<Misbehaviour> misbehaviours) {
        /** What a phone does that does these things wrong, where another would do that. */
        CallAnswer called(CallAnswer right) {
            return new Manners(misbehaviours.stream().map(Misbehaviour::manner).toList()).called(right);
        }
    }

    /** How it learns what its NAT makes of its address. */
    record Stun(
            boolean enabled,
            String host,
            int port,
            String username,
            String password,
            int maximumKeepAlive,
            int minimumKeepAlive) {
        static final Stun OFF = new Stun(false, "", 0, "", "", -1, 0);
    }

    /** The bell hangs as these values say. */
    void hang(PhoneValues values, List<Misbehaviour> misbehaviours) {
        bell = new Bell(
                values.value(Phone.MANAGEMENT + "ConnectionRequestUsername"),
                values.value(Phone.MANAGEMENT + "ConnectionRequestPassword"),
                misbehaviours);
        String host = values.value(Phone.MANAGEMENT + "STUNServerAddress");
        boolean enabled = values.value(Phone.MANAGEMENT + "STUNEnable").matches("1|true") && !host.isEmpty();
        stun = new Stun(
                enabled,
                host,
                (int) PhoneValues.number(values.value(Phone.MANAGEMENT + "STUNServerPort"), 3478),
                values.value(Phone.MANAGEMENT + "STUNUsername"),
                values.value(Phone.MANAGEMENT + "STUNPassword"),
                (int) PhoneValues.number(values.value(Phone.MANAGEMENT + "STUNMaximumKeepAlivePeriod"), -1),
                (int) PhoneValues.number(values.value(Phone.MANAGEMENT + "STUNMinimumKeepAlivePeriod"), 0));
    }

    Bell bell() {
        return bell;
    }

    Stun stun() {
        return stun;
    }

    /** Somebody called: it comes as soon as it can, and says why. */
    void ring() {
        rung.set(true);
    }

    boolean isRung() {
        return rung.get();
    }

    /** Whether somebody has called since this was last asked. */
    boolean takeRing() {
        return rung.getAndSet(false);
    }

    /** Whether it is restarting, and so hears nothing. */
    boolean isOff() {
        return off;
    }

    void off(boolean now) {
        off = now;
    }
}
