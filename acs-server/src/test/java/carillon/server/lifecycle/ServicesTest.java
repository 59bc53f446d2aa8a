package carillon.server.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServicesTest {
    private final List<String> log = new ArrayList<>();

    private final class Logged implements Service {
        private final String name;
        private final String fails;

        Logged(String name, String fails) {
            this.name = name;
            this.fails = fails;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start() {
            act("start");
        }

        @Override
        public void stop() {
            act("stop");
        }

        private void act(String what) {
            log.add(what + " " + name);
            if (fails.equals(what)) {
                throw new IllegalStateException("cannot " + what);
            }
        }
    }

    @Test
    void services_start_in_order_and_stop_in_reverse() {
        try (Services services = new Services(List.of(new Logged("a", ""), new Logged("b", "")))) {
            services.start();
        }
        assertThat(log).containsExactly("start a", "start b", "stop b", "stop a");
    }

    @Test
    void each_is_stopped_even_if_another_failed() {
        Services services = new Services(List.of(new Logged("a", ""), new Logged("b", "stop")));
        services.start();
        services.close();
        assertThat(log).endsWith("stop b", "stop a");
    }

    @Test
    void what_was_started_is_stopped_when_one_cannot_start() {
        Services services = new Services(List.of(new Logged("a", ""), new Logged("b", "start"), new Logged("c", "")));
        assertThatThrownBy(services::start)
                .isInstanceOf(StartFailedException.class)
                .hasMessage("b did not start: java.lang.IllegalStateException: cannot start");
        assertThat(log).containsExactly("start a", "start b", "stop b", "stop a");
    }
}
