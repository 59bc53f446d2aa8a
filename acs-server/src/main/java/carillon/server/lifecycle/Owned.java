package carillon.server.lifecycle;

/** Something that ran from the moment it was made, and ends with the server. */
public record Owned(String name, AutoCloseable thing) implements Service {
    @Override
    public void start() {
        // it runs already
    }

    @Override
    public void stop() throws Exception {
        thing.close();
    }
}
