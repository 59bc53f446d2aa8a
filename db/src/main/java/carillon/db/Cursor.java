package carillon.db;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/** Where a page of one of these lists goes on: opaque to those who carry it, with a check that no invented text passes. */
enum Cursor {
    AUDIT,
    CONTACTS,
    DEVICES,
    EVENTS,
    FILES,
    PARAMETERS,
    RPCS,
    SESSIONS;

    private static final int CHECKS = 36 * 36 * 36 * 36;

    String of(long key) {
        return of(Long.toString(key, 36));
    }

    String of(String place) {
        return place + "-" + check(place);
    }

    /** Throws {@link ForeignCursorException} on a text that no page of this list gave out. */
    long number(String cursor) {
        try {
            return Long.parseLong(place(cursor), 36);
        } catch (NumberFormatException foreign) {
            throw foreign(cursor);
        }
    }

    /** Throws {@link ForeignCursorException} on a text that no page of this list gave out. */
    String place(String cursor) {
        int end = cursor.lastIndexOf('-');
        String place = cursor.substring(0, Math.max(0, end));
        if (place.isEmpty() || !cursor.substring(end + 1).equals(check(place))) {
            throw foreign(cursor);
        }
        return place;
    }

    private String check(String place) {
        CRC32 sum = new CRC32();
        sum.update((name() + ":" + place).getBytes(StandardCharsets.UTF_8));
        return Long.toString(sum.getValue() % CHECKS, 36);
    }

    private ForeignCursorException foreign(String cursor) {
        return new ForeignCursorException("the cursor '" + cursor.replaceAll("\\p{Cntrl}", "?")
                + "' is none that the list of " + name().toLowerCase(Locale.ROOT)
                + " gave out; take next from its last page, or begin without one");
    }
}
