package carillon.phones;

import carillon.cwmp.CwmpTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a phone comes by itself (TR-069 Amendment 6, 3.7.1.2). */
final class PeriodicInform {
    private PeriodicInform() {}

    /** After how long from this moment; nothing where it was told not to. */
    static Optional<Duration> until(PhoneValues values, Instant now) {
        if (!values.value(Phone.MANAGEMENT + "PeriodicInformEnable").matches("1|true")) {
            return Optional.empty();
        }
        long interval = Math.max(1, PhoneValues.number(values.value(Phone.MANAGEMENT + "PeriodicInformInterval"), 20));
        Optional<Instant> reference = new CwmpTime(values.value(Phone.MANAGEMENT + "PeriodicInformTime")).instant();
        if (reference.isEmpty()) {
            return Optional.of(Duration.ofSeconds(interval));
        }
        long past = Math.floorMod(now.getEpochSecond() - reference.get().getEpochSecond(), interval);
        return Optional.of(Duration.ofSeconds(interval - past));
    }
}
