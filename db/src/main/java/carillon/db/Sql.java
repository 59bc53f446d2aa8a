package carillon.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements of one transaction; an {@link SQLException} becomes a {@link Failure}, which the transaction looks into. */
final class Sql {
    /** An SQL failure on its way to the transaction. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failure(SQLException cause) {
            super(cause.getMessage(), cause);
        }

        /**
         * PostgreSQL's serialization failure or deadlock, H2's deadlock or lock time-out, and a row that was deleted under
         * our hands (a foreign key that leads nowhere): do it again.
         */
        boolean isWorthRepeating() {
            return getCause() instanceof SQLException sql
                    && sql.getSQLState() != null
                    && (sql.getSQLState().startsWith("40")
                            || sql.getSQLState().equals("HYT00")
                            || sql.getSQLState().equals("23503")
                            || sql.getSQLState().equals("23506"));
        }

        boolean isDuplicate() {
            return getCause() instanceof SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().equals("23505");
        }
    }

    /** Makes one thing of the row at hand. */
    interface Mapper<T> {
        T map(Row row) throws SQLException;
    }

    private final Connection connection;

    Sql(Connection connection) {
        this.connection = connection;
    }

    <T> List<T> list(String sql, Mapper<T> mapper, @Nullable Object... arguments) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            try (ResultSet rows = statement.executeQuery()) {
                Row row = new Row(rows);
                List<T> list = new ArrayList<>();
                while (rows.next()) {
                    list.add(mapper.map(row));
                }
                return list;
            }
        } catch (SQLException failed) {
            throw new Failure(failed);
        }
    }

    <T> Optional<T> first(String sql, Mapper<T> mapper, @Nullable Object... arguments) {
        List<T> list = list(sql, mapper, arguments);
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(0));
    }

    int update(String sql, @Nullable Object... arguments) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            return statement.executeUpdate();
        } catch (SQLException failed) {
            throw new Failure(failed);
        }
    }

    /** Inserts one row and returns the key it was given in column {@code id} or {@code sequence}. */
    long insert(String sql, String keyColumn, @Nullable Object... arguments) {
        try (PreparedStatement statement = connection.prepareStatement(sql, new String[] {keyColumn})) {
            bind(statement, arguments);
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        } catch (SQLException failed) {
            throw new Failure(failed);
        }
    }

    /** One statement, many rows, sent together; the count of each. */
    int[] batch(String sql, List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return new int[0];
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (@Nullable Object[] row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            return statement.executeBatch();
        } catch (SQLException failed) {
            SQLException next = failed.getNextException();
            throw new Failure(next != null && failed.getSQLState() == null ? next : failed);
        }
    }

    /** {@code ?,?,?} */
    static String marks(int count) {
        return "?" + ",?".repeat(count - 1);
    }

    /** Many keys as one argument, for {@code = any(?)}: the statement stays the same, so that it is parsed once. */
    static Object keys(List<Long> keys) {
        return keys.toArray(Long[]::new);
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            if (argument instanceof Instant instant) {
                statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
            } else if (argument instanceof Long[] keys) {
                statement.setArray(i + 1, statement.getConnection().createArrayOf("bigint", keys));
            } else if (argument == null) {
                statement.setNull(i + 1, Types.NULL);
            } else if (argument instanceof Enum<?> constant) {
                statement.setString(i + 1, constant.name());
            } else {
                statement.setObject(i + 1, argument);
            }
        }
    }
}
