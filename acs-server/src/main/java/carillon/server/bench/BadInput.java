package carillon.server.bench;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.DeviceId;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What does not belong on a CWMP port, as whole requests; each is sent over a connection of its own. */
final class BadInput {
    private static final String START = "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n";

    private BadInput() {}

    /** By name, in the order of the report. */
    static Map<String, byte[]> all() {
        String inform = KnownPhones.inform(new DeviceId("00562B", "CP-8851-3PCC", "BAD00000001"), 1);
        String body = "<SOAP-ENV:Body>";
        Map<String, String> all = new LinkedHashMap<>();
        all.put("malformed XML", post(inform.substring(0, inform.length() - 30)));
        all.put("not XML", post("x".repeat(inform.length())));
        all.put("billion laughs", post(laughs()));
        all.put("external entity", post("<!DOCTYPE e SYSTEM \"http://127.0.0.1:1/\">" + inform));
        all.put("body over the limit", START + "Content-Length: 999999999\r\n\r\n");
        all.put("chunks over the limit", START + "Transfer-Encoding: chunked\r\n\r\n" + chunks());
        all.put("answer without a question", post(between(inform, "<cwmp:RebootResponse/>", body)));
        all.put("call before the Inform", post(between(inform, "<cwmp:GetRPCMethods/>", body)));
        all.put("empty message", START + "Content-Length: 0\r\n\r\n");
        all.put(
                "stale cookie",
                START + "Cookie: SID=0123456789ABCDEFGHJKMNPQRS\r\n"
                        + post(between(inform, "<cwmp:GetRPCMethods/>", body)).substring(START.length()));
        all.put("unknown version", post(inform.replace(CwmpVersion.V1_2.namespace(), "urn:example:cwmp-9-9")));
        all.put("GET", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        all.put("not HTTP", "HELLO\r\n\r\n");
        Map<String, byte[]> octets = new LinkedHashMap<>();
        all.forEach((name, text) -> octets.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return octets;
    }

    private static String post(String body) {
        return START + "Content-Type: text/xml\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String between(String envelope, String message, String start) {
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
