package carillon.server.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts services in order and stops them in reverse, each even if another failed. */
public final class Services implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Services.class);

    private final List<Service> services;
    private final Deque<Service> started = new ArrayDeque<>();

    public Services(List<Service> services) {
        this.services = List.copyOf(services);
    }

    /** Starts all; if one cannot, those before it are stopped again and its failure is thrown. */
    public synchronized void start() {
        for (Service service : services) {
            try {
                LOG.debug("starting {}", service.name());
                started.push(service);
                service.start();
            } catch (StartFailedException told) {
                close();
                throw told;
            } catch (Exception failed) {
                close();
                throw new StartFailedException(service.name() + " did not start: " + failed, failed);
            }
        }
    }

    /** Stops what was started, last first. */
    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            Service service = started.pop();
            try {
                LOG.debug("stopping {}", service.name());
                service.stop();
            } catch (Exception failed) {
                LOG.error("{} did not stop as it should", service.name(), failed);
            }
        }
    }
}
