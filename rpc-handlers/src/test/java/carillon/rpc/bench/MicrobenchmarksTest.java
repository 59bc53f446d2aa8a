package carillon.rpc.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MicrobenchmarksTest {
    @Test
    void every_benchmark_runs_and_is_compared_with_another_of_the_same_run() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Microbenchmarks.smoke(new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(4).allSatisfy(line -> assertThat(line)
                .containsPattern("us .* us +ratio +[0-9]"));
    }
}
