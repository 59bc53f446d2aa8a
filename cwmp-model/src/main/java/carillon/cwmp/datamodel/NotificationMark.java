package carillon.cwmp.datamodel;

/** What a data model says of active notification of a parameter (TR-106, the attribute activeNotify). */
public enum NotificationMark {
    /** It can be asked for. */
    ALLOWED(""),
    /** A phone may refuse it (9009). */
    DENIABLE("deny"),
    /** It is on until somebody turns it off. */
    ON_BY_DEFAULT("default"),
    /** It is always on, and cannot be turned off. */
    FORCED_ON("on");

    private final String text;

    NotificationMark(String text) {
        this.text = text;
    }

    /** As the tables write it. */
    static NotificationMark of(String text) {
        for (NotificationMark mark : values()) {
            if (mark.text.equals(text)) {
                return mark;
            }
        }
        throw new IllegalArgumentException("the notification mark '" + text + "'");
    }
}
