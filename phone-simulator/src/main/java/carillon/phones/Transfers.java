package carillon.phones;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The files that a phone was told to fetch or to send and has not reported yet. Used under the phone's lock. */
final class Transfers {
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final int TRIES_OF_ITS_OWN = 3;

    private final Phone phone;
    private final List<Transfer> queue = new ArrayList<>();

    Transfers(Phone phone) {
        this.phone = phone;
    }

    /** One transfer; what it looks like in an answer to GetAllQueuedTransfers. */
    private static final class Transfer {
        private final String commandKey;
        private final boolean download;
        private final String fileType;
        private final long fileSize;
        private final String target;
        private int state = 1;

        Transfer(String commandKey, boolean download, String fileType, long fileSize, String target) {
            this.commandKey = commandKey;
            this.download = download;
            this.fileType = fileType;
            this.fileSize = fileSize;
            this.target = target;
        }
    }

    void clear() {
        queue.clear();
    }

    /** After the delay, but never within the session that asked for it. */
    void download(AcsRequest.Download request) {
        Transfer transfer = queued(new Transfer(
                request.commandKey(), true, request.fileType(), request.fileSize(), request.targetFileName()));
        later(transfer, request.delaySeconds(), () -> {
            Instant start = Instant.now();
            Fault outcome = FileFetch.fetch(
                    request.url(), request.username(), request.password(), request.fileSize(), phone.disk()::fetched);
            applied(outcome, request.fileType());
            ended(transfer, EventCode.M_DOWNLOAD, outcome, start);
        });
    }

    void upload(AcsRequest.Upload request) {
        Transfer transfer = queued(new Transfer(request.commandKey(), false, request.fileType(), 0, ""));
        later(transfer, request.delaySeconds(), () -> {
            Instant start = Instant.now();
            PhoneDisk.Kept file = phone.file(request.fileType());
            Fault outcome = FileFetch.send(request.url(), request.username(), request.password(), file);
            ended(transfer, EventCode.M_UPLOAD, outcome, start);
        });
    }

    void schedule(AcsRequest.ScheduleDownload request) {
        Transfer transfer = queued(new Transfer(
                request.commandKey(), true, request.fileType(), request.fileSize(), request.targetFileName()));
        attempt(transfer, request, 0, 0, Instant.now());
    }

    /** Waits for the window to open; a user who has to confirm confirms at once, and the phone is always idle. */
    private void attempt(
            Transfer transfer, AcsRequest.ScheduleDownload request, int window, int tries, Instant received) {
        if (window == request.windows().size()) {
            ended(
                    transfer,
                    EventCode.M_SCHEDULE_DOWNLOAD,
                    Fault.of(FaultCode.NOT_COMPLETED_INSIDE_THE_TIME_WINDOWS),
                    received);
            return;
        }
        AcsRequest.TimeWindow open = request.windows().get(window);
        long waited = Duration.between(received, Instant.now()).toSeconds();
        long wait = Math.max(tries == 0 ? 0 : BETWEEN_TRIES.toSeconds(), open.startSeconds() - waited);
        if (waited + wait >= open.endSeconds()) {
            attempt(transfer, request, window + 1, 0, received);
            return;
        }
        later(transfer, wait, () -> {
            Instant start = Instant.now();
            Fault outcome = FileFetch.fetch(
                    request.url(), request.username(), request.password(), request.fileSize(), phone.disk()::fetched);
            int most = open.maxRetries() < 0 ? TRIES_OF_ITS_OWN : open.maxRetries();
            if (outcome.code() == 0) {
                applied(outcome, request.fileType());
                ended(transfer, EventCode.M_SCHEDULE_DOWNLOAD, outcome, start);
            } else if (tries < most) {
                transfer.state = 1;
                attempt(transfer, request, window, tries + 1, received);
            } else if (window + 1 < request.windows().size()) {
                transfer.state = 1;
                attempt(transfer, request, window + 1, 0, received);
            } else {
                ended(transfer, EventCode.M_SCHEDULE_DOWNLOAD, outcome, start);
            }
        });
    }

    private Transfer queued(Transfer transfer) {
        queue.add(transfer);
        return transfer;
    }

    private void later(Transfer transfer, long seconds, Runnable work) {
        phone.later(Duration.ofSeconds(seconds), () -> {
            if (queue.contains(transfer)) {
                transfer.state = 2;
                work.run();
            }
        });
    }

    private void applied(Fault outcome, String fileType) {
        if (outcome.code() == 0 && fileType.startsWith("1 ")) {
            phone.disk().fetched().ifPresent(file -> phone.upgraded(file.version()));
        }
    }

    private void ended(Transfer transfer, EventCode event, Fault outcome, Instant start) {
        transfer.state = 3;
        boolean well = outcome.code() == 0;
        CpeRequest.TransferComplete report = new CpeRequest.TransferComplete(
                transfer.commandKey,
                outcome,
                well ? CwmpTime.of(start) : CwmpTime.UNKNOWN,
                well ? CwmpTime.of(Instant.now()) : CwmpTime.UNKNOWN);
        phone.tells(report, Event.of(EventCode.TRANSFER_COMPLETE), Event.of(event, transfer.commandKey));
    }

    /** The server knows of its end. */
    void reported(CpeRequest report) {
        if (report instanceof CpeRequest.TransferComplete complete) {
            queue.removeIf(transfer -> transfer.state == 3 && transfer.commandKey.equals(complete.commandKey()));
        }
    }

    /** Calls off what has not begun; false where nothing of that name can be called off. */
    boolean cancel(String commandKey) {
        return queue.removeIf(transfer -> transfer.state == 1 && transfer.commandKey.equals(commandKey));
    }

    List<CpeResponse.QueuedTransfer> asked() {
        return queue.stream()
                .map(transfer -> new CpeResponse.QueuedTransfer(transfer.commandKey, transfer.state))
                .toList();
    }

    List<CpeResponse.AnyQueuedTransfer> all() {
        return queue.stream()
                .map(transfer -> new CpeResponse.AnyQueuedTransfer(
                        transfer.commandKey,
                        transfer.state,
                        transfer.download,
                        transfer.fileType,
                        transfer.fileSize,
                        transfer.target))
                .toList();
    }
}
