package carillon.server.connect;

import carillon.cwmp.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A UDP connection request (TR-069 Amendment 6, Annex G, G.2.2): one datagram that looks like HTTP and is signed.
 *
 * @param stamp seconds since 1970, higher than in every earlier request to the phone
 * @param id another one in each request, the same in its copies
 * @param nonce random text
 */
record UdpConnectionRequest(UdpAddress to, long stamp, int id, String username, String nonce) {
    /** How often each is sent: datagrams get lost (CWMP-211). */
    static final int COPIES = 3;

    byte[] signed(Secret password) {
        String target = "http://" + to.text() + "?ts=" + stamp + "&id=" + id + "&un=" + username + "&cn=" + nonce
                + "&sig=" + signature(password);
        return ("GET " + target + " HTTP/1.1\r\nHost: " + to.text() + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private String signature(Secret password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            String text = stamp + "" + id + username + nonce;
            return HexFormat.of().withUpperCase().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java runtime has HmacSHA1", missing);
        }
    }
}
