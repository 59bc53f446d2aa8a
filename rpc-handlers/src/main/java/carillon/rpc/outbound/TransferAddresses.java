package carillon.rpc.outbound;

import carillon.cwmp.Secret;
import carillon.cwmp.message.AcsRequest;
import carillon.rpc.arguments.TransferHabits;
import carillon.rpc.enrol.TransferTokens;
import java.util.Optional;

/**
 * The addresses at which phones fetch and leave this server's own files: short, plain paths without a query, each
 * for one RPC.
 */
public final class TransferAddresses {
    /** The URL has room for so many characters (A.3.2.8, CWMP-169). */
    private static final int LONGEST_URL = 256;

    private final TransferTokens tokens;
    private final Doors doors;
    private final TransferHabits habits;

    /** Where the listeners for files are, as phones reach them; asked for when an RPC leaves. */
    public interface Doors {
        /** {@code https://acs.example.com:8469}, or {@code http://…}; empty where that listener is off. */
        Optional<String> base(boolean tls);
    }

    public TransferAddresses(TransferTokens tokens, Doors doors, TransferHabits habits) {
        this.tokens = tokens;
        this.doors = doors;
        this.habits = habits;
    }

    /** With the usual habits. */
    public TransferAddresses(TransferTokens tokens, Doors doors) {
        this(tokens, doors, TransferHabits.USUAL);
    }

    /** Of a server that has no listener for files. */
    public static TransferAddresses none() {
        return new TransferAddresses(new TransferTokens(new byte[32]), tls -> Optional.empty());
    }

    /** What makes the unguessable part of the addresses. */
    public TransferTokens tokens() {
        return tokens;
    }

    /** How files travel where an RPC says nothing else. */
    public TransferHabits habits() {
        return habits;
    }

    /** Whether this request sends or wants a file of this server: then it has no address of its own. */
    static boolean areNeeded(AcsRequest request) {
        return request instanceof AcsRequest.Download download && download.url().isEmpty()
                || request instanceof AcsRequest.ScheduleDownload scheduled
                        && scheduled.url().isEmpty()
                || request instanceof AcsRequest.Upload upload && upload.url().isEmpty();
    }

    /** A request with its address, or why there is none. */
    record Addressed(Optional<AcsRequest> request, boolean tls, String obstacle) {}

    /**
     * HTTPS for who came over TLS, where there is such a listener; else HTTP.
     *
     * @param login whether the phone has to log in there; what it logs in with is told to it beside the address, and is worth
     *     no more
     */
    Addressed addressed(AcsRequest request, String rpcId, boolean cameOverTls, boolean login) {
        Optional<String> secure = cameOverTls ? doors.base(true) : Optional.empty();
        Optional<String> base = secure.or(() -> doors.base(false));
        if (base.isEmpty()) {
            return new Addressed(
                    Optional.empty(),
                    false,
                    "there is no listener for files that this phone could use; set files.http.port or"
                            + " files.https.port");
        }
        String name = name(request);
        String url = base.get() + "/t/" + tokens.token(rpcId).reveal() + "/" + name;
        if (url.length() > LONGEST_URL) {
            return new Addressed(
                    Optional.empty(),
                    false,
                    "its address would have " + url.length() + " characters, and CWMP allows " + LONGEST_URL
                            + "; give the file a shorter name, or set public.host to a shorter one");
        }
        return new Addressed(Optional.of(at(request, url, login ? rpcId : "")), secure.isPresent(), "");
    }

    private static String name(AcsRequest request) {
        if (request instanceof AcsRequest.Download download) {
            return download.targetFileName();
        }
        return request instanceof AcsRequest.ScheduleDownload scheduled ? scheduled.targetFileName() : "file";
    }

    private AcsRequest at(AcsRequest request, String url, String username) {
        Secret password = username.isEmpty() ? new Secret("") : tokens.password(username);
        if (request instanceof AcsRequest.Download download) {
            return new AcsRequest.Download(
                    download.commandKey(),
                    download.fileType(),
                    url,
                    username,
                    password,
                    download.fileSize(),
                    download.targetFileName(),
                    download.delaySeconds(),
                    download.successUrl(),
                    download.failureUrl());
        }
        if (request instanceof AcsRequest.ScheduleDownload scheduled) {
            return new AcsRequest.ScheduleDownload(
                    scheduled.commandKey(),
                    scheduled.fileType(),
                    url,
                    username,
                    password,
                    scheduled.fileSize(),
                    scheduled.targetFileName(),
                    scheduled.windows());
        }
        AcsRequest.Upload upload = (AcsRequest.Upload) request;
        return new AcsRequest.Upload(
                upload.commandKey(), upload.fileType(), url, username, password, upload.delaySeconds());
    }
}
