package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What this process logs at INFO and above, from here on. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final String SWEPT = "the phone fell silent";

    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    LogLines() {
        setContext(root.getLoggerContext());
        start();
        root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
            events.add(event);
        }
    }

    /** Forgets what was logged so far. */
    void clear() {
        events.clear();
    }

    List<String> lines() {
        return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** All lines but those that other tests' sessions leave when they are swept. */
    private List<String> about(String... parts) {
        boolean ofSilence = List.of(parts).contains(SWEPT);
        return lines().stream()
                .filter(line -> !line.contains(SWEPT) || ofSilence && line.contains(parts[0]))
                .toList();
    }

    /** Exactly one line, by now or soon, that holds all of these; and no stack trace. Then forgets it. */
    void holdOne(String... parts) {
        await().atMost(Duration.ofSeconds(10))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !about(parts).isEmpty());
        assertThat(about(parts)).singleElement().asString().contains(parts);
        assertThat(events)
                .allSatisfy(event -> assertThat(event.getThrowableProxy()).isNull());
        clear();
    }

    @Override
    public void close() {
        root.detachAppender(this);
    }
}
