package carillon.cwmp.flatprofile;

import carillon.cwmp.Secret;
import java.util.Optional;

/**
 * What a phone sends after it evaluated a rule.
 *
 * @param url with the phone's own server where the rule names none
 * @param body of a POST; empty for a GET
 * @param uid and {@code pwd} answer a challenge of the server
 * @param key with which what comes is decrypted, unless it says {@code Content-Encoding: aes128gcm}
 * @param alias the letter of the GPP key that renames elements
 * @param srv whether the host is resolved by DNS SRV
 */
public record ProfileRequest(
        RuleUrl url,
        Optional<String> body,
        Optional<String> uid,
        Optional<Secret> pwd,
        Optional<Secret> key,
        Optional<Character> alias,
        boolean srv) {
    /** {@code GET} or {@code POST}. */
    public String method() {
        return body.isPresent() ? "POST" : "GET";
    }
}
