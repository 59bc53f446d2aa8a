package carillon.server.lifecycle;

import carillon.db.Database;

/** The database as the first thing that runs and the last that ends; it is opened before, since all others need it. */
public final class DatabaseService implements Service {
    private final Database database;

    public DatabaseService(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public void start() {
        database.check();
    }

    @Override
    public void stop() {
        database.close();
    }
}
