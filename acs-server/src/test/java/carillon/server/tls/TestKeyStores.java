package carillon.server.tls;

import carillon.server.config.TlsConfig;
import carillon.server.config.TlsConfig.Clients;
import carillon.server.config.TlsConfig.Demand;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Certificates for tests of what uses them. */
public final class TestKeyStores {
    private TestKeyStores() {}

    /** Made by an authority in this directory; nobody is asked for a client certificate. */
    public static KeyStores of(Path directory, List<String> names, InstantSource clock) {
        return new KeyStores(
                directory,
                OwnAuthorities.open(directory, clock),
                names,
                new TlsConfig("TLSv1.2", 100, TlsConfig.Files.NONE, new Clients(Demand.OFF, false)),
                new ClientTrust(directory.resolve("clients"), false, clock),
                clock);
    }
}
