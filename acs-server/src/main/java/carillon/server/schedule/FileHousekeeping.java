package carillon.server.schedule;

import carillon.db.Database;
import carillon.server.files.FileBytes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what phones sent long ago, and bytes that nobody needs any more. */
public final class FileHousekeeping implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FileHousekeeping.class);
    private static final int STEP = 500;

    private final Database database;
    private final FileBytes bytes;
    private final Duration keepUploads;
    private final Duration keepContacts;
    private final InstantSource clock;

    public FileHousekeeping(
            Database database, FileBytes bytes, Duration keepUploads, Duration keepContacts, InstantSource clock) {
        this.database = database;
        this.bytes = bytes;
        this.keepUploads = keepUploads;
        this.keepContacts = keepContacts;
        this.clock = clock;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        int old = 0;
        int removed;
        do {
            removed = database.write(stores -> stores.files().prune(now.minus(keepUploads), STEP));
            old += removed;
        } while (removed >= STEP);
        while (database.<Integer>write(stores -> stores.contacts().prune(now.minus(keepContacts), STEP)) >= STEP) {
            LOG.debug("{} first contacts were older than retention.first-contacts", STEP);
        }
        int bare = bytes.sweep(sha256 -> database.read(stores -> stores.files().isNeeded(sha256, now)));
        if (old + bare > 0) {
            LOG.info("{} uploads were older than retention.uploads; the bytes of {} files are gone", old, bare);
        }
    }
}
