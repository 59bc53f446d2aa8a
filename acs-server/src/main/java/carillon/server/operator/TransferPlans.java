package carillon.server.operator;

import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.db.Device;
import carillon.db.QueuedRpc;
import carillon.db.StoredFile;
import carillon.db.Stores;
import carillon.db.Transfer;
import carillon.rpc.arguments.OwnFile;
import carillon.rpc.arguments.RpcJson;
import carillon.rpc.arguments.TransferHabits;
import carillon.rpc.enrol.TransferTokens;
import java.util.List;
import java.util.Optional;

/** Binds an RPC to the file of this server that it sends, or to what a phone will send with it. */
public final class TransferPlans {
    private final TransferTokens tokens;
    private final RpcJson json;
    private final TransferHabits habits;

    public TransferPlans(TransferTokens tokens, RpcJson json, TransferHabits habits) {
        this.tokens = tokens;
        this.json = json;
        this.habits = habits;
    }

    /** The arguments bound to the file that they name, as it is now; throws {@link ActionRefused}. */
    String bound(Stores stores, Actor actor, Device device, AcsMethod method, String arguments, boolean force) {
        Optional<OwnFile> own = json.ownFile(method, arguments);
        if (own.isEmpty()) {
            return json.request(method, arguments, "") instanceof AcsRequest.Upload upload
                            && upload.url().isEmpty()
                    ? json.completed(arguments, habits)
                    : arguments;
        }
        StoredFile file = FileActions.named(stores, actor.scope(), own.get().name());
        String type = fileType(json.request(method, arguments, ""));
        if (!type.equals(file.type())) {
            throw ActionRefused.conflict("the file " + Devices.shown(file.name()) + " is of the type "
                    + Devices.shown(file.type()) + ", not " + Devices.shown(type));
        }
        if (own.get().sha256().isPresent() && !own.get().sha256().get().equals(file.sha256())) {
            throw ActionRefused.conflict(
                    "the file " + Devices.shown(file.name()) + " has another SHA-256 now: " + file.sha256());
        }
        if (!force
                && !file.models().isEmpty()
                && !file.models().contains(device.id().productClass())) {
            throw ActionRefused.conflict("the file " + Devices.shown(file.name()) + " is for "
                    + String.join(", ", file.models()) + ", and " + device.id() + " is none of them; set \"force\":true"
                    + " to send it anyway");
        }
        return json.bound(arguments, file, habits);
    }

    private static String fileType(AcsRequest request) {
        return request instanceof AcsRequest.ScheduleDownload scheduled
                ? scheduled.fileType()
                : ((AcsRequest.Download) request).fileType();
    }

    /** Prepares the address of an RPC that was just queued, where it needs one. */
    void plan(Stores stores, Device device, QueuedRpc rpc) {
        AcsRequest request = json.request(rpc.method(), rpc.arguments(), rpc.id());
        String hash = TransferTokens.hash(tokens.token(rpc.id()));
        boolean login = json.login(rpc.arguments());
        if (request instanceof AcsRequest.Download download && download.url().isEmpty()) {
            stores.transfers()
                    .insert(toPhone(
                            hash, rpc, download.targetFileName(), download.fileType(), download.fileSize(), login));
        } else if (request instanceof AcsRequest.ScheduleDownload scheduled
                && scheduled.url().isEmpty()) {
            stores.transfers()
                    .insert(toPhone(
                            hash, rpc, scheduled.targetFileName(), scheduled.fileType(), scheduled.fileSize(), login));
        } else if (request instanceof AcsRequest.Upload upload && upload.url().isEmpty()) {
            stores.transfers()
                    .insert(new Transfer(
                            hash,
                            rpc.id(),
                            Transfer.Direction.FROM_PHONE,
                            uploadName(device, upload.fileType(), rpc.id()),
                            upload.fileType(),
                            "",
                            0,
                            login));
        }
    }

    private Transfer toPhone(String hash, QueuedRpc rpc, String name, String type, long octets, boolean login) {
        String sha256 = json.ownFile(rpc.method(), rpc.arguments())
                .flatMap(OwnFile::sha256)
                .orElseThrow();
        return new Transfer(hash, rpc.id(), Transfer.Direction.TO_PHONE, name, type, sha256, octets, login);
    }

    private static String uploadName(Device device, String type, String rpcId) {
        String serial = device.id().serial().replaceAll("[^A-Za-z0-9]", "");
        String what = type.contains("Configuration") ? "config" : type.contains("Log") ? "log" : "file";
        return (serial.isEmpty() ? "phone" : serial.substring(0, Math.min(40, serial.length()))) + "-" + what + "-"
                + rpcId;
    }

    /** An RPC with what came of it, where it is an Upload that something came of. */
    QueuedRpc withReceived(Stores stores, QueuedRpc rpc) {
        if (rpc.method() != AcsMethod.UPLOAD) {
            return rpc;
        }
        List<StoredFile> files = stores.files().ofRpc(rpc.id());
        return files.isEmpty()
                ? rpc
                : rpc.withResult(json.withReceived(rpc.result().orElse("{}"), files));
    }
}
