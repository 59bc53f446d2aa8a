package carillon.server.operator;

import carillon.db.Device;
import carillon.db.FileQuery;
import carillon.db.Ids;
import carillon.db.Page;
import carillon.db.Scope;
import carillon.db.StoredFile;
import carillon.db.Stores;
import carillon.rpc.arguments.FileTypes;
import carillon.server.access.Permission;
import carillon.server.files.FileBytes;
import carillon.server.files.FileTooLargeException;
import carillon.server.files.StoreFullException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/** What people do with files: bring, describe, fetch, delete. */
public final class FileActions {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,99}");
    private static final int LONGEST_VERSION = 128;
    private static final int LONGEST_MODEL = 64;
    private static final int MOST_MODELS = 60;
    private static final int BUFFER = 64 * 1024;

    private final Guard guard;
    private final FileBytes bytes;
    private final InstantSource clock;

    public FileActions(Guard guard, FileBytes bytes, InstantSource clock) {
        this.guard = guard;
        this.bytes = bytes;
        this.clock = clock;
    }

    /** Where bytes may lie for as long as they are being read; emptied at each start. */
    public Path desk() {
        return bytes.desk();
    }

    /** How many octets one file may have. */
    public long longest() {
        return bytes.limit();
    }

    /**
     * What somebody says of a file; what is left out stays as it was, or is as usual.
     *
     * @param type as CWMP names file types
     * @param models product classes it is for; none means all
     * @param secrets whether it may hold secrets
     * @param offered whether a phone that asks for a file of this type gets it
     * @param open whether everybody may fetch it by its name
     */
    public record Description(
            Optional<String> type,
            Optional<String> version,
            Optional<List<String>> models,
            Optional<Boolean> secrets,
            Optional<Boolean> offered,
            Optional<Boolean> open) {}

    /** Which files somebody wants to see. */
    public record Filter(
            String text,
            String type,
            Optional<StoredFile.Origin> origin,
            Optional<Device> device,
            int limit,
            String cursor) {}

    /** A file that was brought, and whether it took another one's place. */
    public record Brought(StoredFile file, boolean replaced) {}

    /** A file and where its bytes lie. */
    public record Content(StoredFile file, Path path) {}

    /** Takes a file in; one of the same name is replaced. */
    public Brought bring(Actor actor, String name, Description said, InputStream body) throws IOException {
        guard.check(actor, Permission.CHANGE_FILES);
        if (!NAME.matcher(name).matches()) {
            throw ActionRefused.invalid("the name " + Devices.shown(name) + " is not allowed: 1 to 100 letters, digits,"
                    + " dots, hyphens, underscores and plus signs, the first of them a letter or a digit");
        }
        String type = said.type()
                .filter(given -> !given.isEmpty())
                .orElseThrow(() -> ActionRefused.invalid("the type is missing; " + allowedTypes()));
        check(said);
        guard.read(actor, Permission.READ, stores -> replaceable(stores, actor, name));
        try (FileBytes.Incoming incoming = bytes.receive()) {
            FileBytes.Received received = read(incoming, body);
            return guard.change(actor, Permission.CHANGE_FILES, ledger -> {
                Optional<StoredFile> before = replaceable(ledger.stores(), actor, name);
                StoredFile file = new StoredFile(
                        Ids.next(),
                        actor.scope().tenant(),
                        actor.scope().site(),
                        name,
                        type,
                        said.version().orElse(""),
                        said.models().orElse(List.of()),
                        received.octets(),
                        received.sha256(),
                        StoredFile.Origin.OPERATOR,
                        said.secrets().orElse(FileTypes.mayHoldSecrets(type)),
                        said.offered().orElse(false),
                        said.open().orElse(false),
                        Optional.empty(),
                        "",
                        actor.name(),
                        ledger.now());
                checkOpen(file);
                ledger.stores().files().put(file);
                ledger.note(
                        "file.bring",
                        scope(file),
                        name,
                        before.map(FileActions::told).orElse(Map.of()),
                        told(file));
                return new Brought(file, before.isPresent());
            });
        }
    }

    private static FileBytes.Received read(FileBytes.Incoming incoming, InputStream body) throws IOException {
        try {
            byte[] buffer = new byte[BUFFER];
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                incoming.write(ByteBuffer.wrap(buffer, 0, n));
            }
            return incoming.finish();
        } catch (FileTooLargeException tooLarge) {
            throw ActionRefused.tooLarge(String.valueOf(tooLarge.getMessage()));
        } catch (StoreFullException full) {
            throw ActionRefused.noRoom(String.valueOf(full.getMessage()));
        }
    }

    /** The file of this name, which the actor may replace. */
    private static Optional<StoredFile> replaceable(Stores stores, Actor actor, String name) {
        Optional<StoredFile> before = stores.files().find(actor.scope(), name);
        boolean taken = before.isEmpty() && stores.files().isTaken(actor.scope().tenant(), name);
        if (taken
                || before.isPresent()
                        && !before.get().site().equals(actor.scope().site())) {
            throw ActionRefused.conflict(
                    "the name " + Devices.shown(name) + " belongs to a file of somebody else; take another one");
        }
        if (before.isPresent() && before.get().origin() == StoredFile.Origin.PHONE) {
            throw ActionRefused.conflict(
                    "the name " + Devices.shown(name) + " belongs to a file that a phone sent; take another one");
        }
        return before;
    }

    /** One page of the files in the actor's scope, newest first. */
    public Page<StoredFile> list(Actor actor, Filter filter) {
        return guard.read(actor, Permission.READ, stores -> stores.files()
                .list(new FileQuery(
                        actor.scope(),
                        filter.text(),
                        filter.type(),
                        filter.origin(),
                        filter.device().map(Device::key),
                        filter.limit(),
                        filter.cursor())));
    }

    /** One file. */
    public StoredFile find(Actor actor, String name) {
        return guard.read(actor, Permission.READ, stores -> named(stores, actor.scope(), name));
    }

    /** The device that a file came from, as the API names it; empty where it came from no phone. */
    public Optional<String> device(Actor actor, StoredFile file) {
        return file.deviceKey()
                .flatMap(key -> guard.read(actor, Permission.READ, stores -> stores.devices()
                        .find(key)
                        .map(device -> device.id().encoded())));
    }

    /** The bytes; who reads what may hold secrets is written down. */
    public Content content(Actor actor, String name) {
        StoredFile file = guard.read(actor, Permission.READ_FILE_CONTENT, stores -> named(stores, actor.scope(), name));
        if (file.secrets()) {
            guard.change(actor, Permission.READ_FILE_CONTENT, ledger -> {
                ledger.note("file.read", scope(file), name, Map.of(), Map.of("sha256", file.sha256()));
                return name;
            });
        }
        Path path = bytes.path(file.sha256());
        if (!Files.isRegularFile(path)) {
            throw ActionRefused.notFound(
                    "the bytes of " + Devices.shown(name) + " are gone from files.dir; bring the file again");
        }
        return new Content(file, path);
    }

    /** Says something else of a file. */
    public StoredFile describe(Actor actor, String name, Description said) {
        check(said);
        return guard.changeOnce(
                        actor,
                        Permission.CHANGE_FILES,
                        ledger -> describe(ledger, actor, name, said),
                        StoredFile::name,
                        (stores, found) -> stores.files().find(actor.scope(), found))
                .result();
    }

    private static StoredFile describe(Ledger ledger, Actor actor, String name, Description said) {
        StoredFile before = own(ledger.stores(), actor, name);
        StoredFile after = before.described(
                        said.type().orElse(before.type()),
                        said.version().orElse(before.version()),
                        said.models().orElse(before.models()))
                .given(
                        said.secrets().orElse(before.secrets()),
                        said.offered().orElse(before.offered()),
                        said.open().orElse(before.open()));
        checkOpen(after);
        ledger.stores().files().put(after);
        ledger.note("file.describe", scope(after), name, told(before), told(after));
        return after;
    }

    /** Removes a file. What was queued with it is still sent. */
    public void delete(Actor actor, String name) {
        AtomicReference<String> gone = new AtomicReference<>();
        guard.removeOnce(actor, Permission.CHANGE_FILES, ledger -> {
            StoredFile file = own(ledger.stores(), actor, name);
            ledger.stores().files().delete(file.id());
            ledger.note("file.delete", scope(file), name, told(file), Map.of());
            gone.set(file.sha256());
        });
        if (gone.get() != null) {
            bytes.removeUnless(
                    gone.get(),
                    sha256 -> guard.read(
                            actor, Permission.READ, stores -> stores.files().isNeeded(sha256, clock.instant())));
        }
    }

    private static StoredFile own(Stores stores, Actor actor, String name) {
        StoredFile file = named(stores, actor.scope(), name);
        if (!actor.scope().site().isEmpty() && !file.site().equals(actor.scope().site())) {
            throw ActionRefused.notPermitted("the file " + Devices.shown(name)
                    + " is for all sites; only who is responsible for all may change it");
        }
        return file;
    }

    /** The file of this name in a scope; throws {@link ActionRefused}. */
    static StoredFile named(Stores stores, Scope scope, String name) {
        return stores.files()
                .find(scope, name)
                .orElseThrow(() ->
                        ActionRefused.notFound("there is no file " + Devices.shown(name) + "; see GET /api/v1/files"));
    }

    /** A configuration belongs to one phone, and what a phone sent to that phone: neither is for everybody. */
    private static void checkOpen(StoredFile file) {
        if (!file.open()) {
            return;
        }
        if (FileTypes.mayHoldSecrets(file.type())) {
            throw ActionRefused.invalid("a file of the type " + file.type() + " may hold secrets and cannot be public");
        }
        if (file.secrets()) {
            throw ActionRefused.invalid("the file " + Devices.shown(file.name())
                    + " may hold secrets and cannot be public; say secrets=false if it holds none");
        }
        if (file.origin() == StoredFile.Origin.PHONE) {
            throw ActionRefused.invalid(
                    "the file " + Devices.shown(file.name()) + " came from a phone and cannot be public");
        }
    }

    private static void check(Description said) {
        said.type().filter(type -> !FileTypes.isKnown(type)).ifPresent(type -> {
            throw ActionRefused.invalid("the type is " + Devices.shown(type) + "; " + allowedTypes());
        });
        said.version()
                .filter(version ->
                        version.length() > LONGEST_VERSION || version.chars().anyMatch(Character::isISOControl))
                .ifPresent(version -> {
                    throw ActionRefused.invalid(
                            "the version must have at most " + LONGEST_VERSION + " printable characters");
                });
        List<String> models = said.models().orElse(List.of());
        if (models.size() > MOST_MODELS
                || models.stream()
                        .anyMatch(model -> model.isBlank()
                                || model.length() > LONGEST_MODEL
                                || model.chars().anyMatch(Character::isISOControl))) {
            throw ActionRefused.invalid("models must be at most " + MOST_MODELS + " product classes of 1 to "
                    + LONGEST_MODEL + " printable characters");
        }
    }

    private static String allowedTypes() {
        return "allowed: " + String.join(", ", FileTypes.STANDARD)
                + ", or a vendor's own, such as 'X 00562B Custom CA Certificate'";
    }

    private static Scope scope(StoredFile file) {
        return new Scope(file.tenant(), file.site(), "");
    }

    private static Map<String, ?> told(StoredFile file) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("type", file.type());
        told.put("version", file.version());
        told.put("models", file.models());
        told.put("secrets", file.secrets());
        told.put("offered", file.offered());
        told.put("public", file.open());
        told.put("size", file.octets());
        told.put("sha256", file.sha256());
        return told;
    }
}
