package carillon.server;

import carillon.db.Database;
import carillon.server.admin.AdminOffice;
import carillon.server.admin.AdminSocket;
import carillon.server.admin.Backup;
import carillon.server.admin.OwnDatabase;
import carillon.server.config.ListenersConfig;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.ServerConfig;
import carillon.server.cwmp.TurnGate;
import carillon.server.lifecycle.DataDirectory;
import carillon.server.lifecycle.HttpServer;
import carillon.server.lifecycle.HttpServer.Manners;
import carillon.server.lifecycle.Owned;
import carillon.server.lifecycle.PortsFile;
import carillon.server.lifecycle.Service;
import carillon.server.lifecycle.Services;
import carillon.server.metrics.Health;
import carillon.server.metrics.Metrics;
import carillon.server.metrics.MetricsEndpoint;
import carillon.server.rest.Api;
import carillon.server.schedule.Clockwork;
import carillon.server.schedule.CoarseJob;
import carillon.server.schedule.LateDevices;
import carillon.server.schedule.Retention;
import carillon.server.schedule.RpcExpiry;
import carillon.server.stun.StunServer;
import carillon.server.tftp.TftpServer;
import carillon.server.tls.AuthorityBundle;
import carillon.server.tls.AuthorityWitness;
import carillon.server.tls.ClientTrust;
import carillon.server.tls.KeyStores;
import carillon.server.tls.LocalNames;
import carillon.server.tls.OwnAuthorities;
import carillon.server.tls.TlsRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Handler;

/**
 * The composition root: everything that lives as long as the server is made here, top to bottom in the order of the
 * modules' chain, started in order and stopped in reverse.
 */
public final class CarillonServer implements AutoCloseable {
    private final Path data;
    private final String publicHost;
    private final ServerConfig config;
    private final FirstAdmin firstAdmin;
    private final OperatorDoors operators;
    private final List<HttpServer> servers;
    private final StunServer stun;
    private final TftpServer tftp;
    private final Services services;

    /** Opens the database and makes everything; nothing listens yet. */
    public CarillonServer(ServerConfig config, InstantSource clock) {
        this(config, clock, TurnGate.OPEN);
    }

