package carillon.server.xmpp;

import carillon.cwmp.Secret;
import carillon.server.config.XmppConfig;
import carillon.server.lifecycle.Heartbeat;
import carillon.server.lifecycle.Service;
import carillon.server.lifecycle.StartFailedException;
import carillon.server.tls.Authorities;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our connection to the XMPP server: over TLS or not at all, made again whenever it is lost. */
public final class XmppLink implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(XmppLink.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final int CONNECT_MILLIS = 10_000;

    private final XmppConfig config;
    private final Duration timeout;
    private final Heartbeat heartbeat = new Heartbeat("xmpp", LOOK_EVERY, this::look);
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile @Nullable XMPPTCPConnection connection;

    /** @param timeout of one connection request */
    public XmppLink(XmppConfig config, Duration timeout) {
        this.config = config;
        this.timeout = timeout;
    }

    /** What came back for a connection request (CWMP-217). */
    public enum Reply {
        /** The phone took it. */
        RESULT,
        /** The phone does not take this user name and password. */
        NOT_AUTHORIZED,
        /** The phone is offline, or busy. */
        UNAVAILABLE,
        /** The phone, or a server on the way, refused it. */
        REFUSED,
        /** Nothing came back in time, or the request could not leave. */
        SILENCE
    }

    /** Whether requests can leave. */
    public boolean isUp() {
        XMPPTCPConnection open = connection;
        return open != null && open.isConnected() && open.isAuthenticated();
    }

    /** Sends one request and waits for what comes back. */
    public Reply request(String jabberId, String username, Secret password) {
        XMPPTCPConnection open = connection;
        if (open == null || !isUp()) {
            return Reply.SILENCE;
        }
        try {
            ConnectionRequestIq iq = new ConnectionRequestIq(JidCreate.from(jabberId), username, password);
            open.createStanzaCollectorAndSend(iq).nextResultOrThrow(timeout.toMillis());
            return Reply.RESULT;
        } catch (XMPPException.XMPPErrorException refused) {
            return reply(refused.getStanzaError());
        } catch (XmppStringprepException noJabberId) {
            return Reply.REFUSED;
        } catch (SmackException lost) {
            return Reply.SILENCE;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Reply.SILENCE;
        }
    }

    private static Reply reply(StanzaError error) {
        return switch (error.getCondition()) {
            case not_authorized, forbidden -> Reply.NOT_AUTHORIZED;
            case service_unavailable, recipient_unavailable -> Reply.UNAVAILABLE;
            default -> Reply.REFUSED;
        };
    }

    private synchronized void look() {
        if (isUp()) {
            return;
        }
        close();
        try {
            XMPPTCPConnection fresh = new XMPPTCPConnection(configuration());
            connection = fresh;
            fresh.connect();
            fresh.login();
            told.set(false);
            LOG.info("connected to the XMPP server {} as {}", config.host(), config.jabberId());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (XMPPException | SmackException | IOException failed) {
            close();
            if (!told.getAndSet(true)) {
                LOG.warn(
                        "the XMPP server {} port {} cannot be used as {}: {}; it is tried again every {} s",
                        config.host(),
                        config.port(),
                        config.jabberId(),
                        failed.toString(),
                        LOOK_EVERY.toSeconds());
            }
        }
    }

    private XMPPTCPConnectionConfiguration configuration() throws IOException {
        XMPPTCPConnectionConfiguration.Builder builder = XMPPTCPConnectionConfiguration.builder()
                .setXmppDomain(config.domain())
                .setHost(config.host())
                .setPort(config.port())
                .setUsernameAndPassword(config.username(), config.password().reveal())
                .setResource(config.resource())
                .setSecurityMode(SecurityMode.required)
                .setConnectTimeout(CONNECT_MILLIS);
        if (config.authority().isPresent()) {
            builder.setCustomX509TrustManager(Authorities.of(config.authority().get()));
        }
        return builder.build();
    }

    private void close() {
        XMPPTCPConnection open = connection;
        connection = null;
        if (open != null) {
            open.instantShutdown();
        }
    }

    @Override
    public String name() {
        return "xmpp";
    }

    @Override
    public void start() {
        if (config.authority().isPresent()) {
            try {
                Authorities.of(config.authority().get());
            } catch (IOException unreadable) {
                throw new StartFailedException(
                        "xmpp.authority is " + config.authority().get() + ", which cannot be used: "
                                + unreadable.getMessage(),
                        unreadable);
            }
        }
        Thread first = new Thread(this::look, "xmpp-first");
        first.setDaemon(true);
        first.start();
        heartbeat.start();
    }

    @Override
    public void stop() throws InterruptedException {
        heartbeat.stop();
        close();
    }
}
