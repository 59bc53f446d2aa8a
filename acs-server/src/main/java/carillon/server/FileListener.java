package carillon.server;

import carillon.db.Database;
import carillon.rpc.arguments.TransferHabits;
import carillon.rpc.enrol.TransferTokens;
import carillon.rpc.outbound.TransferAddresses;
import carillon.server.config.ServerConfig;
import carillon.server.files.FileBytes;
import carillon.server.files.FileEndpoint;
import carillon.server.files.FileLogins;
import carillon.server.files.FileService;
import carillon.server.files.TftpDoor;
import carillon.server.files.TransferEndpoint;
import carillon.server.files.TransferMetrics;
import carillon.server.lifecycle.HttpServer;
import carillon.server.lifecycle.HttpServer.Manners;
import carillon.server.metrics.Metrics;
import carillon.server.schedule.CoarseJob;
import carillon.server.schedule.FileHousekeeping;
import carillon.server.tftp.TftpServer;
import carillon.server.tls.KeyStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.jetty.server.Handler;

/**
 * What keeps files and gives them to phones, put together.
 *
 * @param bytes of the files
 * @param server at which phones fetch and leave them
 * @param tftp at which they fetch some
 * @param habits how files travel where an RPC says nothing else
 * @param housekeeping what to do every hour
 */
record FileListener(
        FileBytes bytes, HttpServer server, TftpServer tftp, TransferHabits habits, CoarseJob housekeeping) {
    static FileListener assemble(
            ServerConfig config,
            Path data,
            Database database,
            KeyStores keyStores,
            Metrics metrics,
            InstantSource clock) {
        FileBytes bytes = FileBytes.open(config.files(), data);
        metrics.gauge("carillon_files_bytes", "Octets of all files that are kept.", bytes::total);
        TransferMetrics transfers = new TransferMetrics(metrics.registry());
        FileService files = new FileService(database, bytes);
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
                new FileHousekeeping(database, bytes, config.files().keepUploads(), clock));
        TftpServer tftp = new TftpServer(config.files().tftp(), new TftpDoor(files), metrics.registry());
        return new FileListener(
                bytes,
                server,
                tftp,
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
