package carillon.phones;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A Download being carried out: the file is really fetched, and the outcome reported by TransferComplete. */
final class FileFetch {
    private final Phone phone;

    FileFetch(Phone phone) {
        this.phone = phone;
    }

    void fetch(AcsRequest.Download request) {
        Instant start = Instant.now();
        Fault outcome = outcome(request);
        if (outcome.code() == 0 && request.fileType().startsWith("1 ")) {
            String file = request.url().substring(request.url().lastIndexOf('/') + 1);
            phone.upgraded(file.replaceFirst("\\.loads$", ""));
        }
        CwmpTime began = outcome.code() == 0 ? CwmpTime.of(start) : CwmpTime.UNKNOWN;
        CwmpTime ended = outcome.code() == 0 ? CwmpTime.of(Instant.now()) : CwmpTime.UNKNOWN;
        phone.reports(
                new CpeRequest.TransferComplete(request.commandKey(), outcome, began, ended), request.commandKey());
    }

    private static Fault outcome(AcsRequest.Download request) {
        URI url;
        try {
            url = URI.create(request.url());
        } catch (IllegalArgumentException noUrl) {
            return Fault.of(FaultCode.INVALID_ARGUMENTS);
        }
        if (url.getHost() == null || !List.of("http", "https").contains(String.valueOf(url.getScheme()))) {
            return Fault.of(FaultCode.UNSUPPORTED_PROTOCOL_FOR_FILE_TRANSFER);
        }
        try (HttpWire wire = new HttpWire(url)) {
            String target = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
            String full = url.getRawQuery() == null ? target : target + "?" + url.getRawQuery();
            HttpWire.Answer answer = wire.call("GET", full, Map.of(), new byte[0]);
            if (answer.status() == 401) {
                String login = login(answer.header("www-authenticate"), request, full);
                answer = wire.call("GET", full, Map.of("Authorization", login), new byte[0]);
            }
            return switch (answer.status()) {
                case 200 -> complete(request, answer.body().length);
                case 401, 403 -> Fault.of(FaultCode.FILE_TRANSFER_SERVER_AUTHENTICATION_FAILURE);
                case 404 -> Fault.of(FaultCode.UNABLE_TO_ACCESS_FILE);
                default -> Fault.of(FaultCode.FILE_TRANSFER_FAILURE, "HTTP " + answer.status());
            };
        } catch (IOException failed) {
            return Fault.of(FaultCode.UNABLE_TO_CONTACT_FILE_SERVER);
        }
    }

    private static Fault complete(AcsRequest.Download request, long length) {
        return request.fileSize() > 0 && request.fileSize() != length
                ? Fault.of(FaultCode.FILE_CORRUPTED, length + " octets instead of " + request.fileSize())
                : new Fault(0, "", List.of());
    }

    private static String login(String challenge, AcsRequest.Download request, String target) {
        if (challenge.regionMatches(true, 0, "Digest", 0, 6)) {
            return DigestAnswer.to(
                    challenge, request.username(), request.password().reveal(), "GET", target, "0a4f113b");
        }
        String pair = request.username() + ":" + request.password().reveal();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
