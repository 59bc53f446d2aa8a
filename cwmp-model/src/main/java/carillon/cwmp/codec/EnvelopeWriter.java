package carillon.cwmp.codec;

import carillon.cwmp.message.Envelope;

/** Writes envelopes as UTF-8, valid against the schema of their namespace, in the style they carry. Thread-safe. */
public final class EnvelopeWriter {
    /** The envelope's octets. An Empty message has none. */
    public byte[] write(Envelope envelope) {
        throw new UnsupportedOperationException("contract");
    }
}
