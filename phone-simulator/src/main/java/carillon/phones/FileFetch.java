package carillon.phones;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Files that are really fetched and really sent, by HTTP, with what TransferComplete says of the outcome. */
final class FileFetch {
    private static final Fault NONE = new Fault(0, "", List.of());

    private final URI url;
    private final String username;
    private final Secret password;

    private FileFetch(URI url, String username, Secret password) {
        this.url = url;
        this.username = username;
        this.password = password;
    }

    /** Something that is done at an address. */
    private interface Work {
        Fault at(FileFetch file) throws IOException;
    }

    /** Fetches a file; the size is 0 where nobody knows it. */
    static Fault fetch(String url, String username, Secret password, long size) {
        return outcome(url, username, password, file -> {
            HttpWire.Answer answer = file.call("GET", new byte[0]);
            return switch (answer.status()) {
                case 200 -> complete(size, answer.body().length);
                case 401, 403 -> Fault.of(FaultCode.FILE_TRANSFER_SERVER_AUTHENTICATION_FAILURE);
                case 404 -> Fault.of(FaultCode.UNABLE_TO_ACCESS_FILE);
                default -> Fault.of(FaultCode.FILE_TRANSFER_FAILURE, "HTTP " + answer.status());
            };
        });
    }

    /** Sends a file by PUT (A.4.1.5). */
    static Fault send(String url, String username, Secret password, byte[] file) {
        return outcome(url, username, password, wire -> {
            int status = wire.call("PUT", file).status();
            if (status >= 200 && status < 300) {
                return NONE;
            }
            return status == 401 || status == 403
                    ? Fault.of(FaultCode.FILE_TRANSFER_SERVER_AUTHENTICATION_FAILURE)
                    : Fault.of(FaultCode.UPLOAD_FAILURE, "HTTP " + status);
        });
    }

    private static Fault outcome(String text, String username, Secret password, Work work) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException noUrl) {
            return Fault.of(FaultCode.INVALID_ARGUMENTS);
        }
        if (url.getHost() == null || !List.of("http", "https").contains(String.valueOf(url.getScheme()))) {
            return Fault.of(FaultCode.UNSUPPORTED_PROTOCOL_FOR_FILE_TRANSFER);
        }
        try {
            return work.at(new FileFetch(url, username, password));
        } catch (IOException failed) {
            return Fault.of(FaultCode.UNABLE_TO_CONTACT_FILE_SERVER);
        }
    }

    /** Asks without a login first: a PUT without its body, so that it need not be sent twice. */
    private HttpWire.Answer call(String method, byte[] body) throws IOException {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        boolean careful = method.equals("PUT") && !username.isEmpty();
        HttpWire.Answer answer = once(method, target, Map.of(), careful ? new byte[0] : body);
        if (answer.status() == 401) {
            String login = login(answer.header("www-authenticate"), method, target);
            return once(method, target, Map.of("Authorization", login), body);
        }
        return careful ? once(method, target, Map.of(), body) : answer;
    }

    private HttpWire.Answer once(String method, String target, Map<String, String> more, byte[] body)
            throws IOException {
        Map<String, String> headers = new HashMap<>(more);
        if (method.equals("PUT")) {
            headers.put("Content-Type", "application/octet-stream");
        }
        try (HttpWire wire = new HttpWire(url)) {
            return wire.call(method, target, headers, body);
        }
    }

    private static Fault complete(long expected, long length) {
        return expected > 0 && expected != length
                ? Fault.of(FaultCode.FILE_CORRUPTED, length + " octets instead of " + expected)
                : NONE;
    }

    private String login(String challenge, String method, String target) {
        if (challenge.regionMatches(true, 0, "Digest", 0, 6)) {
            return DigestAnswer.to(challenge, username, password.reveal(), method, target, "0a4f113b");
        }
        String pair = username + ":" + password.reveal();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
