package carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.server.bench.Benchmark;
import carillon.server.bench.Measurement;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private record Fixed(String name, double value) implements Benchmark {
        @Override
        public String meaning() {
            return "a number against ten.";
        }

        @Override
        public List<Measurement> run(Duration effort) {
            return List.of(new Measurement("after " + effort.toMillis() + " ms", value, "µs", 10, 2));
        }
    }

    private int run(String... arguments) {
        CommandLine line = new CommandLine(new BenchCommand(List.of(new Fixed("good", 15), new Fixed("bad", 25))));
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            err.append(failure.getMessage());
            return 1;
        });
        return line.execute(arguments);
    }

    @Test
    void each_number_stands_beside_its_limit_and_as_a_ratio() {
        assertThat(run("--only", "good", "--effort", "20ms")).isZero();
        assertThat(out.toString())
                .startsWith("good: a number against ten.\n")
                .containsPattern("after 20 ms +15\\.00 µs +baseline +10\\.00 +ratio +1\\.50 +limit +2\\.00 +ok");
    }

    @Test
    void a_number_over_its_limit_ends_with_1() {
        assertThat(run("--effort=1s")).isEqualTo(1);
        assertThat(out.toString()).containsPattern("ratio +2\\.50 +limit +2\\.00 +OVER");
        assertThat(err.toString()).isEqualTo("1 number is over the limit");
    }

    @Test
    void the_list_measures_nothing() {
        assertThat(run("--list")).isZero();
        assertThat(out.toString()).isEqualTo("good: a number against ten.\nbad: a number against ten.\n");
    }

    @Test
    void what_is_not_there_is_told() {
        assertThat(run("--only=fast")).isEqualTo(2);
        assertThat(err.toString()).startsWith("there is no benchmark fast; there are good, bad");
        assertThat(run("--effort=long")).isEqualTo(2);
    }
}
