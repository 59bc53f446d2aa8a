package carillon.server.bench;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.DeviceId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What does not belong on a CWMP port; each is sent over a connection of its own. */
final class BadInput {
    private static final String START = "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n";

    private BadInput() {}

    /** One way to send it. */
    interface Sending {
        /**
         * Sends it once.
         *
         * @param caller a known phone that nobody else plays at the time
         */
        void once(int port, SessionLoad.Caller caller) throws IOException;
    }

    /** One kind of it.
     *
     * @param messages for how many bad inputs one sending counts
     */
    record Kind(String name, int messages, Sending sending) {}

    /** In the order of the report: without a session, then in one. */
    static List<Kind> all() {
        List<Kind> kinds = new ArrayList<>();
        requests().forEach((name, octets) -> kinds.add(new Kind(name, 1, (port, caller) -> one(port, octets))));
        kinds.addAll(BadSessions.all());
        return kinds;
    }

    /** Whole requests outside of sessions, by name. */
    private static Map<String, byte[]> requests() {
        String inform = KnownPhones.inform(new DeviceId("00562B", "CP-8851-3PCC", "BAD00000001"), 1);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("malformed XML", post(inform.substring(0, inform.length() - 30)));
        all.put("not XML", post("x".repeat(inform.length())));
        all.put("billion laughs", post(laughs()));
        all.put("external entity", post("<!DOCTYPE e SYSTEM \"http://127.0.0.1:1/\">" + inform));
        all.put("body over the limit", START + "Content-Length: 999999999\r\n\r\n");
        all.put("chunks over the limit", START + "Transfer-Encoding: chunked\r\n\r\n" + chunks());
        all.put("answer without a question", post(message(inform, "<cwmp:RebootResponse/>")));
        all.put("call before the Inform", post(message(inform, "<cwmp:GetRPCMethods/>")));
        all.put("empty message", START + "Content-Length: 0\r\n\r\n");
        all.put(
                "stale cookie",
                START + "Cookie: SID=0123456789ABCDEFGHJKMNPQRS\r\n"
                        + post(message(inform, "<cwmp:GetRPCMethods/>")).substring(START.length()));
        all.put("unknown namespace", post(inform.replace(CwmpVersion.V1_2.namespace(), "urn:example:cwmp-9-9")));
        all.put(
                "unknown version",
                post(inform.replace(
                        "</SOAP-ENV:Header>",
                        "<cwmp:SupportedCWMPVersions SOAP-ENV:mustUnderstand=\"1\">9.9</cwmp:SupportedCWMPVersions>"
                                + "</SOAP-ENV:Header>")));
        all.put("GET", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        all.put("not HTTP", "HELLO\r\n\r\n");
        Map<String, byte[]> octets = new LinkedHashMap<>();
        all.forEach((name, text) -> octets.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return octets;
    }

    /** Sends it, and reads the beginning of an answer; the server may well hang up before all was sent. */
    private static void one(int port, byte[] input) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            try {
                socket.getOutputStream().write(input);
                if (socket.getInputStream().readNBytes(12).length < 12) {
                    throw new IOException("the server closed the connection without an answer");
                }
            } catch (SocketException hungUp) {
                // refused before it was read to the end
            }
        }
    }

    private static String post(String body) {
        return START + "Content-Type: text/xml\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** The envelope with another message in it. */
    static String message(String envelope, String message) {
        String start = "<SOAP-ENV:Body>";
        int at = envelope.indexOf(start) + start.length();
        return envelope.substring(0, at) + message + envelope.substring(envelope.indexOf("</SOAP-ENV:Body>"));
    }

    private static String laughs() {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE l [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 12; i++) {
            bomb.append("<!ENTITY l")
                    .append(i)
                    .append(" \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return bomb.append("]><l>&l11;</l>").toString();
    }

    private static String chunks() {
        return ("10000\r\n" + " ".repeat(0x10000) + "\r\n").repeat(5) + "0\r\n\r\n";
    }
}
