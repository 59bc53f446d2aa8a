package carillon.server.connect;

import carillon.cwmp.Secret;
import carillon.db.Device;
import carillon.rpc.enrol.Credentials;
import carillon.server.config.ConnectConfig;
import carillon.server.dial.DialRules;
import carillon.server.operator.CallResult;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Over HTTP: to the ConnectionRequestURL that the device reported, and nowhere else (CWMP-207). */
final class HttpWay implements Way {
    private final ConnectConfig config;
    private final DialRules rules;
    private final Credentials credentials;
    private final InstantSource clock;

    HttpWay(ConnectConfig config, DialRules rules, Credentials credentials, InstantSource clock) {
        this.config = config;
        this.rules = rules;
        this.credentials = credentials;
        this.clock = clock;
    }

    @Override
    public CallResult.Kind kind() {
        return CallResult.Kind.HTTP;
    }

    @Override
    public Answer ask(Device device) {
        RequestUrl url;
        try {
            url = RequestUrl.parse(device.reported().connectionRequestUrl());
        } catch (IllegalArgumentException useless) {
            return Answer.forbidden(String.valueOf(useless.getMessage()));
        }
        if (url.tls() && !config.manners().https()) {
            return Answer.forbidden("the phone reported a ConnectionRequestURL with https, which is dialled only with"
                    + " connection-request.https=true");
        }
        DialRules.Verdict verdict = rules.judge(url.host(), device.presence().sourceAddress());
        if (verdict instanceof DialRules.Verdict.Dial dial) {
            return request(device, url, dial.address());
        }
        return verdict instanceof DialRules.Verdict.Forbidden forbidden
                ? Answer.forbidden(forbidden.sentence())
                : Answer.unreachable("the host '" + url.host() + "' of its ConnectionRequestURL is not known");
    }

    private Answer request(Device device, RequestUrl url, InetAddress address) {
        try (HttpConnectionRequest request = new HttpConnectionRequest(
                url, address, config.timeout(), config.manners().basic())) {
            return request.send(credentials.connectionRequestUsername(device.id()), passwords(device, clock.instant()));
        }
    }

    private List<Secret> passwords(Device device, Instant now) {
        return Credentials.goodGenerations(device.trust(), now).stream()
                .map(generation ->
                        credentials.password(device.id(), generation, Credentials.Purpose.CONNECTION_REQUEST))
                .toList();
    }
}
