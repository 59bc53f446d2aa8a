package carillon.phones;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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

    /** Fetches a file, whose bytes go nowhere; the size is 0 where nobody knows it. */
    static Fault fetch(String url, String username, Secret password, long size, Consumer<PhoneDisk.Fetched> fetched) {
        return outcome(url, username, password, file -> {
            CountedHash sink = new CountedHash();
            HttpWire.Answer answer = file.get(sink);
            return switch (answer.status()) {
                case 200 -> {
                    fetched.accept(new PhoneDisk.Fetched(url, sink.octets(), sink.sha256(), sink.start()));
                    yield complete(size, sink.octets());
                }
                case 401, 403 -> Fault.of(FaultCode.FILE_TRANSFER_SERVER_AUTHENTICATION_FAILURE);
                case 404 -> Fault.of(FaultCode.UNABLE_TO_ACCESS_FILE);
                default -> Fault.of(FaultCode.FILE_TRANSFER_FAILURE, "HTTP " + answer.status());
            };
        });
    }

    /** Sends a file by PUT (A.4.1.5). */
    static Fault send(String url, String username, Secret password, PhoneDisk.Kept file) {
        return outcome(url, username, password, wire -> {
            int status = wire.put(file).status();
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

    private HttpWire.Answer get(OutputStream sink) throws IOException {
        HttpWire.Answer answer = fetched(Map.of(), sink);
        return answer.status() == 401
                ? fetched(Map.of("Authorization", login(answer.header("www-authenticate"), "GET", target())), sink)
                : answer;
    }

    private HttpWire.Answer fetched(Map<String, String> headers, OutputStream sink) throws IOException {
        try (HttpWire wire = new HttpWire(url)) {
            return wire.fetch(target(), headers, sink);
        }
    }

    /** Asks without a login first, and then without the file, so that it need not be sent twice. */
    private HttpWire.Answer put(PhoneDisk.Kept file) throws IOException {
        if (username.isEmpty()) {
            return sent(Map.of(), file);
        }
        HttpWire.Answer answer = sent(Map.of(), PhoneDisk.Kept.of(new byte[0]));
        return answer.status() == 401
                ? sent(Map.of("Authorization", login(answer.header("www-authenticate"), "PUT", target())), file)
                : sent(Map.of(), file);
    }

    private HttpWire.Answer sent(Map<String, String> more, PhoneDisk.Kept file) throws IOException {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("Content-Type", "application/octet-stream");
        try (HttpWire wire = new HttpWire(url);
                InputStream content = file.content().open()) {
            return wire.send("PUT", target(), headers, file.octets(), content);
        }
    }

    private String target() {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    /** Counts and hashes what is written to it. */
    private static final class CountedHash extends OutputStream {
        private static final int START = 100;

        private final MessageDigest digest;
        private final StringBuilder start = new StringBuilder();
        private long octets;

        CountedHash() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException missing) {
                throw new IllegalStateException("every Java runtime has SHA-256", missing);
            }
        }

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] some, int from, int length) {
            digest.update(some, from, length);
            int more = Math.min(length, START - start.length());
            if (more > 0) {
                start.append(new String(some, from, more, StandardCharsets.US_ASCII));
            }
            octets += length;
        }

        long octets() {
            return octets;
        }

        String start() {
            return start.toString();
        }

        String sha256() {
            return HexFormat.of().formatHex(digest.digest());
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
