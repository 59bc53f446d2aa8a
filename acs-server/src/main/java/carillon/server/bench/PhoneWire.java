package carillon.server.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One connection of a phone, with as little work of its own as possible. */
final class PhoneWire implements AutoCloseable {
    static final byte[] NOTHING = new byte[0];

    private final int port;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private PhoneWire(int port, Socket socket) throws IOException {
        this.port = port;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 4096);
        this.out = socket.getOutputStream();
    }

    static PhoneWire connect(int port) throws IOException {
        return connect(port, InetAddress.getLoopbackAddress());
    }

    /** From this address of the machine's own. */
    static PhoneWire connect(int port, InetAddress from) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(30_000);
            if (!from.equals(InetAddress.getLoopbackAddress())) {
                // a port that is bound first is not used again within a minute, and there are not enough of them
                socket.bind(new InetSocketAddress(from, 0));
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
            return new PhoneWire(port, socket);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    /** Opens a session: Inform (401), Inform with Digest (200); returns the cookie. */
    String opens(SessionLoad.Caller caller, byte[] inform) throws IOException {
        Reply reply = says(inform, "", "");
        if (reply.status == 401) {
            reply = says(inform, "", digest(caller, reply.header("www-authenticate")));
        }
        expect(200, reply);
        String cookie = reply.header("set-cookie");
        int end = cookie.indexOf(';');
        return end < 0 ? cookie : cookie.substring(0, end);
    }

    /** One message and its answer. */
    Reply says(byte[] body, String cookie, String authorization) throws IOException {
        sends(body, head(Integer.toString(body.length), body.length > 0, cookie, authorization));
        return Reply.read(in);
    }

    /** A message that claims to have so many octets, of which none comes; and its answer. */
    Reply promises(long octets, String cookie) throws IOException {
        sends(NOTHING, head(Long.toString(octets), true, cookie, ""));
        return Reply.read(in);
    }

    private void sends(byte[] body, String head) throws IOException {
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        out.write(all);
    }

    private String head(String length, boolean xml, String cookie, String authorization) {
        StringBuilder head = new StringBuilder(256)
                .append("POST / HTTP/1.1\r\nHost: 127.0.0.1:")
                .append(port)
                .append("\r\nContent-Length: ")
                .append(length);
        if (xml) {
            head.append("\r\nContent-Type: text/xml; charset=\"utf-8\"\r\nSOAPAction: \"\"");
        }
        if (!cookie.isEmpty()) {
            head.append("\r\nCookie: ").append(cookie);
        }
        if (!authorization.isEmpty()) {
            head.append("\r\nAuthorization: ").append(authorization);
        }
        return head.append("\r\n\r\n").toString();
    }

    void expect(int status, Reply reply) throws IOException {
        if (reply.status != status) {
            throw new IOException("answered " + reply.status + " instead of " + status);
        }
    }

    private static String digest(SessionLoad.Caller caller, String challenge) throws IOException {
        String realm = quoted(challenge, "realm");
        String nonce = quoted(challenge, "nonce");
        String first = md5(caller.username() + ":" + realm + ":" + caller.password());
        String second = md5("POST:/");
        String response = md5(first + ":" + nonce + ":00000001:0a4f113b:auth:" + second);
        return "Digest username=\"" + caller.username() + "\", realm=\"" + realm + "\", nonce=\"" + nonce
                + "\", uri=\"/\", response=\"" + response
                + "\", qop=auth, nc=00000001, cnonce=\"0a4f113b\", algorithm=MD5";
    }

    private static String quoted(String challenge, String name) throws IOException {
        int at = challenge.indexOf(name + "=\"");
        if (at < 0) {
            throw new IOException("a challenge without " + name + ": " + challenge);
        }
        int start = at + name.length() + 2;
        return challenge.substring(start, challenge.indexOf('"', start));
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("a JDK without MD5", impossible);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** What the server answered; its body was read and forgotten. */
    record Reply(int status, Map<String, String> headers) {
        String header(String name) throws IOException {
            String value = headers.get(name);
            if (value == null) {
                throw new IOException("no " + name + " in the answer " + status);
            }
            return value;
        }

        private static Reply read(InputStream in) throws IOException {
            String first = line(in);
            if (first == null || first.length() < 12) {
                throw new IOException("the connection ended before an answer");
            }
            int status = Integer.parseInt(first.substring(9, 12));
            Map<String, String> headers = new TreeMap<>();
            for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            in.skipNBytes(length);
            return new Reply(status, headers);
        }

        private static @Nullable String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder(64);
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    return null;
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }
    }
}
