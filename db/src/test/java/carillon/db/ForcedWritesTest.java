package carillon.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was forced is in the file, and not on its way there, whatever others write meanwhile. */
class ForcedWritesTest {
    private static final int WRITES = 100;
    private static final int BUSY = 12;

    @TempDir
    Path directory;

    private volatile boolean over;

    @Test
    void what_was_written_is_in_the_file_when_the_write_returns() throws Exception {
        List<Thread> others = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        try (Database database = Database.open(DatabaseFixture.h2(directory))) {
            for (int i = 0; i < 2; i++) {
                others.add(new Thread(() -> writeMuch(database)));
            }
            for (int i = 0; i < BUSY; i++) {
                others.add(new Thread(this::spin)); // who saves must wait for a processor
            }
            others.forEach(Thread::start);
            for (int i = 0; i < WRITES; i++) {
                String mark = "mark-" + i + "-" + Ids.next();
                database.write(stores -> {
                    stores.settings().put("mark", mark);
                    return mark;
                });
                if (!isInFile(mark)) {
                    missing.add(mark);
                }
            }
            over = true;
            for (Thread other : others) {
                other.join();
            }
        }
        assertThat(missing).isEmpty();
    }

    /** So much unsaved that H2 begins to save by itself. */
    private void writeMuch(Database database) {
        String name = "much-" + Thread.currentThread().getName();
        for (int round = 0; !over; round++) {
            String text = Integer.toString(round).repeat(200);
            database.writeBehind(stores -> {
                IntStream.range(0, 60).forEach(i -> stores.settings().put(name + i, text));
                return text;
            });
        }
    }

    private void spin() {
        while (!over) {
            Thread.onSpinWait();
        }
    }

    private boolean isInFile(String mark) throws IOException {
        byte[] file = Files.readAllBytes(directory.resolve("carillon.mv.db"));
        return new String(file, StandardCharsets.ISO_8859_1).contains(mark);
    }
}
