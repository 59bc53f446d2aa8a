package carillon.server.lifecycle;

import carillon.server.config.ListenersConfig;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.ProxyConfig;
import java.io.IOException;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.TryExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One handler behind its doors: an HTTP port, an HTTPS port, or both. */
public final class HttpServer implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int RESPONSE_HEADER_BYTES = 4096;
    private static final int ACCEPT_QUEUE = 4096;
    private static final long SHUTDOWN_IDLE_MILLIS = 200;
    private static final UriCompliance NAMES_IN_PATHS = UriCompliance.DEFAULT.with(
            "CARILLON",
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS);

    /**
     * What is different between a server for phones and one for people.
     *
     * @param idle how long a connection may be silent
     * @param request how long a request may take until all its headers are here
     * @param headerBytes of one request
     * @param minimumRate octets a second that a client must send once it has begun; 0 for any
     * @param namesInPaths whether a path may hold {@code %2F}, {@code %25} and {@code %5C}, as names of devices do: its handlers
     *     take a path apart before they decode it; and whether people and scripts read what is wrong with a request
     * @param grace how long requests under way may take when the server stops
     * @param neverBlocks whether no handler behind it ever waits on the thread that it is given
     */
    public record Manners(
            int connections,
            int threads,
            Duration idle,
            Duration request,
            int headerBytes,
            int minimumRate,
            boolean namesInPaths,
            Duration grace,
            boolean neverBlocks) {
        /** For phones: 65 s is a little more than the silence a phone may keep within a session. */
        public static Manners forPhones(ListenersConfig.Limits limits) {
            return new Manners(
                    limits.cwmpConnections(),
                    limits.threads(),
                    Duration.ofSeconds(65),
                    Duration.ofSeconds(30),
                    8192,
                    64,
                    false,
                    Duration.ofSeconds(5),
                    true);
        }

        /** For phones that fetch or leave files: what they send may take long, but must not stand still. */
        public static Manners forFiles(ListenersConfig.Limits limits) {
            return new Manners(
                    limits.filesConnections(),
                    limits.threads(),
                    Duration.ofSeconds(65),
                    Duration.ofSeconds(30),
                    8192,
                    64,
                    false,
                    Duration.ofSeconds(5),
                    false);
        }

        /** For browsers and scripts. */
        public static Manners forPeople(ListenersConfig.Limits limits) {
            return new Manners(
                    limits.webConnections(),
                    limits.threads(),
                    Duration.ofMinutes(2),
                    Duration.ofSeconds(30),
                    16_384,
                    64,
                    true,
                    Duration.ofSeconds(1),
                    false);
        }
    }

    private final String name;
    private final Server server;
    private final Manners manners;
    private final Map<Door, ServerConnector> connectors = new LinkedHashMap<>();
    private final @Nullable TryExecutor plainTasks;
    private final SlowCallers slowCallers;
    private final NetworkConnectionLimit connections;
    private final Heartbeat looks;
    private @Nullable TrustedProxies proxies;

    public HttpServer(String name, Manners manners) {
        this.name = name;
        this.manners = manners;
        this.slowCallers = new SlowCallers(manners.request());
        this.looks = new Heartbeat(name + "-slow-callers", manners.request().dividedBy(6), this::look);
        QueuedThreadPool threads = new QueuedThreadPool(manners.threads(), Math.min(8, manners.threads()));
        threads.setName(name);
        // a pool given to a connector is stopped with it, before its selector could end; none given means the server's
        this.plainTasks = manners.neverBlocks() ? new ConnectionTasks(threads) : null;
        this.server = new Server(threads, null, new ReusedBuffers());
        server.setStopTimeout(manners.grace().toMillis());
        server.setErrorHandler(new PlainErrors(manners.namesInPaths()));
        this.connections = new NetworkConnectionLimit(manners.connections(), server);
        server.addBean(connections);
    }

    /** How many connections are open, behind all of its doors. */
    public int connections() {
        return connections.getNetworkConnectionCount();
    }

    /** What answers behind every door; to be given before the start. */
    public HttpServer serving(Handler handler) {
        server.setHandler(new GracefulHandler(new PacedBodies(handler, manners.minimumRate())));
        return this;
    }

    /** Believes these proxies; to be told before the doors. */
    public HttpServer behind(ProxyConfig config) {
        proxies = config.networks().all().isEmpty() ? null : new TrustedProxies(config);
        return this;
    }

    /** Adds a door without TLS; a closed one is left out. */
    public HttpServer with(Door door) {
        if (door.open()) {
            // without acceptors: the thread that waits for messages takes new connections too
            connect(
                    door,
                    new ServerConnector(
                            server, plainTasks, null, null, 0, -1, new HttpConnectionFactory(configuration())));
        }
        return this;
    }

    /** Adds a door with TLS; a closed one is left out. */
    public HttpServer with(Door door, SslContextFactory.Server tls) {
        if (door.open()) {
            HttpConfiguration http = configuration();
            // phones call by address or by a name that is not ours; the certificate is theirs to check
            // before the proxies: what they tell counts for more
            http.getCustomizers().add(0, new SecureRequestCustomizer(false));
            connect(
                    door,
                    new ServerConnector(
                            server,
                            -1,
                            -1,
                            new SslConnectionFactory(tls, "http/1.1"),
                            new HttpConnectionFactory(http)));
        }
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() throws Exception {
        for (Map.Entry<Door, ServerConnector> entry : connectors.entrySet()) {
            open(entry.getKey(), entry.getValue());
        }
        server.start();
        looks.start();
    }

    private void look() {
        List<EndPoint> connected = new ArrayList<>();
        connectors.values().forEach(connector -> connected.addAll(connector.getConnectedEndPoints()));
        slowCallers.look(connected, System.currentTimeMillis());
    }

    @Override
    public void stop() throws Exception {
        looks.stop();
        try {
            server.stop();
        } catch (TimeoutException stillOpen) {
            LOG.info("{}: requests still under way were cut off", name);
        } finally {
            connectors.values().forEach(ServerConnector::close);
        }
    }

    /** Whether every door is open. */
    public boolean listening() {
        return server.isStarted() && connectors.values().stream().allMatch(ServerConnector::isOpen);
    }

    /** The open doors with the ports they got. */
    public List<Door> doors() {
        List<Door> open = new ArrayList<>();
        connectors.forEach((door, connector) -> open.add(door.at(connector.getLocalPort())));
        return open;
    }

    private void open(Door door, ServerConnector connector) {
        try {
            connector.open();
        } catch (IOException | UnresolvedAddressException failed) {
            throw new StartFailedException(whyNot(door, failed), failed);
        }
    }

    private static String whyNot(Door door, Exception failed) {
        Throwable cause = failed;
        while (cause.getCause() != null && !(cause instanceof BindException)) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage());
        String host = door.setting().replaceFirst("port$", "host");
        if (cause instanceof BindException && message.contains("in use")) {
            return "port " + door.port() + " is taken; set " + door.setting()
                    + " to another (0 for any free one, -1 for none)";
        }
        if (message.contains("ermission denied")) {
            return "port " + door.port() + " may not be opened by this user; set " + door.setting() + " above 1023";
        }
        return "port " + door.port() + " cannot be opened at " + door.host() + " (" + message + "); check "
                + door.setting() + " and " + host;
    }

    private void connect(Door door, ServerConnector connector) {
        if (!door.host().equals(ListenersConfig.ALL_ADDRESSES)) {
            connector.setHost(door.host());
        }
        connector.setPort(door.port());
        connector.setName(door.name());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setIdleTimeout(manners.idle().toMillis());
        connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MILLIS);
        server.addConnector(connector);
        connectors.put(door, connector);
    }

    private HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setUseInputDirectByteBuffers(false);
        http.setUseOutputDirectByteBuffers(false);
        http.setRequestHeaderSize(manners.headerBytes());
        http.setResponseHeaderSize(RESPONSE_HEADER_BYTES);
        // what a connection learns of its headers is forgotten with it: phones come with a new one for three requests
        http.setHeaderCacheSize(0);
        if (proxies != null) {
            http.addCustomizer(proxies);
        }
        if (manners.namesInPaths()) {
            http.setUriCompliance(NAMES_IN_PATHS);
        }
        return http;
    }
}
