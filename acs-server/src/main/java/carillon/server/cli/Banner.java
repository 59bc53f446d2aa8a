package carillon.server.cli;

import carillon.server.CarillonServer;
import carillon.server.config.ListenersConfig;
import carillon.server.config.ListenersConfig.Door;
import java.io.PrintWriter;
import java.util.Locale;

/** What a started server says of itself. */
final class Banner {
    private Banner() {}

    static void print(CarillonServer server, PrintWriter out) {
        for (Door door : server.doors()) {
            line(out, title(door), url(door, server.publicHost()));
        }
        line(
                out,
                "certificate authority",
                server.dataDirectory().resolve("tls/ca.pem").toString());
        out.flush();
    }

    /** How to log in for the first time. */
    static void login(PrintWriter out, String text) {
        line(out, "first login", text);
        out.flush();
    }

    private static String title(Door door) {
        return switch (door.name()) {
            case "cwmp.http" -> "phones (CWMP over HTTP)";
            case "cwmp.https" -> "phones (CWMP over HTTPS)";
            case "files.http" -> "phones (files over HTTP)";
            case "files.https" -> "phones (files over HTTPS)";
            case "files.tftp" -> "phones (files over TFTP)";
            case "web" -> "console and REST API";
            case "stun" -> "STUN (UDP)";
            case "web.https" -> "the same over HTTPS";
            default -> door.name();
        };
    }

    /** Where somebody reaches this door. */
    static String url(Door door, String publicHost) {
        String host = door.host().equals(ListenersConfig.ALL_ADDRESSES) ? publicHost : door.host();
        if (door.name().equals("stun")) {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + door.port();
        }
        String scheme = door.name().endsWith("tftp") ? "tftp" : door.name().endsWith("https") ? "https" : "http";
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + door.port() + "/";
    }

    private static void line(PrintWriter out, String title, String value) {
        out.println(String.format(Locale.ROOT, "%-26s %s", title, value));
    }
}
