package carillon.rpc.inbound;

import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.Envelope;
import carillon.db.CommitResult;
import carillon.db.Device;
import carillon.db.Effect;
import carillon.db.NewRpc;
import carillon.db.StoredFile;
import carillon.db.Transfer;
import carillon.rpc.arguments.RpcJson;
import carillon.rpc.enrol.RpcIds;
import carillon.rpc.enrol.TransferTokens;
import carillon.rpc.outbound.TransferAddresses;
import carillon.rpc.session.CwmpSession;
import carillon.rpc.session.Pending;
import carillon.rpc.session.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A phone asks for a file (A.4.2.2): the newest that is offered to its model is sent to it by a Download, in this session
 * if it may be; where none is offered, the phone is answered all the same.
 */
final class RequestDownloadHandler {
    private static final Duration LIFE = Duration.ofDays(1);
    private static final int LONGEST_SHOWN = 64;

    private final RpcJson json;
    private final TransferAddresses addresses;

    RequestDownloadHandler(RpcJson json, TransferAddresses addresses) {
        this.json = json;
        this.addresses = addresses;
    }

    /** Asks the store which file that is. The one argument that the standard knows is the version (A.4.2.2, table 62). */
    Turn asked(CwmpSession session, Envelope envelope, CpeRequest.RequestDownload request, Effect seen) {
        String version = request.arguments().stream()
                .filter(argument -> argument.name().equalsIgnoreCase("Version"))
                .map(CpeRequest.Argument::value)
                .findFirst()
                .orElse("");
        Envelope answer = Envelope.of(envelope.id(), session.style(), new AcsResponse.RequestDownloadResponse());
        CwmpSession next = session.change()
                .pending(new Pending.Offered(answer, request.fileType()))
                .session();
        return new Turn.Ask(next, List.of(seen, new Effect.OfferAsked(request.fileType(), version)));
    }

    /** What the store said. */
    Turn offered(CwmpSession session, Pending.Offered pending, CommitResult result, Instant now) {
        if (result.offered().isEmpty()) {
            String type = pending.fileType();
            CwmpSession noted = session.change()
                    .remark("the phone asked for a file of the type '"
                            + (type.length() > LONGEST_SHOWN ? type.substring(0, LONGEST_SHOWN) : type)
                            + "'; none is offered to its model, or it has a Download in hand")
                    .session();
            return new Turn.Reply(noted, List.of(), Optional.of(pending.answer()));
        }
        StoredFile file = result.offered().get();
        Device device = session.device().orElseThrow();
        String id = RpcIds.of(session.id(), session.turns(), now);
        String arguments = json.download(file, addresses.habits());
        NewRpc rpc = new NewRpc(
                device.key(),
                device.tenant(),
                device.site(),
                AcsMethod.DOWNLOAD,
                arguments,
                now,
                Optional.empty(),
                Optional.of(now.plus(LIFE)),
                "the phone",
                false,
                json.expectedVersion(arguments));
        Transfer transfer = new Transfer(
                TransferTokens.hash(addresses.tokens().token(id)),
                id,
                Transfer.Direction.TO_PHONE,
                file.name(),
                file.type(),
                file.sha256(),
                file.octets(),
                addresses.habits().login());
        return new Turn.Reply(
                session.change().workKnown(true).session(),
                List.of(new Effect.DownloadQueued(id, rpc, transfer)),
                Optional.of(pending.answer()));
    }
}