    /** The same, with somebody at the gate that every message of a phone passes. */
    public CarillonServer(ServerConfig config, InstantSource clock, TurnGate gate) {
        this.config = config;
        TlsRuntime.allow(config.tls().oldest());
        data = DataDirectory.create(config.data().directory());
        Path tlsDirectory = DataDirectory.create(data.resolve("tls"));
        Database database = OwnDatabase.open(config, data);

        publicHost = LocalNames.publicHost(config.installation().publicHost());
        OwnAuthorities authorities = OwnAuthorities.open(tlsDirectory, clock);
        ClientTrust clientTrust = new ClientTrust(
                tlsDirectory.resolve("clients"), config.tls().clients().oldAlgorithms(), clock);
        KeyStores keyStores =
                new KeyStores(tlsDirectory, authorities, LocalNames.of(publicHost), config.tls(), clientTrust, clock);

        Metrics metrics = new Metrics();
        metrics.gauge(
                "carillon_group_commit_waiting",
                "Turns of phones that wait to be written.",
                () -> database.groupCommit().waiting());

        FileListener files = FileListener.assemble(
                config, data, database, keyStores, metrics, new FileListener.Reached(publicHost, this::doors), clock);
        tftp = files.tftp();
        CwmpListener phones = CwmpListener.assemble(
                config, database, files.addresses(database, publicHost), clientTrust, metrics, clock, gate);

        AuthorityWitness witness = new AuthorityWitness(database, phones.work(), authorities, clock);
        phones.turns().onSecureCall(witness::called);

        LiveEvents live = LiveEvents.assemble(config, database, phones, metrics, clock);
        PhoneCalls calls = PhoneCalls.assemble(config, database, phones, metrics, clock);
        operators = OperatorDoors.assemble(
                database,
                phones,
                files,
                live,
                calls,
                new OperatorDoors.Certificates(clientTrust, authorities, keyStores),
                clock);
        calls.plan(config, publicHost, database, phones, operators.doors().rpcs());
        stun = calls.stun();
        firstAdmin = new FirstAdmin(operators.doors().users(), data);

        Retention retention = new Retention(database, config.retention(), clock);
        Clockwork clockwork = new Clockwork(
                database.schedulerTables(),
                database.isPostgres(),
                List.of(
                        new CoarseJob(
                                "late-devices",
                                Duration.ofSeconds(30),
                                new LateDevices(database, clock, live.feed()::late)),
                        new CoarseJob(
                                "rpc-expiry",
                                Duration.ofSeconds(30),
                                new RpcExpiry(database, clock, live.feed()::expired)),
                        new CoarseJob("retention", Duration.ofHours(1), retention),
                        files.housekeeping(),
                        new CoarseJob("certificates", Duration.ofSeconds(30), keyStores::lookAgain)));

        ListenersConfig doors = config.listeners();
        HttpServer web = new HttpServer("web", Manners.forPeople(doors.limits()))
                .behind(config.proxies())
                .with(doors.web())
                .with(doors.webHttps(), keyStores.forPeople());
        HttpServer cwmp = new HttpServer("cwmp", Manners.forPhones(doors.limits()))
                .behind(config.proxies())
                .serving(new AuthorityBundle(phones.endpoint(), authorities, witness))
                .with(doors.cwmpHttp())
                .with(doors.cwmpHttps(), keyStores.forPhones());
        servers = List.of(cwmp, files.server(), web);
        housekeeping(metrics, database, retention);
        for (HttpServer one : servers) {
            metrics.gauge(
                    "carillon_http_connections", "Connections that are open.", "server", one.name(), one::connections);
        }
        Health health = new Health(
                List.of(new Health.Check("database", database::check), new Health.Check("listeners", this::check)),
                clock);
        web.serving(new Handler.Sequence(
                new MetricsEndpoint(metrics, health),
                operators.api().handler(),
                OperatorPages.assemble(operators, live, config.trust(), publicHost, this::doors, clock)
                        .handler()));

        List<Service> inOrder = new ArrayList<>();
        inOrder.add(new Owned("metrics", metrics));
        inOrder.add(new Owned("database", database));
        inOrder.addAll(phones.services());
        inOrder.addAll(calls.services());
        inOrder.addAll(operators.services());
        inOrder.add(clockwork);
        inOrder.add(web);
        inOrder.add(cwmp);
        inOrder.add(files.server());
        inOrder.add(files.contacts());
        inOrder.add(tftp);
        inOrder.add(live.pump());
        inOrder.add(live.stream());
        inOrder.add(new AdminSocket(
                data,
                new AdminOffice(
                        operators.doors().users(),
                        operators.doors().tokens(),
                        new Backup(database, files::bytes, data, clock))));
        inOrder.add(new PortsFile(data, this::doors));
        services = new Services(inOrder);
    }

    /**
     * Makes the first administrator where there is no user yet; to be called before the start.
     *
     * @param terminal whether a person is watching, who can be shown a password
     * @return how to log in, to be shown once; empty if there is nothing new to say
     */
    public Optional<String> welcome(boolean terminal) {
        return firstAdmin.create(config.installation().adminPassword(), terminal);
    }

    /** Starts everything; returns when every listener is open. */
    public void start() {
        services.start();
    }

    /** The open doors with the ports they got. */
    public List<Door> doors() {
        Stream<Door> datagrams = Stream.concat(tftp.door().stream(), stun.door().stream());
        return Stream.concat(servers.stream().flatMap(server -> server.doors().stream()), datagrams)
                .toList();
    }

    /** The only ways to change anything. */
    public Api.Doors actions() {
        return operators.doors();
    }

    /** How phones reach this server. */
    public String publicHost() {
        return publicHost;
    }

    /** The data directory, absolute. */
    public Path dataDirectory() {
        return data;
    }

    @Override
    public void close() {
        services.close();
    }

    private static void housekeeping(Metrics metrics, Database database, Retention retention) {
        for (String table : database.read(stores -> stores.stock().tables())) {
            metrics.gauge(
                    "carillon_stored_rows",
                    "Rows of a table, counted every hour.",
                    "table",
                    table,
                    () -> retention.rows(table));
        }
    }

    private void check() {
        List<String> closed = servers.stream()
                .filter(server -> !server.listening())
                .map(HttpServer::name)
                .toList();
        if (!closed.isEmpty()) {
            throw new IllegalStateException("not listening: " + String.join(", ", closed));
        }
    }
}
