package carillon.rpc.outbound;

import carillon.cwmp.message.AcsRequest;
import carillon.rpc.session.EnginePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Until when the end of what a phone has taken on is awaited: some phones never report it (CWMP-177, Q-56). */
final class ReportDeadline {
    private final EnginePolicy.Patience patience;

    ReportDeadline(EnginePolicy.Patience patience) {
        this.patience = patience;
    }

    /** Nothing for a restart or a reset, which are awaited for as long as the RPC may live. */
    Optional<Instant> of(AcsRequest request, Instant now) {
        if (request instanceof AcsRequest.Download download) {
            return Optional.of(after(now, download.delaySeconds(), download.fileType()));
        }
        if (request instanceof AcsRequest.Upload upload) {
            return Optional.of(now.plusSeconds(upload.delaySeconds()).plus(patience.file()));
        }
        if (request instanceof AcsRequest.ScheduleDownload download) {
            long end = download.windows().stream()
                    .mapToLong(AcsRequest.TimeWindow::endSeconds)
                    .max()
                    .orElse(0);
            return Optional.of(after(now, end, download.fileType()));
        }
        return request instanceof AcsRequest.ChangeDuState
                ? Optional.of(now.plus(patience.firmware()))
                : Optional.empty();
    }

    private Instant after(Instant now, long seconds, String fileType) {
        Duration wait = fileType.startsWith("1 ") ? patience.firmware() : patience.file();
        return now.plusSeconds(seconds).plus(wait);
    }
}
