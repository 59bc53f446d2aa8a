package carillon.server.connect;

import carillon.cwmp.Secret;
import carillon.server.operator.CallResult.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection request over HTTP (TR-069 Amendment 6, 3.2.2.1): a GET without a body, answered challenges (Digest; Basic
 * only where that is allowed), nothing followed, little read, all within one deadline.
 */
final class HttpConnectionRequest implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RequestUrl url;
    private final InetSocketAddress address;
    private final long timeoutMillis;
    private final long deadline;
    private final boolean basic;
    private @Nullable Wire wire;

    /**
     * @param address what is dialled, whatever the URL's host is
     * @param timeout of all of it
     * @param basic whether a phone that asks for the password in clear gets it
     */
    HttpConnectionRequest(RequestUrl url, InetAddress address, Duration timeout, boolean basic) {
        this.url = url;
        this.address = new InetSocketAddress(address, url.port());
        this.timeoutMillis = timeout.toMillis();
        this.basic = basic;
        this.deadline = System.nanoTime() + timeout.toNanos();
    }

    /** Sends it; passwords are tried in their order, and none are known where the list is empty. */
    Answer send(String username, List<Secret> passwords) {
        try {
            return exchange(username, passwords);
        } catch (SocketTimeoutException late) {
            return Answer.unreachable("the phone did not answer within " + timeoutMillis + " ms");
        } catch (ConnectException | NoRouteToHostException closed) {
            return Answer.unreachable("there is no way to " + shown() + " (" + closed.getMessage() + ")");
        } catch (ProtocolException strange) {
            return Answer.unreachable("at " + shown() + ": " + strange.getMessage());
        } catch (SSLException insecure) {
            return Answer.unreachable("no TLS connection to " + shown() + " came about");
        } catch (IOException broken) {
            return Answer.unreachable("the connection to " + shown() + " broke");
        }
    }

    private Answer exchange(String username, List<Secret> passwords) throws IOException {
        String authorization = "";
        boolean renewed = false;
        int tried = 0;
        while (true) {
            Reply reply = once(authorization);
            if (reply.status() != 401) {
                return judged(reply.status());
            }
            Optional<DigestChallenge> challenge = DigestChallenge.choose(reply.challenges());
            if (challenge.isEmpty() && !(basic && BasicChallenge.isAmong(reply.challenges()))) {
                return refused(
                        401,
                        "the phone asks for another proof than Digest with MD5, and no other is given"
                                + (BasicChallenge.isAmong(reply.challenges())
                                        ? "; it would take Basic (connection-request.basic)"
                                        : ""));
            }
            boolean stale = challenge.filter(DigestChallenge::stale).isPresent();
            if (!authorization.isEmpty() && stale && !renewed) {
                renewed = true;
            } else if (!authorization.isEmpty()) {
                tried++;
            }
            if (tried >= passwords.size()) {
                return refused(
                        401,
                        passwords.isEmpty()
                                ? "the phone asks for a password, and this server has not set one on it yet"
                                : "the phone does not take the connection-request password that this server set on it");
            }
            Secret password = passwords.get(tried);
            authorization = challenge
                    .map(digest -> digest.answer(username, password, url.target(), cnonce()))
                    .orElseGet(() -> BasicChallenge.answer(username, password));
        }
    }

    /** One request on the connection that is open; on a new one where the phone has closed that (CWMP-199). */
    private Reply once(String authorization) throws IOException {
        Wire open = wire;
        if (open != null) {
            try {
                return over(open, authorization);
            } catch (SocketTimeoutException | ProtocolException over) {
                throw over;
            } catch (IOException closed) {
                close();
            }
        }
        Wire fresh = url.tls() ? Wire.openSecure(address, url.host(), deadline) : Wire.open(address, deadline);
        wire = fresh;
        return over(fresh, authorization);
    }

    private Reply over(Wire open, String authorization) throws IOException {
        open.send("GET " + url.target() + " HTTP/1.1\r\nHost: " + url.authority() + "\r\nUser-Agent: Carillon\r\n"
                + (authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n") + "\r\n");
        Reply reply = Reply.read(open);
        if (!reply.reusable()) {
            close();
        }
        return reply;
    }

    private static Answer judged(int status) {
        if (status < 300) {
            return new Answer(Outcome.ACCEPTED, OptionalInt.of(status), "the phone said that it will come");
        }
        if (status < 400) {
            return refused(status, "the phone pointed elsewhere (" + status + "), which is not followed");
        }
        return status == 503
                ? refused(status, "the phone is busy (503)")
                : refused(status, "the phone answered with " + status);
    }

    private static Answer refused(int status, String sentence) {
        return new Answer(Outcome.REFUSED, OptionalInt.of(status), sentence);
    }

    private String shown() {
        return address.getAddress().getHostAddress() + " port " + address.getPort();
    }

    private static String cnonce() {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    @Override
    public void close() {
        Wire open = wire;
        wire = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException gone) {
                // it is closed all the same
            }
        }
    }
}
