package carillon.db;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Addresses at which phones fetch and leave files. An address is good from the moment its RPC leaves until its end is
 * known, and for a day at most; that is read off the RPC, so nothing need be written when it leaves or ends.
 */
public final class TransferStore {
    /** How long after the sending of its RPC an address is good at most. */
    public static final Duration LIFE = Duration.ofHours(24);

    private final Sql sql;

    TransferStore(Sql sql) {
        this.sql = sql;
    }

    /** Prepares the address of an RPC that was just queued. */
    public void insert(Transfer transfer) {
        sql.update(
                "insert into transfer (token_hash, rpc_id, direction, name, file_type, sha256, octets, login)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                transfer.tokenHash(),
                transfer.rpcId(),
                transfer.direction(),
                transfer.name(),
                transfer.type(),
                transfer.sha256(),
                transfer.octets(),
                transfer.login());
    }

    /** The transfer with this address, if it is good at this moment. */
    public Optional<Transfer.Open> open(String tokenHash, Instant now) {
        return sql.first(
                "select t.*, r.device_id, d.tenant_id, d.site, d.serial from transfer t join rpc r on r.id = t.rpc_id"
                        + " join device d on d.id = r.device_id where t.token_hash = ?"
                        + " and r.state in ('SENT', 'UNCONFIRMED', 'EXPIRED') and r.sent_at > ?",
                row -> new Transfer.Open(
                        transfer(row),
                        row.number("device_id"),
                        row.text("tenant_id"),
                        row.text("site"),
                        row.text("serial")),
                tokenHash,
                now.minus(LIFE));
    }

    private static Transfer transfer(Row row) throws SQLException {
        return new Transfer(
                row.text("token_hash"),
                row.text("rpc_id"),
                Transfer.Direction.valueOf(row.text("direction")),
                row.text("name"),
                row.text("file_type"),
                row.text("sha256"),
                row.number("octets"),
                row.flag("login"));
    }
}
