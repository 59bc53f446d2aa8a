package carillon.cwmp.message;

import carillon.cwmp.CwmpVersion;
import java.util.List;
import java.util.Optional;

/**
 * One SOAP envelope: headers, style and the message in its body.
 *
 * @param id the {@code cwmp:ID} header's text, to be echoed as it came; empty where there was none
 * @param headers the other CWMP headers
 * @param style how it is, or shall be, written
 */
public record Envelope(Optional<String> id, Headers headers, WireStyle style, CwmpMessage message) {
    /**
     * The optional headers of TR-069 Amendment 6, 3.4.7 and 3.6.6.
     *
     * @param holdRequests the ACS asks the CPE to send no requests
     * @param sessionTimeoutSeconds the CPE's SessionTimeout, from 1.3
     * @param supportedVersions the CPE's SupportedCWMPVersions as written, from 1.4
     * @param useVersion the ACS's UseCWMPVersion, from 1.4
     */
    public record Headers(
            boolean holdRequests,
            Optional<Integer> sessionTimeoutSeconds,
            List<String> supportedVersions,
            Optional<CwmpVersion> useVersion) {
        /** No header but the ID. */
        public static final Headers NONE = new Headers(false, Optional.empty(), List.of(), Optional.empty());

        public Headers {
            supportedVersions = List.copyOf(supportedVersions);
        }
    }

    public static Envelope of(Optional<String> id, WireStyle style, CwmpMessage message) {
        return new Envelope(id, Headers.NONE, style, message);
    }
}
