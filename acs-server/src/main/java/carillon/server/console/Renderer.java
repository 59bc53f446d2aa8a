package carillon.server.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Makes HTML of pages. The templates are compiled with the program and escape what they are given. */
final class Renderer {
    /** Nothing from elsewhere, and nothing within the page: what a phone says can never become a script. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "carillon.server.console.pages");

    void answer(Answer answer, Response response, Callback callback) {
        protect(response);
        answer.cookies().forEach(cookie -> response.getHeaders().add(HttpHeader.SET_COOKIE, cookie));
        if (answer instanceof Answer.Redirect redirect) {
            response.setStatus(HttpStatus.SEE_OTHER_303);
            response.getHeaders().put(HttpHeader.LOCATION, redirect.location());
            response.write(true, BufferUtil.EMPTY_BUFFER, callback);
        } else if (answer instanceof Answer.Page page) {
            byte[] html = html(page);
            response.setStatus(page.status());
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html;charset=utf-8");
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, html.length);
            response.write(true, ByteBuffer.wrap(html), callback);
        }
    }

    private static void protect(Response response) {
        response.getHeaders().put("Content-Security-Policy", POLICY);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("X-Frame-Options", "DENY");
        response.getHeaders().put("Referrer-Policy", "same-origin");
        response.getHeaders().put("Cross-Origin-Opener-Policy", "same-origin");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    }

    private byte[] html(Answer.Page page) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("f", page.frame());
        page.parts().forEach(part -> parameters.put(part.name(), part.value()));
        Utf8ByteOutput output = new Utf8ByteOutput();
        engine.render(page.template() + ".jte", parameters, output);
        ByteArrayOutputStream html = new ByteArrayOutputStream(output.getContentLength());
        try {
            output.writeTo(html);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return html.toByteArray();
    }
}
