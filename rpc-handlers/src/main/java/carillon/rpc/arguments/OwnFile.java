package carillon.rpc.arguments;

import java.util.Optional;

/**
 * The file of this server that a Download or ScheduleDownload sends.
 *
 * @param name in {@code /files}
 * @param sha256 of its bytes as they were when the Download was queued; empty before
 * @param secrets whether it may hold secrets
 */
public record OwnFile(String name, Optional<String> sha256, boolean secrets) {}
