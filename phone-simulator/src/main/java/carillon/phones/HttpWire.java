package carillon.phones;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import javax.net.ssl.SSLSocket;

/** One HTTP/1.1 connection of a phone: small, blocking, and under the phone's own control. */
final class HttpWire implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int MOST = 64 * 1024 * 1024;
    private static final Semaphore HANDSHAKES =
            new Semaphore(8 * Runtime.getRuntime().availableProcessors());

    private final Socket socket;
    private final InputStream in;
    private final String host;

    /** An answer: header names in lower case. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, Map<String, String> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Of a phone that shows no certificate. */
    HttpWire(URI url) throws IOException {
        this(url, PhoneIdentity.NONE);
    }

    HttpWire(URI url, PhoneIdentity identity) throws IOException {
        boolean tls = "https".equals(url.getScheme());
        int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
        this.host = url.getHost() + ":" + port;
        Socket plain = new Socket();
        plain.setTcpNoDelay(true);
        plain.setSoTimeout(TIMEOUT_MILLIS);
        try {
            if (tls) {
                this.socket = secured(plain, url.getHost(), port, identity);
            } else {
                plain.connect(new InetSocketAddress(url.getHost(), port), TIMEOUT_MILLIS);
                this.socket = plain;
            }
            this.in = new BufferedInputStream(socket.getInputStream(), 8192);
        } catch (IOException failed) {
            plain.close();
            throw failed;
        }
    }

    /**
     * Handshakes cost much, most of all the first ones of a process; begun all at once, they would end all at once, and
     * late. So a fleet takes turns.
     */
    private static Socket secured(Socket plain, String host, int port, PhoneIdentity identity) throws IOException {
        HANDSHAKES.acquireUninterruptibly();
        try {
            plain.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            SSLSocket secured = (SSLSocket) identity.sockets().createSocket(plain, host, port, true);
            secured.startHandshake();
            return secured;
        } finally {
            HANDSHAKES.release();
        }
    }

    /** Host and port, as the Host header names them. */
    String host() {
        return host;
    }

    /** Sends octets as they are. */
    void write(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    /** Says that nothing more comes; answers can still be read. */
    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Breaks the connection off: the other side sees a reset. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException goneAnyway) {
            // nothing is lost
        }
    }

    /** Reads an answer without body, such as 100: its status. */
    int status() throws IOException {
        int status = firstLine();
        headers();
        return status;
    }

    /** Sends one request and reads its answer. */
    Answer call(String method, String target, Map<String, String> headers, byte[] body) throws IOException {
        boolean hasBody = method.equals("POST") || method.equals("PUT");
        byte[] start = head(method, target, headers, hasBody ? body.length : -1);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        write(all);
        return answer();
    }

    /** Sends a request with a body of any length and reads its answer. */
    Answer send(String method, String target, Map<String, String> headers, long length, InputStream body)
            throws IOException {
        socket.getOutputStream().write(head(method, target, headers, length));
        body.transferTo(socket.getOutputStream());
        socket.getOutputStream().flush();
        return answer();
    }

    /** Asks for a file of any length, whose bytes go where the caller says if there is one. */
    Answer fetch(String target, Map<String, String> headers, OutputStream sink) throws IOException {
        write(head("GET", target, headers, -1));
        int status = firstLine();
        Map<String, String> said = headers();
        if (status != 200 || said.containsKey("transfer-encoding")) {
            byte[] body = status == 204 || status == 304 ? new byte[0] : body(said);
            if (status == 200) {
                sink.write(body);
            }
            return new Answer(status, said, body);
        }
        long length = Long.parseLong(said.getOrDefault("content-length", Long.toString(Long.MAX_VALUE)));
        byte[] buffer = new byte[64 * 1024];
        long left = length;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0 && length < Long.MAX_VALUE) {
                throw new IOException("the file was cut off after " + (length - left) + " of " + length + " octets");
            }
            if (n < 0) {
                break;
            }
            sink.write(buffer, 0, n);
            left -= n;
        }
        return new Answer(status, said, new byte[0]);
    }

    /** The length is negative where there is no body. */
    private byte[] head(String method, String target, Map<String, String> headers, long length) {
        StringBuilder head = new StringBuilder(256)
                .append(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: ")
                .append(host)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (length >= 0) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Reads the answer to what was sent. */
    Answer answer() throws IOException {
        int status = firstLine();
        Map<String, String> headers = headers();
        byte[] body = status == 204 || status == 304 ? new byte[0] : body(headers);
        return new Answer(status, headers, unpacked(body, headers.getOrDefault("content-encoding", "")));
    }

    private static byte[] unpacked(byte[] body, String coding) throws IOException {
        ByteArrayInputStream packed = new ByteArrayInputStream(body);
        return switch (coding) {
            case "gzip" -> new GZIPInputStream(packed).readNBytes(MOST);
            case "deflate" -> new InflaterInputStream(packed).readNBytes(MOST);
            default -> body;
        };
    }

    private int firstLine() throws IOException {
        String first = line();
        if (first.length() < 12 || !first.startsWith("HTTP/1.")) {
            throw new IOException("no HTTP answer but '" + first + "'");
        }
        return Integer.parseInt(first.substring(9, 12));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").contains("chunked")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int size = chunk(); size > 0; size = chunk()) {
                out.write(in.readNBytes(size));
                line();
                if (out.size() > MOST) {
                    throw new IOException("a body over " + MOST + " octets");
                }
            }
            line();
            return out.toByteArray();
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "-1"));
        byte[] body = length < 0 ? in.readNBytes(MOST) : in.readNBytes(Math.min(length, MOST));
        if (length > body.length) {
            throw new IOException("the body was cut off after " + body.length + " of " + length + " octets");
        }
        return body;
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line().split(";")[0].strip(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(80);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
            if (line.length() > 16_384) {
                throw new IOException("a header line without end");
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException goneAnyway) {
            // nothing is lost
        }
    }
}
