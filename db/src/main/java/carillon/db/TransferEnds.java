package carillon.db;

import java.util.List;
import java.util.Optional;

/** What the report of a transfer's end does to its RPC. */
final class TransferEnds {
    private static final String TRANSFERS = "'DOWNLOAD', 'UPLOAD', 'SCHEDULE_DOWNLOAD'";

    private final RpcQueue rpcs;

    TransferEnds(Transaction transaction) {
        this.rpcs = transaction.stores().rpcs();
    }

    /** Settles the RPC, or has it wait for its version; returns its id if it waits. */
    Optional<String> done(long deviceKey, Effect.TransferDone done) {
        Optional<QueuedRpc> meant = done.rpcId().isEmpty() ? onlyOne(deviceKey) : rpcs.byId(done.rpcId());
        Optional<QueuedRpc> found = meant.filter(
                        rpc -> rpc.deviceKey() == deviceKey && done.from().contains(rpc.state()))
                .filter(rpc -> rpc.state() != RpcState.QUEUED || rpc.attempts() > 0);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        QueuedRpc rpc = found.get();
        if (rpc.awaited().isOutstanding(done.softwareVersion())) {
            String note = done.note() + "; it has succeeded when the phone reports the SoftwareVersion '"
                    + rpc.awaited().version() + "', awaited until " + done.versionBy() + ". It still reports '"
                    + done.softwareVersion() + "'";
            rpcs.awaitVersion(rpc.id(), done.versionBy(), note, done.at());
            return Optional.of(rpc.id());
        }
        rpcs.move(
                rpc.id(),
                done.from(),
                RpcState.SUCCEEDED,
                Optional.of(done.result()),
                Optional.empty(),
                done.note(),
                done.at());
        return Optional.empty();
    }

    private Optional<QueuedRpc> onlyOne(long deviceKey) {
        List<QueuedRpc> sent = rpcs.sent(deviceKey, TRANSFERS);
        return sent.size() == 1 && sent.get(0).acknowledgedAt().isPresent()
                ? Optional.of(sent.get(0))
                : Optional.empty();
    }
}
