package carillon.server.bench;

import java.time.Duration;
import java.util.List;

/** Something that {@code carillon bench} measures. */
public interface Benchmark {
    /** One word, for {@code --only}. */
    String name();

    /** What is measured against what, in one sentence. */
    String meaning();

    /**
     * Measures, baseline and own in the same run.
     *
     * @param effort about how long each measurement may take; a smoke run gives little
     */
    List<Measurement> run(Duration effort) throws Exception;
}
