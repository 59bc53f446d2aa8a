package carillon.server.endtoend;

import carillon.cwmp.CwmpVersion;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** One end of a TCP connection that sends exactly the octets it is told, and reads exactly what is answered. */
final class RawPhone implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private boolean judged = true;
    private CwmpVersion version = CwmpVersion.V1_2;

    private RawPhone(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
    }

    /** An answer; header names in lower case. */
    record Answer(String protocol, int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        /** The session's cookie, as it is sent back. */
        String cookie() {
            return header("set-cookie").split(";")[0];
        }

        boolean closes() {
            return header("connection").equalsIgnoreCase("close");
        }
    }

    /** A phone at this port of a host by its address. */
    static RawPhone connectTo(String host, int port) throws IOException {
        return new RawPhone(new Socket(InetAddress.getByName(host), port));
    }

    static RawPhone connect(int port) throws IOException {
        return new RawPhone(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** A phone at another loopback address. */
    static RawPhone connect(int port, String from) throws IOException {
        return new RawPhone(new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(from), 0));
    }

    /** A phone over TLS that asks nobody about the certificate, as factory phones do. */
    static RawPhone overTls(int port) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustsAll()}, null);
            return new RawPhone(context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** By which version's schema its answers are judged. */
    RawPhone speaking(CwmpVersion spoken) {
        this.version = spoken;
        return this;
    }

    /** What it is answered is judged by no schema: there is none for this version. */
    RawPhone speakingNothingKnown() {
        judged = false;
        return this;
    }

    /** Sends this again and again, until the server answers or there is no more to wait for. */
    void sendsSlowly(String text, Duration pause) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (in.available() == 0 && System.nanoTime() < end) {
            send(text);
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        }
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    /** A POST with the usual headers and these ({@code Name: value\r\n} each). */
    Answer post(String headers, String body) throws IOException {
        return post(headers, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer post(String headers, byte[] body) throws IOException {
        return postTo("/", headers, body);
    }

    /** The same to another path. */
    Answer postTo(String target, String headers, byte[] body) throws IOException {
        send("POST " + target
                + " HTTP/1.1\r\nHost: acs\r\nContent-Type: text/xml; charset=\"utf-8\"\r\nSOAPAction: \"\"\r\n"
                + "Content-Length: " + body.length + "\r\n" + headers + "\r\n");
        send(body);
        return answer();
    }

    /** An empty POST. */
    Answer nothing(String headers) throws IOException {
        send("POST / HTTP/1.1\r\nHost: acs\r\nContent-Length: 0\r\n" + headers + "\r\n");
        return answer();
    }

    /** Reads one answer, also {@code 100 Continue}. */
    Answer answer() throws IOException {
        String first = line();
        String[] parts = first.split(" ", 3);
        int status = Integer.parseInt(parts[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.put(
                    line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                    line.substring(line.indexOf(':') + 1).strip());
        }
        byte[] body = unpacked(
                in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))),
                headers.getOrDefault("content-encoding", ""));
        if (judged && headers.getOrDefault("content-type", "").startsWith("text/xml")) {
            SentByServer.heard(version, body);
        }
        return new Answer(parts[0], status, headers, new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] unpacked(byte[] body, String coding) throws IOException {
        if (body.length == 0 || coding.isEmpty()) {
            return body;
        }
        try (InputStream packed = coding.endsWith("gzip")
                ? new GZIPInputStream(new ByteArrayInputStream(body))
                : new InflaterInputStream(new ByteArrayInputStream(body))) {
            return packed.readAllBytes();
        }
    }

    /** Whether the server has closed the connection, after all it had to say. */
    boolean isClosed() throws IOException {
        return in.read() < 0;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended after '" + line + "'");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
