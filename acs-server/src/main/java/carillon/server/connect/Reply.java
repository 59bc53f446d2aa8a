package carillon.server.connect;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of an HTTP answer counts here. Bodies say nothing (TR-069 Amendment 6, 3.2.2.1) and are not kept.
 *
 * @param challenges the WWW-Authenticate headers
 * @param reusable whether the answer was read to its end, so that the connection can be used again
 */
record Reply(int status, List<String> challenges, boolean reusable) {
    private static final int MOST_HEAD = 16 * 1024;
    private static final int MOST_BODY = 16 * 1024;
    private static final int MOST_INTERIM = 4;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.([01]) +([0-9]{3})(?: .*)?");

    Reply {
        challenges = List.copyOf(challenges);
    }

    /** Reads one answer to a GET; a body only where its length is told and small, else the connection is done with. */
    static Reply read(Wire wire) throws IOException {
        for (int i = 0; i <= MOST_INTERIM; i++) {
            List<String> head = head(wire);
            Matcher first = STATUS.matcher(head.get(0));
            if (!first.matches()) {
                throw new ProtocolException("what answered does not speak HTTP");
            }
            int status = Integer.parseInt(first.group(2));
            if (status >= 200) {
                return finish(wire, status, first.group(1).equals("1"), head);
            }
        }
        throw new ProtocolException("too many interim answers");
    }

    private static Reply finish(Wire wire, int status, boolean persistent, List<String> head) throws IOException {
        List<String> challenges = values(head, "www-authenticate");
        if (status != 401) {
            return new Reply(status, challenges, false);
        }
        List<String> lengths = values(head, "content-length");
        boolean reusable = persistent
                && values(head, "transfer-encoding").isEmpty()
                && lengths.size() == 1
                && lengths.get(0).matches("[0-9]{1,5}")
                && Integer.parseInt(lengths.get(0)) <= MOST_BODY
                && values(head, "connection").stream()
                        .noneMatch(value -> value.toLowerCase(Locale.ROOT).contains("close"));
        for (int left = reusable ? Integer.parseInt(lengths.get(0)) : 0; left > 0; left--) {
            wire.read();
        }
        return new Reply(status, challenges, reusable);
    }

    /** The lines of one head; continuation lines are joined to those that they continue. */
    private static List<String> head(Wire wire) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < MOST_HEAD; i++) {
            int octet = wire.read();
            if (octet != '\n') {
                line.append((char) octet);
                continue;
            }
            String text = line.toString().stripTrailing();
            line.setLength(0);
            if (!text.isEmpty() && !lines.isEmpty() && (text.charAt(0) == ' ' || text.charAt(0) == '\t')) {
                lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " " + text.strip());
            } else if (!text.isEmpty()) {
                lines.add(text);
            } else if (!lines.isEmpty()) {
                return lines;
            }
        }
        throw new ProtocolException("the head of the answer is too long");
    }

    private static List<String> values(List<String> head, String name) {
        return head.stream()
                .skip(1)
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
    }
}
