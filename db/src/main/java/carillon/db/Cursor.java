package carillon.db;

/** Where a page goes on: opaque to those who carry it. */
final class Cursor {
    private Cursor() {}

    static String of(long key) {
        return Long.toString(key, 36);
    }

    /** Throws {@link IllegalArgumentException} on a text that no page gave out. */
    static long number(String cursor) {
        try {
            return Long.parseLong(cursor, 36);
        } catch (NumberFormatException foreign) {
            throw new IllegalArgumentException("'" + cursor + "' is no cursor of this list", foreign);
        }
    }

    static String of(String id) {
        return id;
    }

    /** Throws {@link IllegalArgumentException} on a text that no page gave out. */
    static String id(String cursor) {
        if (!cursor.matches("[0-9A-Z]{26}")) {
            throw new IllegalArgumentException("'" + cursor + "' is no cursor of this list");
        }
        return cursor;
    }
}
