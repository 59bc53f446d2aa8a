package carillon.server.files;

import carillon.server.files.FileRequest.Road;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.content.ResourceHttpContent;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ResourceService;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.ResourceFactory;

/**
 * Files by name over HTTP and HTTPS; what it does not have is left to the next. The length is always said, and a phone is
 * never told 304: it takes that for a failure.
 */
public final class FileEndpoint extends Handler.Abstract {
    private static final int BUFFER = 32 * 1024;
    private static final int LONGEST_DESCRIPTION = 8 * 1024;

    private final FileService files;
    private final TransferMetrics metrics;
    private final ResourceService forPhones = resources(false);
    private final ResourceService forOthers = resources(true);
    private final ByteBufferPool.Sized buffers =
            new ByteBufferPool.Sized(new ByteBufferPool.NonPooling(), false, BUFFER);

    public FileEndpoint(FileService files, TransferMetrics metrics) {
        this.files = files;
        this.metrics = metrics;
    }

    private static ResourceService resources(boolean etags) {
        ResourceService resources = new ResourceService();
        resources.setAcceptRanges(true);
        resources.setEtags(etags);
        resources.setDirAllowed(false);
        return resources;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        if (path == null || path.startsWith("/t/")) {
            return false;
        }
        Optional<String> plain = FilePath.ofUrl(path);
        if (plain.isEmpty()) {
            return false;
        }
        boolean post = HttpMethod.POST.is(request.getMethod());
        if (!post && !HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            return false;
        }
        if (post) {
            describe(request, response, callback, plain.get());
            return true;
        }
        Optional<ServedFile> file = files.open(asked(request, plain.get(), Optional.empty()));
        file.ifPresent(found -> send(found, request, response, callback));
        return file.isPresent();
    }

    private static FileRequest asked(Request request, String path, Optional<String> description) {
        String agent = request.getHeaders().get(HttpHeader.USER_AGENT);
        return new FileRequest(
                request.isSecure() ? Road.HTTPS : Road.HTTP,
                path,
                Optional.ofNullable(agent).flatMap(PhoneAgent::parse),
                Request.getRemoteAddr(request),
                description);
    }

    private void describe(Request request, Response response, Callback callback, String path) {
        if (request.getLength() > LONGEST_DESCRIPTION) {
            tooLarge(request, response, callback);
            return;
        }
        new ShortBody(request, LONGEST_DESCRIPTION)
                .read(
                        body -> {
                            Optional<ServedFile> file = files.open(asked(request, path, Optional.of(body)));
                            file.ifPresentOrElse(
                                    found -> send(found, request, response, callback),
                                    () -> Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404));
                        },
                        () -> tooLarge(request, response, callback),
                        callback::failed);
    }

    private static void tooLarge(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
    }

    private void send(ServedFile file, Request request, Response response, Callback callback) {
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        if (file instanceof ServedFile.Kept kept) {
            send(kept, request, response, callback);
            return;
        }
        ServedFile.Made made = (ServedFile.Made) file;
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, made.mediaType());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, made.octets().length);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        boolean head = HttpMethod.HEAD.is(request.getMethod());
        response.write(true, head ? ByteBuffer.allocate(0) : ByteBuffer.wrap(made.octets()), callback);
    }

    private void send(ServedFile.Kept file, Request request, Response response, Callback callback) {
        Optional<PhoneAgent> phone = Optional.ofNullable(request.getHeaders().get(HttpHeader.USER_AGENT))
                .flatMap(PhoneAgent::parse);
        response.getHeaders().put("Content-Disposition", "attachment; filename=\"" + file.name() + "\"");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
        Callback counted = Callback.from(
                () -> {
                    metrics.sent(true);
                    callback.succeeded();
                },
                failure -> {
                    metrics.sent(false);
                    callback.failed(failure);
                });
        ResourceHttpContent content = new Hashed(file, buffers);
        if (phone.isPresent()) {
            forPhones.doGet(new Unconditional(request), response, counted, content);
        } else {
            forOthers.doGet(request, response, counted, content);
        }
    }

    /** A file whose tag is its hash, so that it stays the same wherever and whenever it is served. */
    private static final class Hashed extends ResourceHttpContent {
        private final String tag;

        Hashed(ServedFile.Kept file, ByteBufferPool.Sized buffers) {
            super(ResourceFactory.root().newResource(file.path()), "application/octet-stream", buffers);
            this.tag = '"' + file.sha256().substring(0, 32) + '"';
        }

        @Override
        public HttpField getETag() {
            return new HttpField(HttpHeader.ETAG, tag);
        }

        @Override
        public String getETagValue() {
            return tag;
        }
    }

    /** A request without conditions, whatever the client sent. */
    private static final class Unconditional extends Request.Wrapper {
        private final HttpFields headers;

        Unconditional(Request request) {
            super(request);
            this.headers = HttpFields.build(request.getHeaders())
                    .remove(HttpHeader.IF_NONE_MATCH)
                    .remove(HttpHeader.IF_MODIFIED_SINCE)
                    .remove(HttpHeader.IF_MATCH)
                    .remove(HttpHeader.IF_UNMODIFIED_SINCE)
                    .asImmutable();
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
