package carillon.server;

import carillon.db.Database;
import carillon.db.FirstContact;
import carillon.rpc.arguments.TransferHabits;
import carillon.rpc.enrol.TransferTokens;
import carillon.rpc.outbound.TransferAddresses;
import carillon.rpc.session.TrustMode;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.ServerConfig;
import carillon.server.files.Bootstrap;
import carillon.server.files.FileBytes;
import carillon.server.files.FileEndpoint;
import carillon.server.files.FileLogins;
import carillon.server.files.FileService;
import carillon.server.files.FirstContacts;
import carillon.server.files.TftpDoor;
import carillon.server.files.TransferEndpoint;
import carillon.server.files.TransferMetrics;
import carillon.server.lifecycle.HttpServer;
import carillon.server.lifecycle.HttpServer.Manners;
import carillon.server.lifecycle.Workers;
import carillon.server.metrics.Metrics;
import carillon.server.schedule.CoarseJob;
import carillon.server.schedule.FileHousekeeping;
import carillon.server.tftp.TftpServer;
import carillon.server.tls.KeyStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;

/**
 * What keeps files and gives them to phones, put together.
 *
 * @param bytes of the files
 * @param server at which phones fetch and leave them
 * @param tftp at which they fetch some
 * @param contacts writes down who came
 * @param habits how files travel where an RPC says nothing else
 * @param housekeeping what to do every hour
 */
record FileListener(
        FileBytes bytes,
        HttpServer server,
        TftpServer tftp,
        Workers contacts,
        TransferHabits habits,
        CoarseJob housekeeping) {
    private static final int WAITING_CONTACTS = 1000;

    /** Where phones reach this server: its name, and its listeners as far as they are open. */
    record Reached(String host, Supplier<List<Door>> doors) {
        Optional<String> base(String listener) {
            String literal = host.contains(":") ? "[" + host + "]" : host;
            String scheme = listener.endsWith(".https") ? "https" : "http";
            return doors.get().stream()
                    .filter(door -> door.name().equals(listener))
                    .findFirst()
                    .map(door -> scheme + "://" + literal + ":" + door.port());
        }
    }

    static FileListener assemble(
            ServerConfig config,
            Path data,
            Database database,
            KeyStores keyStores,
            Metrics metrics,
            Reached reached,
            InstantSource clock) {
        FileBytes bytes = FileBytes.open(config.files(), data);
        metrics.gauge("carillon_files_bytes", "Octets of all files that are kept.", bytes::total);
        TransferMetrics transfers = new TransferMetrics(metrics.registry());
        Workers writers = new Workers("first-contacts", 1, WAITING_CONTACTS);
        boolean listed = config.trust().mode() != TrustMode.REQUIRED;
        FirstContact.Limits limits = new FirstContact.Limits(
                listed ? config.trust().waitingLimit() : 0, config.trust().waitingPerSource());
        FileService files = new FileService(
                database,
                bytes,
                new Bootstrap(config.bootstrap(), config.cwmp().informInterval(), reached::base),
                new FirstContacts(database, limits, writers, metrics.registry(), clock));
        TransferEndpoint endpoint = new TransferEndpoint(
                database,
                bytes,
                transfers,
                new FileLogins(
                        new TransferTokens(database.seal().credentialKey()),
                        config.login().overTls()),
                config.files().uploads(),
                clock);
        HttpServer server = new HttpServer(
                        "files", Manners.forFiles(config.listeners().limits()))
                .behind(config.proxies())
                .serving(new Handler.Sequence(new FileEndpoint(files, transfers), endpoint))
                .with(config.listeners().filesHttp())
                .with(config.listeners().filesHttps(), keyStores.forPeople());
        CoarseJob housekeeping = new CoarseJob(
                "files",
                Duration.ofHours(1),
                new FileHousekeeping(
                        database,
                        bytes,
                        config.files().keepUploads(),
                        config.bootstrap().keep(),
                        clock));
        TftpServer tftp = new TftpServer(config.files().tftp(), new TftpDoor(files), metrics.registry());
        return new FileListener(
                bytes,
                server,
                tftp,
                writers,
                new TransferHabits(config.files().login(), config.files().awaitVersion()),
                housekeeping);
    }

    /** The addresses that phones are given. */
    TransferAddresses addresses(Database database, String publicHost) {
        String host = publicHost.contains(":") ? "[" + publicHost + "]" : publicHost;
        return new TransferAddresses(
                new TransferTokens(database.seal().credentialKey()),
                tls -> server.doors().stream()
                        .filter(door -> door.name().equals(tls ? "files.https" : "files.http"))
                        .findFirst()
                        .map(door -> (tls ? "https://" : "http://") + host + ":" + door.port()),
                habits);
    }
}
