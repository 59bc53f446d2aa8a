package carillon.server.tls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Gives everybody what must be trusted to call this server: {@code GET /ca.pem}, or {@code /ca/WHO.pem} where a phone says
 * who it is (its serial number, MAC or identity), so that is known that it has it. Leaves everything else to the next.
 */
public final class AuthorityBundle extends Handler.Wrapper {
    private static final Pattern PATH = Pattern.compile("/ca(?:/([A-Za-z0-9%._:-]{1,200}))?\\.pem");

    private final OwnAuthorities authorities;
    private final AuthorityWitness witness;

    public AuthorityBundle(Handler next, OwnAuthorities authorities, AuthorityWitness witness) {
        super(next);
        this.authorities = authorities;
        this.witness = witness;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!HttpMethod.GET.is(request.getMethod())) {
            return super.handle(request, response, callback);
        }
        Matcher matcher = PATH.matcher(Request.getPathInContext(request));
        if (!matcher.matches()) {
            return super.handle(request, response, callback);
        }
        if (matcher.group(1) != null) {
            witness.fetched(matcher.group(1));
        }
        byte[] pem = PemFiles.text(authorities.state().bundle()).getBytes(StandardCharsets.US_ASCII);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-pem-file");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, pem.length);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
        response.write(true, ByteBuffer.wrap(pem), callback);
        return true;
    }
}
