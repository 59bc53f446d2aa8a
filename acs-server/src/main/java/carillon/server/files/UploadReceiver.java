package carillon.server.files;

import carillon.db.Database;
import carillon.db.Ids;
import carillon.db.StoredFile;
import carillon.db.Transfer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file on its way from a phone: taken as it comes, without a thread that waits for it. */
final class UploadReceiver implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(UploadReceiver.class);
    private static final byte[] THANKS = "stored\n".getBytes(StandardCharsets.US_ASCII);

    private final Upload upload;
    private final FileBytes bytes;
    private final Database database;
    private final TransferMetrics metrics;
    private final InstantSource clock;
    private final Runnable ended;
    private FileBytes.@Nullable Incoming incoming;

    /** A request that brings a file. */
    record Upload(Transfer.Open open, Request request, Response response, Callback callback) {}

    UploadReceiver(
            Upload upload,
            FileBytes bytes,
            Database database,
            TransferMetrics metrics,
            InstantSource clock,
            Runnable ended) {
        this.upload = upload;
        this.bytes = bytes;
        this.database = database;
        this.metrics = metrics;
        this.clock = clock;
        this.ended = ended;
    }

    void begin() {
        run();
    }

    /** Takes what is here, until there is no more for now or at all. */
    @Override
    public void run() {
        try {
            FileBytes.Incoming file = incoming;
            if (file == null) {
                file = bytes.receive();
                incoming = file;
            }
            while (true) {
                Content.Chunk chunk = upload.request().read();
                if (chunk == null) {
                    upload.request().demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    broken(chunk.getFailure());
                    return;
                }
                boolean last = chunk.isLast();
                try {
                    file.write(chunk.getByteBuffer());
                } finally {
                    chunk.release();
                }
                if (last) {
                    keep(file);
                    return;
                }
            }
        } catch (FileTooLargeException tooLarge) {
            refused(HttpStatus.PAYLOAD_TOO_LARGE_413, tooLarge);
        } catch (StoreFullException full) {
            refused(HttpStatus.INSUFFICIENT_STORAGE_507, full);
        } catch (IOException | RuntimeException failed) {
            LOG.error("a file of {} could not be kept", upload.open().deviceSerial(), failed);
            refused(HttpStatus.INTERNAL_SERVER_ERROR_500, failed);
        }
    }

    private void keep(FileBytes.Incoming file) throws IOException {
        FileBytes.Received received = file.finish();
        Transfer transfer = upload.open().transfer();
        StoredFile stored = new StoredFile(
                Ids.next(),
                upload.open().tenant(),
                upload.open().site(),
                transfer.name(),
                transfer.type(),
                "",
                List.of(),
                received.octets(),
                received.sha256(),
                StoredFile.Origin.PHONE,
                true,
                false,
                false,
                Optional.of(upload.open().deviceKey()),
                transfer.rpcId(),
                "phone",
                clock.instant());
        database.write(stores -> {
            stores.files().put(stored);
            return stored;
        });
        end();
        metrics.received(true);
        LOG.info("{} left {} octets: {}", upload.open().deviceSerial(), received.octets(), transfer.name());
        upload.response().setStatus(HttpStatus.OK_200);
        upload.response().getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=us-ascii");
        upload.response().getHeaders().put(HttpHeader.CONTENT_LENGTH, THANKS.length);
        upload.response().write(true, ByteBuffer.wrap(THANKS), upload.callback());
    }

    private void refused(int status, Exception why) {
        end();
        metrics.received(false);
        LOG.info("a file of {} was refused with {}: {}", upload.open().deviceSerial(), status, why.getMessage());
        upload.response().getHeaders().put(HttpHeader.CONNECTION, "close");
        Response.writeError(upload.request(), upload.response(), upload.callback(), status);
    }

    private void broken(Throwable failure) {
        end();
        metrics.received(false);
        LOG.info(
                "{} stopped sending {}: {}",
                upload.open().deviceSerial(),
                upload.open().transfer().name(),
                String.valueOf(failure.getMessage()));
        Response.writeError(upload.request(), upload.response(), upload.callback(), HttpStatus.BAD_REQUEST_400);
    }

    private void end() {
        ended.run();
        FileBytes.Incoming file = incoming;
        if (file != null) {
            try {
                file.close();
            } catch (IOException failed) {
                LOG.warn("a temporary file could not be removed: {}", failed.toString());
            }
        }
    }
}
