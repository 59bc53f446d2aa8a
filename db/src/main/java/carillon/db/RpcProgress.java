package carillon.db;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** How far RPCs of many requests have come, so that the next session goes on where the last one ended. Sealed. */
public final class RpcProgress {
    private static final String SEALED = "rpc-progress";
    private static final int LONGEST_NOTE = 1000;

    private final Sql sql;
    private final Seal seal;

    RpcProgress(Sql sql, Seal seal) {
        this.sql = sql;
        this.seal = seal;
    }

    /** The head, then the parts; nothing where the RPC has made no progress. */
    public List<String> of(String rpcId) {
        return sql.list(
                "select content from rpc_progress where rpc_id = ? order by part",
                row -> opened(row.bytes("content").orElseThrow()),
                rpcId);
    }

    /** Nothing happens to an RPC that is not under way any more. An RPC that makes progress has not been sent in vain. */
    void record(long deviceKey, Effect.ProgressMade made) {
        int underWay = sql.update(
                "update rpc set attempts = 1, note = ? where id = ? and device_id = ? and state = 'SENT'",
                made.note().substring(0, Math.min(made.note().length(), LONGEST_NOTE)),
                made.rpcId(),
                deviceKey);
        if (underWay == 1) {
            put(made.rpcId(), 0, made.head());
            made.part().ifPresent(part -> put(made.rpcId(), part.number(), part.content()));
        }
    }

    private void put(String rpcId, int part, String content) {
        byte[] closed = seal.seal(SEALED, Packing.pack(content.getBytes(StandardCharsets.UTF_8)));
        int known =
                sql.update("update rpc_progress set content = ? where rpc_id = ? and part = ?", closed, rpcId, part);
        if (known == 0) {
            sql.update(
                    "insert into rpc_progress (rpc_id, part, tenant_id, site, content)"
                            + " select id, cast(? as integer), tenant_id, site, cast(? as bytea) from rpc where id = ?",
                    part,
                    closed,
                    rpcId);
        }
    }

    private String opened(byte[] closed) {
        return new String(Packing.unpack(seal.open(SEALED, closed)), StandardCharsets.UTF_8);
    }

    void drop(String rpcId) {
        sql.update("delete from rpc_progress where rpc_id = ?", rpcId);
    }
}
