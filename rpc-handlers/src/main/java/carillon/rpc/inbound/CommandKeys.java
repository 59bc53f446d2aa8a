package carillon.rpc.inbound;

import carillon.db.RpcState;
import java.util.Set;
import java.util.regex.Pattern;

/** The keys by which phones name our RPCs again. */
final class CommandKeys {
    /** The states in which a report of the phone still settles an RPC. */
    static final Set<RpcState> REPORTABLE = Set.of(RpcState.SENT, RpcState.UNCONFIRMED, RpcState.EXPIRED);

    /** The same for a report that it was done: also one that the phone had refused, and that waits to be asked again. */
    static final Set<RpcState> DOABLE = Set.of(RpcState.QUEUED, RpcState.SENT, RpcState.UNCONFIRMED, RpcState.EXPIRED);

    /** An RPC's id: 26 characters of Crockford's base32. */
    private static final Pattern RPC_ID = Pattern.compile("[0-9A-HJKMNP-TV-Z]{26}");

    private CommandKeys() {}

    /** Whether this key can be the id of an RPC of ours. */
    static boolean mayBeOurs(String key) {
        return RPC_ID.matcher(key).matches();
    }
}
