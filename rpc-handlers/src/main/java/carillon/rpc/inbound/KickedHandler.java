package carillon.rpc.inbound;

import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.rpc.session.EnginePolicy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Somebody at the phone followed a kick address (A.4.2.1, deprecated): the browser is sent on to where it says, if that is
 * one of the operator's hosts. Anywhere else would make this server send people wherever a page likes (CWMP-128).
 */
final class KickedHandler {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final EnginePolicy policy;

    KickedHandler(EnginePolicy policy) {
        this.policy = policy;
    }

    AcsResponse.KickedResponse answer(CpeRequest.Kicked kicked) {
        return new AcsResponse.KickedResponse(isAllowed(kicked.next()) ? kicked.next() : "");
    }

    private boolean isAllowed(String next) {
        try {
            URI url = new URI(next);
            return url.getHost() != null
                    && url.getRawUserInfo() == null
                    && SCHEMES.contains(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT))
                    && policy.kickedHosts().contains(url.getHost().toLowerCase(Locale.ROOT));
        } catch (URISyntaxException noUrl) {
            return false;
        }
    }
}
