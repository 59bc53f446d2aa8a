package carillon.cwmp.codec;

import carillon.cwmp.message.Envelope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads envelopes: a strict streaming pass, and where that fails one lax pass with repairs. Thread-safe. */
public final class EnvelopeReader {
    /**
     * An envelope and what had to be tolerated to read it; one short line each, empty as a rule.
     */
    public record Read(Envelope envelope, List<String> remarks) {
        public Read {
            remarks = List.copyOf(remarks);
        }
    }

    /** Who wrote what is read. GetRPCMethods and its response look alike from either side. */
    public enum Peer {
        /** Requests are {@link carillon.cwmp.message.CpeRequest}s, responses {@link carillon.cwmp.message.CpeResponse}s. */
        CPE,
        /** Requests are {@link carillon.cwmp.message.AcsRequest}s, responses {@link carillon.cwmp.message.AcsResponse}s. */
        ACS
    }

    public EnvelopeReader(CodecLimits limits, Peer from) {}

    /**
     * Reads one envelope. A body without octets (or only blanks) is an {@link carillon.cwmp.message.Empty} message.
     *
     * @param charset from the Content-Type, null where there was none
     * @throws MalformedEnvelopeException if it cannot be understood
     */
    public Read read(byte[] body, int length, @Nullable String charset) throws MalformedEnvelopeException {
        throw new UnsupportedOperationException("contract");
    }
}
