package carillon.server.console.view;

import java.util.List;

/** A phone's RPCs, newest first. */
public record RpcsView(List<RpcView> rpcs, Trail trail) {
    public RpcsView {
        rpcs = List.copyOf(rpcs);
    }
}
