package carillon.cwmp;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The event codes of TR-069 Amendment 6, 3.7.1.5, table 8. Vendor codes stay text and have no constant. */
public enum EventCode {
    BOOTSTRAP("0 BOOTSTRAP"),
    BOOT("1 BOOT"),
    PERIODIC("2 PERIODIC"),
    SCHEDULED("3 SCHEDULED"),
    VALUE_CHANGE("4 VALUE CHANGE"),
    KICKED("5 KICKED"),
    CONNECTION_REQUEST("6 CONNECTION REQUEST"),
    TRANSFER_COMPLETE("7 TRANSFER COMPLETE"),
    DIAGNOSTICS_COMPLETE("8 DIAGNOSTICS COMPLETE"),
    REQUEST_DOWNLOAD("9 REQUEST DOWNLOAD"),
    AUTONOMOUS_TRANSFER_COMPLETE("10 AUTONOMOUS TRANSFER COMPLETE"),
    DU_STATE_CHANGE_COMPLETE("11 DU STATE CHANGE COMPLETE"),
    AUTONOMOUS_DU_STATE_CHANGE_COMPLETE("12 AUTONOMOUS DU STATE CHANGE COMPLETE"),
    WAKEUP("13 WAKEUP"),
    HEARTBEAT("14 HEARTBEAT"),
    M_REBOOT("M Reboot"),
    M_SCHEDULE_INFORM("M ScheduleInform"),
    M_DOWNLOAD("M Download"),
    M_SCHEDULE_DOWNLOAD("M ScheduleDownload"),
    M_UPLOAD("M Upload"),
    M_CHANGE_DU_STATE("M ChangeDUState");

    private static final Map<String, EventCode> BY_TEXT =
            Stream.of(values()).collect(Collectors.toMap(EventCode::text, code -> code));

    private final String text;

    EventCode(String text) {
        this.text = text;
    }

    /** The code as it is written in an Inform. */
    public String text() {
        return text;
    }

    /**
     * The code that this text means: by its leading number, or by its name after {@code M}; case and blanks do not
     * matter. So {@code "10 ..."} is never taken for {@code "1 BOOT"}.
     */
    public static Optional<EventCode> of(String text) {
        EventCode exact = BY_TEXT.get(text);
        return exact != null ? Optional.of(exact) : loosely(text);
    }

    private static Optional<EventCode> loosely(String text) {
        String folded = text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        int blank = folded.indexOf(' ');
        String first = blank < 0 ? folded : folded.substring(0, blank);
        boolean numbered = !first.isEmpty() && first.chars().allMatch(c -> c >= '0' && c <= '9');
        for (EventCode code : values()) {
            String mine = code.text.toLowerCase(Locale.ROOT);
            if (numbered ? mine.startsWith(first + " ") : mine.equals(folded)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}
