package carillon.server.console.view;

import carillon.cwmp.message.AcsMethod;
import carillon.db.QueuedRpc;
import carillon.db.RpcState;
import carillon.server.operator.RecentCall;
import java.util.List;

/**
 * An RPC as pages show it; secrets are masked.
 *
 * @param arguments indented JSON, empty where there are none
 * @param result rows of what the phone answered
 * @param calls the connection requests while it waited, newest first
 * @param login path of the form that asks for it again with the login that the file server wants; else empty
 */
public record RpcView(
        QueuedRpc rpc, Phone phone, String arguments, Result result, List<RecentCall> calls, String login) {
    public RpcView {
        calls = List.copyOf(calls);
    }

    /**
     * What the phone answered, as a table.
     *
     * @param rows at most as many as fit on a page
     * @param left how many more there are
     */
    public record Result(List<String> columns, List<List<String>> rows, int left) {
        /** Nothing was answered. */
        public static final Result NONE = new Result(List.of(), List.of(), 0);

        public Result {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** An RPC without its arguments and its result. */
    public static RpcView brief(QueuedRpc rpc, Phone phone) {
        return new RpcView(rpc, phone, "", Result.NONE, List.of(), "");
    }

    /** Whether the phone refused it for a reason that may pass, so that it waits to be sent again. */
    public boolean isPutOff() {
        return rpc.state() == RpcState.QUEUED && rpc.fault().isPresent();
    }

    /** The path of its page. */
    public String link() {
        return phone.link() + "/rpcs/" + rpc.id();
    }

    /** The state's name; {@code acknowledged} for one that the phone has taken on but not reported as done. */
    public String state() {
        return rpc.state() == RpcState.SENT && rpc.acknowledgedAt().isPresent()
                ? "acknowledged"
                : rpc.state().text();
    }

    public String method() {
        return rpc.method().rpcName();
    }

    public boolean canCancel() {
        return rpc.state() == RpcState.QUEUED;
    }

    public boolean mustDecide() {
        return rpc.state() == RpcState.UNCONFIRMED;
    }

    /** Whether doing it twice would interrupt somebody's call. */
    public boolean interrupts() {
        return interrupts(rpc.method());
    }

    /** Whether this method interrupts the phone's work. */
    public static boolean interrupts(AcsMethod method) {
        return switch (method) {
            case REBOOT, FACTORY_RESET, DOWNLOAD, SCHEDULE_DOWNLOAD, CHANGE_DU_STATE -> true;
            default -> false;
        };
    }
}
