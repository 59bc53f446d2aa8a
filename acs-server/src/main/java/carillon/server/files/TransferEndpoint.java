package carillon.server.files;

import carillon.cwmp.Secret;
import carillon.db.Database;
import carillon.db.Transfer;
import carillon.rpc.enrol.TransferTokens;
import carillon.server.files.UploadReceiver.Upload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.content.ResourceHttpContent;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ResourceService;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where phones fetch and leave files: {@code /t/TOKEN/NAME}, good for one RPC of one phone in one direction. Everything
 * else is not found, without a word why. Addresses are never logged: who has one has the file.
 */
public final class TransferEndpoint extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(TransferEndpoint.class);
    private static final Pattern ADDRESS =
            Pattern.compile("/t/([0-9A-HJKMNP-TV-Z]{" + TransferTokens.LENGTH + "})(?:/([A-Za-z0-9._+-]{0,100}))?");
    private static final int BUFFER = 32 * 1024;
    private static final String RETRY_SECONDS = "30";

    /** A phone that lost its connection may begin again before the first one is given up. */
    private static final int UPLOADS_OF_ONE = 2;

    private final Database database;
    private final FileBytes bytes;
    private final TransferMetrics metrics;
    private final FileLogins logins;
    private final InstantSource clock;
    private final Semaphore uploads;
    private final Map<String, Integer> uploading = new ConcurrentHashMap<>();
    private final ResourceService resources = new ResourceService();
    private final ByteBufferPool.Sized buffers =
            new ByteBufferPool.Sized(new ByteBufferPool.NonPooling(), false, BUFFER);
    private final LostVisits lost = new LostVisits();

    /** With the number of files that phones may be sending at one time. */
    public TransferEndpoint(
            Database database,
            FileBytes bytes,
            TransferMetrics metrics,
            FileLogins logins,
            int uploads,
            InstantSource clock) {
        this.database = database;
        this.bytes = bytes;
        this.metrics = metrics;
        this.logins = logins;
        this.clock = clock;
        this.uploads = new Semaphore(uploads);
        resources.setAcceptRanges(true);
        resources.setEtags(false);
        resources.setDirAllowed(false);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Matcher address = ADDRESS.matcher(Request.getPathInContext(request));
        Optional<Transfer.Open> open = address.matches() ? open(address.group(1)) : Optional.empty();
        if (open.isEmpty()) {
            notFound(request, response, callback);
            return true;
        }
        String method = request.getMethod();
        switch (open.get().transfer().direction()) {
            case TO_PHONE -> {
                if (!open.get().transfer().name().equals(address.group(2))) {
                    notFound(request, response, callback);
                } else if (method.equals("GET") || method.equals("HEAD")) {
                    if (isLoggedIn(open.get(), request, response, callback)) {
                        send(open.get(), request, response, callback);
                    }
                } else {
                    refuse(request, response, callback, "GET, HEAD");
                }
            }
            case FROM_PHONE -> {
                if (method.equals("PUT") || method.equals("POST")) {
                    if (isLoggedIn(open.get(), request, response, callback)) {
                        receive(open.get(), request, response, callback);
                    }
                } else {
                    refuse(request, response, callback, "PUT, POST");
                }
            }
        }
        return true;
    }

    private Optional<Transfer.Open> open(String token) {
        String hash = TransferTokens.hash(new Secret(token));
        return database.read(stores -> stores.transfers().open(hash, clock.instant()));
    }

    /** Whether it need not log in, or did; else it is told how. */
    private boolean isLoggedIn(Transfer.Open open, Request request, Response response, Callback callback) {
        Optional<String> challenge = open.transfer().login()
                ? logins.challenge(open.transfer(), request, clock.instant())
                : Optional.empty();
        challenge.ifPresent(header -> {
            metrics.challenged();
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, header);
            Response.writeError(request, response, callback, HttpStatus.UNAUTHORIZED_401);
        });
        return challenge.isEmpty();
    }

    private void notFound(Request request, Response response, Callback callback) {
        metrics.lost();
        if (lost.isWorthALine(clock.instant())) {
            LOG.info(
                    "no file at the address that {} asked for: it is wrong, or its time is over; not told again within"
                            + " this minute",
                    Request.getRemoteAddr(request));
        }
        Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
    }

    private static void refuse(Request request, Response response, Callback callback, String allowed) {
        response.getHeaders().put(HttpHeader.ALLOW, allowed);
        Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
    }

    private void send(Transfer.Open open, Request request, Response response, Callback callback) {
        Path file = bytes.path(open.transfer().sha256());
        if (!Files.isRegularFile(file)) {
            LOG.warn(
                    "the bytes of {} for {} are gone from files.dir; bring the file again",
                    open.transfer().name(),
                    open.deviceSerial());
            notFound(request, response, callback);
            return;
        }
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders()
                .put(
                        "Content-Disposition",
                        "attachment; filename=\"" + open.transfer().name() + "\"");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        boolean whole = request.getMethod().equals("GET");
        Callback told = Callback.from(
                () -> {
                    if (whole && HttpStatus.isSuccess(response.getStatus())) {
                        metrics.sent(true);
                        LOG.info(
                                "{} fetched {} of {}: {}",
                                open.deviceSerial(),
                                Response.getContentBytesWritten(response),
                                open.transfer().octets(),
                                open.transfer().name());
                    }
                    callback.succeeded();
                },
                failure -> {
                    metrics.sent(false);
                    LOG.info(
                            "{} stopped fetching {} after {} octets",
                            open.deviceSerial(),
                            open.transfer().name(),
                            Response.getContentBytesWritten(response));
                    callback.failed(failure);
                });
        resources.doGet(
                request,
                response,
                told,
                new ResourceHttpContent(ResourceFactory.root().newResource(file), "application/octet-stream", buffers));
    }

    private void receive(Transfer.Open open, Request request, Response response, Callback callback) {
        if (request.getLength() > bytes.limit()) {
            metrics.received(false);
            Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
            return;
        }
        String token = open.transfer().tokenHash();
        if (uploading.merge(token, 1, Integer::sum) > UPLOADS_OF_ONE || !uploads.tryAcquire()) {
            uploading.computeIfPresent(token, (any, count) -> count > 1 ? count - 1 : null);
            response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
            Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
            return;
        }
        new UploadReceiver(new Upload(open, request, response, callback), bytes, database, metrics, clock, () -> {
                    uploads.release();
                    uploading.computeIfPresent(token, (any, count) -> count > 1 ? count - 1 : null);
                })
                .begin();
    }
}
