package carillon.server.stun;

import carillon.cwmp.Secret;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who knows the phones that use the STUN server; must not block. */
public interface StunClients {
    /** The STUN passwords of this user name that may be good now; none where there is no such user. */
    CompletableFuture<List<Secret>> passwords(String username);

    /**
     * A phone that has proven to know its password can be reached here, by datagrams from the server's own socket.
     *
     * @param changed whether the phone says that this is another place than before
     */
    void bound(String username, InetSocketAddress seen, boolean changed);
}
