package carillon.phones;

import static carillon.phones.Bends.at;
import static carillon.phones.Bends.both;
import static carillon.phones.Bends.cookie;
import static carillon.phones.Bends.delivery;
import static carillon.phones.Bends.everyPost;
import static carillon.phones.Bends.header;
import static carillon.phones.Bends.informPost;
import static carillon.phones.Bends.post;
import static carillon.phones.Bends.withoutHeader;
import static carillon.phones.Prediction.UNDERSTOOD;
import static carillon.phones.Prediction.goneBefore;
import static carillon.phones.Prediction.refused;

/** What phones do to HTTP and to connections. */
@SuppressWarnings("ImmutableEnumChecker") // a manner keeps nothing
public enum HttpOddity implements Misbehaviour {
    CONTENT_TYPE_BARE("Q-01: Content-Type text/xml without a charset", UNDERSTOOD, header("Content-Type", "text/xml")),
    CONTENT_TYPE_HTML("Q-01: Content-Type text/html", UNDERSTOOD, header("Content-Type", "text/html")),
    CONTENT_TYPE_XML("Q-01: Content-Type application/xml", UNDERSTOOD, header("Content-Type", "application/xml")),
    CONTENT_TYPE_EXTRA(
            "Q-01: more behind the charset", UNDERSTOOD, header("Content-Type", "text/xml; charset=UTF-8;x=y")),
    CONTENT_TYPE_EMPTY("Q-01: an empty Content-Type, on empty POSTs too", UNDERSTOOD, everyPost(post -> post.headers()
            .put("Content-Type", ""))),
    CONTENT_TYPE_MISSING("Q-01: no Content-Type", UNDERSTOOD, withoutHeader("Content-Type")),
    SOAPACTION_MISSING("Q-02: no SOAPAction", UNDERSTOOD, withoutHeader("SOAPAction")),
    SOAPACTION_NAMED("Q-02: the method as SOAPAction", UNDERSTOOD, header("SOAPAction", "\"Inform\"")),
    SOAPACTION_BACKSLASHES(
            "Q-02: backslashes in SOAPAction",
            UNDERSTOOD,
            header("SOAPAction", "\\\"urn:dslforum-org:cwmp-Inform\\\"")),
    SOAPACTION_NAMESPACE(
            "Q-02: a namespace as SOAPAction", UNDERSTOOD, header("SOAPAction", "urn:dslforum-org:cwmp-1-2")),
    HEADERS_LOWER_CASE(
            "Q-03: header names in lower case", UNDERSTOOD, everyPost(post -> post.spelling(HttpSpelling::lowerCase))),
    HEADERS_WITHOUT_BLANK(
            "Q-03: no blank behind the colon",
            UNDERSTOOD,
            everyPost(post -> post.spelling(head -> head.replace(": ", ":")))),
    HEADERS_TRAILING_BLANK(
            "Q-03: blanks behind the values",
            UNDERSTOOD,
            everyPost(post -> post.spelling(HttpSpelling::trailingBlanks))),
    CHUNKED("Q-04: the body in chunks of 4096 octets", UNDERSTOOD, post(post -> HttpSpelling.chunked(post, 4096))),
    CHUNKED_BY_ONE("Q-04: the body in chunks of one octet", UNDERSTOOD, post(post -> HttpSpelling.chunked(post, 1))),
    CHUNKED_EMPTY("Q-04: empty POSTs in chunks", UNDERSTOOD, everyPost(post -> {
        if (post.body().length == 0) {
            HttpSpelling.chunked(post, 1);
        }
    })),
    EXPECT_CONTINUE(
            "Q-05: waits for 100 before it sends the Inform", UNDERSTOOD, delivery(HttpSpelling::afterContinue)),
    CONNECTION_PER_POST("Q-06: a new connection for each POST", UNDERSTOOD, at(Moment.POSTED, PhoneSession::hangUp)),
    ASKS_TO_CLOSE("Q-06: Connection: close with each POST", UNDERSTOOD, everyPost(post -> post.headers()
            .put("Connection", "close"))),
    HTTP_1_0(
            "HTTP/1.0, a connection for each POST",
            UNDERSTOOD,
            both(everyPost(post -> post.protocol("HTTP/1.0")), at(Moment.POSTED, PhoneSession::hangUp))),
    HTTP_1_0_KEEP_ALIVE("HTTP/1.0 with Connection: Keep-Alive", UNDERSTOOD, everyPost(post -> {
        post.protocol("HTTP/1.0");
        post.headers().put("Connection", "Keep-Alive");
    })),
    COOKIE_VERSIONED(
            "Q-07: the cookie in its first form",
            UNDERSTOOD,
            cookie(cookie -> "$Version=\"0\"; " + cookie + ";$Path=/")),
    COOKIE_WITH_DOMAIN(
            "Q-07: $Path and $Domain in quotes behind the cookie",
            UNDERSTOOD,
            cookie(cookie -> cookie + ";$Path=\"/\";$Domain=\"127.0.0.1\"")),
    COOKIE_WITH_ATTRIBUTES(
            "Q-07: the attributes of Set-Cookie sent back", UNDERSTOOD, cookie(cookie -> cookie + ";Version=1;Path=/")),
    COOKIE_PATH_FIRST("Q-07: attributes before the cookie", UNDERSTOOD, cookie(cookie -> "Path=/; " + cookie)),
    COOKIE_BY_COMMA(
            "Q-07: several cookies with commas", UNDERSTOOD, cookie(cookie -> "proxy=a1b2, " + cookie + ",x=y")),
    COOKIE_QUOTED(
            "Q-07: the cookie's value in quotes",
            UNDERSTOOD,
            cookie(cookie -> cookie.replaceFirst("=(.*)", "=\"$1\""))),
    NO_COOKIE("Q-08: no cookie, over one connection", UNDERSTOOD, withoutHeader("Cookie")),
    CONTENT_LENGTH_IN_CHARACTERS(
            "Q-10: Content-Length counts characters, and there is an accent",
            refused(400),
            delivery(HttpSpelling::lengthInCharacters)),
    GZIP("a body in gzip", UNDERSTOOD, post(HttpSpelling::gzip)),
    DEFLATE("a body in deflate", UNDERSTOOD, post(HttpSpelling::deflate)),
    GZIP_EMPTY("Content-Encoding: gzip with a body of length 0", UNDERSTOOD, everyPost(post -> {
        if (post.body().length == 0) {
            post.headers().put("Content-Encoding", "gzip");
        }
    })),
    GZIP_BROKEN(
            "gzip that is none", refused(400), informPost(post -> post.headers().put("Content-Encoding", "gzip"))),
    GZIP_BOMB("20 MiB of blanks as 20 KiB of gzip", refused(413), informPost(HttpSpelling::bomb)),
    CODING_UNKNOWN("a content coding that nobody knows", refused(415), informPost(post -> post.headers()
            .put("Content-Encoding", "br"))),
    BODY_TOO_LARGE("100 KB of Inform from a stranger", refused(413), informPost(HttpSpelling::inflated)),
    HALF_CLOSED_AT_ONCE(
            "a connection that is half-closed without an octet, then a session",
            UNDERSTOOD,
            at(Moment.START, session -> {
                session.wire().halfClose();
                session.hangUp();
            })),
    RESET_AT_ONCE(
            "a connection that is reset without an octet, then a session", UNDERSTOOD, at(Moment.START, session -> {
                session.wire().reset();
                session.hangUp();
            })),
    HALF_CLOSED_INFORM(
            "half-closes behind the Inform, and goes on over another connection",
            UNDERSTOOD,
            both(
                    delivery((post, wire) -> {
                        wire.write(post.octets());
                        wire.halfClose();
                        return wire.answer();
                    }),
                    at(Moment.POSTED, PhoneSession::hangUp))),
    VANISHED_IN_BODY("closes in the middle of the Inform", goneBefore(400), HttpSpelling.half(HttpWire::close)),
    RESET_IN_BODY("resets in the middle of the Inform", goneBefore(400), HttpSpelling.half(HttpWire::reset)),
    HALF_CLOSED_IN_BODY(
            "half-closes in the middle of the Inform", goneBefore(400), HttpSpelling.half(HttpWire::halfClose));

    private final Trait trait;

    HttpOddity(String wire, Prediction prediction, Manner manner) {
        this.trait = new Trait(wire, prediction, manner);
    }

    @Override
    public Trait trait() {
        return trait;
    }
}
