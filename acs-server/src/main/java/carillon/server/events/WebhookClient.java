package carillon.server.events;

import carillon.db.Webhook;
import carillon.db.WebhookStore.Waiting;
import carillon.server.config.WebhooksConfig;
import carillon.server.dial.DialRules;
import carillon.server.dial.DialRules.Verdict;
import carillon.server.lifecycle.StartFailedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Posts messages to webhooks under the rules for what this server calls by itself: a name is resolved once, only a
 * permitted address is dialled, nothing is followed, and little of the answer is read.
 */
public final class WebhookClient {
    private static final int MOST_TO_READ = 64 << 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DialRules rules;
    private final WebhooksConfig config;
    private final HttpClient client;

    public WebhookClient(DialRules rules, WebhooksConfig config) {
        this.rules = rules;
        this.config = config;
        ClientConnector connector = new ClientConnector();
        connector.setSslContextFactory(tls(config));
        client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setFollowRedirects(false);
        client.setConnectTimeout(config.timeout().toMillis());
        client.setMaxConnectionsPerDestination(2);
        client.setUserAgentField(new HttpField("User-Agent", "Carillon"));
        client.setName("webhook-client");
        client.setSocketAddressResolver((host, port, context, promise) -> {
            Verdict verdict = rules.judge(host, List.of());
            if (verdict instanceof Verdict.Dial dial) {
                promise.succeeded(List.of(new InetSocketAddress(dial.address(), port)));
            } else {
                promise.failed(
                        verdict instanceof Verdict.Forbidden forbidden
                                ? new ForbiddenException(forbidden.sentence())
                                : new UnknownHostException("no name server knows " + host));
            }
        });
    }

    /** The address may not be dialled. */
    static final class ForbiddenException extends IOException {
        private static final long serialVersionUID = 1;

        ForbiddenException(String sentence) {
            super(sentence);
        }
    }

    /**
     * What came of a message.
     *
     * @param taken it was answered with 2xx
     * @param gone it was answered with 410: never again
     * @param sentence for people
     */
    record Outcome(boolean taken, boolean gone, String sentence) {}

    /** Whether a webhook may be at this address, as far as that can be told now: what is against it, or nothing. */
    public Optional<String> against(URI url) {
        Verdict verdict = rules.judge(url.getHost(), List.of());
        return verdict instanceof Verdict.Forbidden forbidden ? Optional.of(forbidden.sentence()) : Optional.empty();
    }

    void start() throws Exception {
        client.start();
    }

    void stop() throws Exception {
        client.stop();
    }

    Outcome post(Webhook webhook, List<Waiting> messages, Instant now) {
        byte[] body = body(webhook, messages);
        Request request = client.newRequest(URI.create(webhook.url().reveal()))
                .method(HttpMethod.POST)
                .timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .headers(headers -> headers.put("X-Carillon-Webhook", webhook.id())
                        .put("X-Carillon-Signature", signature(webhook, body, now)))
                .body(new BytesRequestContent("application/json", body));
        try {
            int status = new CompletableResponseListener(request, MOST_TO_READ)
                    .send()
                    .get(config.timeout().toMillis() * 2, TimeUnit.MILLISECONDS)
                    .getStatus();
            return new Outcome(
                    status / 100 == 2,
                    status == 410,
                    status == 410 ? "410: it wants to be told nothing more, and was turned off" : "answered " + status);
        } catch (ExecutionException failed) {
            return new Outcome(false, false, reason(failed.getCause()));
        } catch (TimeoutException late) {
            return new Outcome(
                    false, false, "no answer within " + config.timeout().toMillis() + " ms");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Outcome(false, false, "the server stopped meanwhile");
        }
    }

    private String reason(@Nullable Throwable failed) {
        if (failed instanceof ForbiddenException || failed instanceof UnknownHostException) {
            return String.valueOf(failed.getMessage());
        }
        if (failed instanceof TimeoutException) {
            return "no answer within " + config.timeout().toMillis() + " ms";
        }
        if (failed instanceof ConnectException) {
            return "nobody listens there";
        }
        if (failed instanceof SSLException) {
            return "no TLS connection came about; is its certificate of an authority that counts (webhooks.ca.file)?";
        }
        return "the connection broke";
    }

    /** {@code {"dropped":0,"events":[…]}}, each event with the number it is told under, however often it is told. */
    private static byte[] body(Webhook webhook, List<Waiting> messages) {
        try {
            ObjectNode body = JSON.createObjectNode();
            body.put("webhook", webhook.name());
            body.put("dropped", webhook.delivery().dropped());
            ArrayNode events = body.putArray("events");
            for (Waiting message : messages) {
                ObjectNode event = events.addObject();
                event.put("number", message.key());
                event.setAll((ObjectNode) JSON.readTree(message.body()));
            }
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an event that is no JSON", impossible);
        }
    }

    /** {@code t=SECONDS,v1=HEX}: HMAC-SHA256 over the seconds, a full stop and the body, with the webhook's secret. */
    static String signature(Webhook webhook, byte[] body, Instant now) {
        String seconds = Long.toString(now.getEpochSecond());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(webhook.secret().reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a JDK without HmacSHA256", impossible);
        }
    }

    private static SslContextFactory.Client tls(WebhooksConfig config) {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        tls.setEndpointIdentificationAlgorithm("HTTPS");
        config.authorities().ifPresent(file -> tls.setTrustStore(authorities(file)));
        return tls;
    }

    private static KeyStore authorities(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            if (number == 0) {
                throw new StartFailedException("webhooks.ca.file is " + file + ", and no certificate is in it");
            }
            return store;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new StartFailedException(
                    "webhooks.ca.file is " + file + ", which cannot be read as PEM certificates: "
                            + unreadable.getMessage(),
                    unreadable);
        }
    }
}
