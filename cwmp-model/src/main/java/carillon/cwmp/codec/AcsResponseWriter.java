package carillon.cwmp.codec;

import carillon.cwmp.message.AcsResponse;

/** Writes what an ACS answers. */
final class AcsResponseWriter {
    private AcsResponseWriter() {}

    static void write(AcsResponse response, Frame frame, XmlBytes out) {
        if (response instanceof AcsResponse.InformResponse inform && inform.maxEnvelopes() == 1) {
            frame.informResponse(out);
            return;
        }
        out.openMethod(response.name());
        if (response instanceof AcsResponse.InformResponse inform) {
            out.leaf("MaxEnvelopes", inform.maxEnvelopes());
        } else if (response instanceof AcsResponse.GetRpcMethodsResponse methods) {
            Lists.strings("MethodList", methods.methods(), out);
        } else if (response instanceof AcsResponse.KickedResponse kicked) {
            out.leaf("NextURL", kicked.nextUrl());
        }
        out.closeMethod(response.name());
    }
}
