package carillon.server.lifecycle;

import carillon.server.config.InstallationConfig;
import carillon.server.config.InstallationConfig.LogFormat;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Log lines as the settings want them. Before this was called they are text at INFO. */
public final class Logging {
    private Logging() {}

    /** For a command whose output is for people and scripts: only what went wrong is logged. */
    public static void onlyWarnings() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
            context.getLogger("carillon").setLevel(Level.WARN);
        }
    }

    /** Switches format and level of the whole process. */
    public static void configure(InstallationConfig config) {
        // libraries that write to the JDK's log come out in our format
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        if (config.logFormat() == LogFormat.JSON) {
            URL json = Objects.requireNonNull(Logging.class.getResource("/logback-json.xml"), "logback-json.xml");
            context.reset();
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            try {
                configurator.doConfigure(json);
            } catch (JoranException broken) {
                throw new IllegalStateException("logback-json.xml is broken", broken);
            }
        }
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        context.getLogger("carillon").setLevel(Level.toLevel(config.logLevel().name()));
    }
}
