package carillon.server.lifecycle;

/** Something that runs while the server does. */
public interface Service {
    /** For log lines. */
    String name();

    /** Returns when it is ready; throws {@link StartFailedException} with a line a person can act on. */
    void start() throws Exception;

    /** Returns within a bound, also if it was never started. */
    void stop() throws Exception;
}
