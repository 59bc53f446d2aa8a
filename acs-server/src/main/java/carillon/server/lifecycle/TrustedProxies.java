package carillon.server.lifecycle;

import carillon.server.config.Networks;
import carillon.server.config.ProxyConfig;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that come through a proxy that is trusted: who called it and how, as it tells in Forwarded (RFC 7239) or
 * X-Forwarded-For and X-Forwarded-Proto, and the client's certificate where that is asked for. What comes from anywhere else
 * is taken as it comes (CWMP-248). A list is read from its end, where the proxies write: what a client put there itself is
 * never reached.
 */
final class TrustedProxies implements HttpConfiguration.Customizer {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedProxies.class);
    private static final int LONGEST_CERTIFICATE = 16_384;
    private static final Pattern FOR =
            Pattern.compile("(?i)(?:^|;)\\s*for=\"?\\[?([0-9a-f.:]+?)]?(?::\\d+)?\"?\\s*(?:;|$)");
    private static final Pattern PROTO = Pattern.compile("(?i)(?:^|;)\\s*proto=\"?([a-z]+)\"?\\s*(?:;|$)");

    private final Networks networks;
    private final String certificateHeader;

    TrustedProxies(ProxyConfig config) {
        this.networks = config.networks();
        this.certificateHeader = config.certificateHeader();
    }

    /** What proxies told of one request. */
    private record Told(Optional<InetAddress> client, Optional<Boolean> tls, List<X509Certificate> certificates) {}

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        boolean trusted = request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer
                && peer.getAddress() != null
                && networks.contain(peer.getAddress());
        if (!trusted) {
            return request;
        }
        Told told = told(request.getHeaders());
        boolean direct = told.client().isEmpty()
                && told.tls().isEmpty()
                && told.certificates().isEmpty();
        return direct ? request : new Forwarded(request, told);
    }

    private Told told(HttpFields headers) {
        List<String> hops = headers.getCSV("Forwarded", true);
        List<String> addresses = new ArrayList<>();
        Optional<String> proto;
        if (hops.isEmpty()) {
            addresses.addAll(headers.getCSV("X-Forwarded-For", false));
            proto = last(headers.getCSV("X-Forwarded-Proto", false));
        } else {
            hops.forEach(hop -> addresses.add(found(FOR, hop).orElse("unknown")));
            proto = last(hops).flatMap(hop -> found(PROTO, hop));
        }
        return new Told(
                client(addresses),
                proto.map(scheme -> scheme.toLowerCase(Locale.ROOT).equals("https")),
                certificates(headers));
    }

    /** The last one that is no proxy of ours; none where that is no address. */
    private Optional<InetAddress> client(List<String> addresses) {
        for (int i = addresses.size() - 1; i >= 0; i--) {
            Optional<InetAddress> address = address(addresses.get(i));
            if (address.isEmpty() || i == 0 || !networks.contain(address.get())) {
                return address;
            }
        }
        return Optional.empty();
    }

    private static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(Networks.Network.parse(text.strip()).base());
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private List<X509Certificate> certificates(HttpFields headers) {
        HttpField field = certificateHeader.isEmpty() ? null : headers.getField(certificateHeader);
        String value = field == null || field.getValue() == null
                ? ""
                : field.getValue().strip();
        if (value.isEmpty() || value.length() > LONGEST_CERTIFICATE) {
            return List.of();
        }
        try {
            byte[] octets = value.startsWith(":") && value.endsWith(":") && value.length() > 2
                    ? Base64.getDecoder().decode(value.substring(1, value.length() - 1))
                    : URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.US_ASCII)
                            .getBytes(StandardCharsets.US_ASCII);
            return List.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(octets)));
        } catch (CertificateException | IllegalArgumentException unreadable) {
            LOG.info("a proxy's {} header holds no certificate: {}", certificateHeader, unreadable.toString());
            return List.of();
        }
    }

    private static Optional<String> last(List<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    private static Optional<String> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The request as it came to the proxy. */
    private static final class Forwarded extends Request.Wrapper {
        private final Told told;
        private final ConnectionMetaData connection;
        private final HttpURI uri;

        Forwarded(Request request, Told told) {
            super(request);
            this.told = told;
            this.connection = new Connection(request.getConnectionMetaData(), told);
            String scheme = connection.isSecure() ? "https" : "http";
            this.uri = HttpURI.build(request.getHttpURI()).scheme(scheme).asImmutable();
        }

        @Override
        public boolean isSecure() {
            return connection.isSecure();
        }

        @Override
        public HttpURI getHttpURI() {
            return uri;
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return connection;
        }

        /** The proxy's own certificate is nobody's here. */
        @Override
        public @Nullable Object getAttribute(String name) {
            if (!EndPoint.SslSessionData.ATTRIBUTE.equals(name)) {
                return super.getAttribute(name);
            }
            return told.certificates().isEmpty()
                    ? null
                    : EndPoint.SslSessionData.from(
                            null, "", "", told.certificates().toArray(X509Certificate[]::new));
        }
    }

    private static final class Connection extends ConnectionMetaData.Wrapper {
        private final Told told;

        Connection(ConnectionMetaData real, Told told) {
            super(real);
            this.told = told;
        }

        @Override
        public boolean isSecure() {
            return told.tls().orElseGet(super::isSecure);
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return told.client()
                    .<SocketAddress>map(client -> new InetSocketAddress(client, 0))
                    .orElseGet(super::getRemoteSocketAddress);
        }
    }
}
