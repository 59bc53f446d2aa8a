package carillon.cwmp.message;

import carillon.cwmp.CwmpVersion;

/**
 * How an envelope is written, where the standard leaves a choice and devices do not: an Inform's style is kept and
 * mirrored for its whole session.
 *
 * @param envelopePrefix prefix of the SOAP envelope namespace
 * @param encodingPrefix prefix of the SOAP encoding namespace
 * @param methodPrefix prefix of the CWMP namespace
 * @param namespace the CWMP namespace, also an unofficial {@code urn:dslforum-org:cwmp-1-N}
 * @param xmlDeclaration whether the text begins with an XML declaration
 */
public record WireStyle(
        String envelopePrefix, String encodingPrefix, String methodPrefix, String namespace, boolean xmlDeclaration) {
    /** What none of the clients that were measured stumbles over. */
    public static final WireStyle DEFAULT = of(CwmpVersion.V1_0);

    /** The same, beginning with an XML declaration or not. */
    public WireStyle withXmlDeclaration(boolean wanted) {
        return new WireStyle(envelopePrefix, encodingPrefix, methodPrefix, namespace, wanted);
    }

    /** The default style in the namespace of this version. */
    public static WireStyle of(CwmpVersion version) {
        return new WireStyle("SOAP-ENV", "SOAP-ENC", "cwmp", version.namespace(), false);
    }
}
