package carillon.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** The row at hand, read by column name. */
final class Row {
    private final ResultSet rows;

    Row(ResultSet rows) {
        this.rows = rows;
    }

    String text(String column) throws SQLException {
        String text = rows.getString(column);
        return text == null ? "" : text;
    }

    Optional<String> maybeText(String column) throws SQLException {
        return Optional.ofNullable(rows.getString(column));
    }

    long number(String column) throws SQLException {
        return rows.getLong(column);
    }

    Optional<Long> maybeNumber(String column) throws SQLException {
        long number = rows.getLong(column);
        return rows.wasNull() ? Optional.empty() : Optional.of(number);
    }

    int small(String column) throws SQLException {
        return rows.getInt(column);
    }

    boolean flag(String column) throws SQLException {
        return rows.getBoolean(column);
    }

    Instant time(String column) throws SQLException {
        return maybeTime(column).orElse(Instant.EPOCH);
    }

    Optional<Instant> maybeTime(String column) throws SQLException {
        Timestamp time = rows.getTimestamp(column);
        return time == null ? Optional.empty() : Optional.of(time.toInstant());
    }

    Optional<byte[]> bytes(String column) throws SQLException {
        return Optional.ofNullable(rows.getBytes(column));
    }
}
