package carillon.server.files;

import carillon.server.files.FileRequest.Road;
import carillon.server.tftp.TftpContent;
import carillon.server.tftp.TftpFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;

/** The files as TFTP asks for them. */
public final class TftpDoor implements TftpFiles {
    private final FileService files;

    public TftpDoor(FileService files) {
        this.files = files;
    }

    @Override
    public Optional<TftpContent> open(String name, InetAddress source) throws IOException {
        Optional<ServedFile> file = FilePath.ofTftp(name)
                .flatMap(path -> files.open(
                        new FileRequest(Road.TFTP, path, Optional.empty(), source.getHostAddress(), Optional.empty())));
        if (file.isEmpty()) {
            return Optional.empty();
        }
        if (file.get() instanceof ServedFile.Kept kept) {
            return Optional.of(TftpContent.of(kept.path()));
        }
        return Optional.of(TftpContent.of(((ServedFile.Made) file.get()).octets()));
    }
}
