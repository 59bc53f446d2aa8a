package carillon.server.files;

import carillon.db.Database;
import carillon.db.Scope;
import carillon.db.StoredFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What phones find by name, on every road alike: the first profile of a factory phone, and files that are public. */
public final class FileService {
    private static final Logger LOG = LoggerFactory.getLogger(FileService.class);
    private static final Pattern NAME = Pattern.compile("/(?:files/)?([A-Za-z0-9][A-Za-z0-9._+-]{0,99})");

    private final Database database;
    private final FileBytes bytes;
    private final Bootstrap bootstrap;
    private final FirstContacts contacts;

    public FileService(Database database, FileBytes bytes, Bootstrap bootstrap, FirstContacts contacts) {
        this.database = database;
        this.bytes = bytes;
        this.bootstrap = bootstrap;
        this.contacts = contacts;
    }

    /** What this path is for this client; empty where it is nothing, without a word why. */
    public Optional<ServedFile> open(FileRequest request) {
        Optional<BootstrapPaths.Hints> phone = bootstrap.match(request.path());
        if (phone.isPresent()) {
            contacts.came(request, phone.get());
            return bootstrap.profile().map(profile -> new ServedFile.Made(profile, "application/xml"));
        }
        Matcher name = NAME.matcher(request.path());
        return name.matches() && request.description().isEmpty() ? kept(name.group(1)) : Optional.empty();
    }

    private Optional<ServedFile> kept(String name) {
        Optional<StoredFile> found = database.read(stores -> stores.files().open(Scope.DEFAULT_TENANT, name));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Path path = bytes.path(found.get().sha256());
        if (!Files.isRegularFile(path)) {
            LOG.warn("the bytes of {} are gone from files.dir; bring the file again", name);
            return Optional.empty();
        }
        return Optional.of(new ServedFile.Kept(
                name, path, found.get().octets(), found.get().sha256()));
    }
}
