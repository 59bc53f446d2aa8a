package carillon.server.config;

/** Which doors are open, and where. */
public record ListenersConfig(
        Door cwmpHttp, Door cwmpHttps, Door web, Door webHttps, Door filesHttp, Door filesHttps, Limits limits) {
    /** All addresses of the machine. */
    public static final String ALL_ADDRESSES = "*";

    /**
     * One listener.
     *
     * @param name as in {@code ports.json}
     * @param setting the key of its port
     * @param host an address, or {@code *} for all
     * @param port 0 for any free one, -1 for none
     */
    public record Door(String name, String setting, String host, int port) {
        /** Whether it is open at all. */
        public boolean open() {
            return port >= 0;
        }

        /** The same door at another port. */
        public Door at(int otherPort) {
            return new Door(name, setting, host, otherPort);
        }
    }

    /**
     * What the listeners bear.
     *
     * @param cwmpConnections connections of phones at one time
     * @param webConnections connections of browsers and scripts at one time
     * @param filesConnections connections of phones that fetch or leave files at one time
     */
    public record Limits(int cwmpConnections, int webConnections, int filesConnections, int threads) {}

    public static ListenersConfig from(ConfigReader reader) {
        return new ListenersConfig(
                door(reader, "cwmp.http", "cwmp.http", 7547, ALL_ADDRESSES, "CWMP over HTTP, for phones"),
                door(reader, "cwmp.https", "cwmp.https", 7548, ALL_ADDRESSES, "CWMP over HTTPS, for phones"),
                door(reader, "web", "web", 8080, "127.0.0.1", "the console and the REST API over HTTP"),
                door(reader, "web.https", "web.https", -1, ALL_ADDRESSES, "the console and the REST API over HTTPS"),
                door(reader, "files.http", "files.http", 8069, ALL_ADDRESSES, "files for and from phones over HTTP"),
                door(reader, "files.https", "files.https", 8469, ALL_ADDRESSES, "files for and from phones over HTTPS"),
                new Limits(
                        reader.number(
                                "cwmp.connections.limit",
                                20_000,
                                1,
                                1_000_000,
                                "How many connections of phones may be open at one time."),
                        reader.number(
                                "web.connections.limit",
                                1000,
                                1,
                                100_000,
                                "How many connections of browsers and scripts may be open at one time."),
                        reader.number(
                                "files.connections.limit",
                                2000,
                                1,
                                1_000_000,
                                "How many connections of phones that fetch or leave files may be open at one time."),
                        reader.number(
                                "http.threads",
                                64,
                                8,
                                1000,
                                "Threads that each of the three HTTP servers (phones, people, files) may use.")));
    }

    private static Door door(ConfigReader reader, String name, String prefix, int port, String host, String what) {
        String key = prefix + ".port";
        return new Door(
                name,
                key,
                reader.text(prefix + ".host", host, "Address of " + what + "; * means all addresses."),
                reader.number(key, port, -1, 65_535, "Port of " + what + "; 0 means any free port, -1 turns it off."));
    }
}
