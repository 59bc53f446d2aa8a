package carillon.server.tftp;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;

/** The files that TFTP gives away. */
@FunctionalInterface
public interface TftpFiles {
    /** The file of this name, as it was asked for; empty where there is none for this road. */
    Optional<TftpContent> open(String name, InetAddress source) throws IOException;
}
