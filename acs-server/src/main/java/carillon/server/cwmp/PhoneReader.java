package carillon.server.cwmp;

import carillon.cwmp.codec.EnvelopeReader;
import carillon.cwmp.codec.MalformedEnvelopeException;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.Envelope;
import carillon.server.config.EnvelopeConfig;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what phones send, and decides how its model is written to where it does not want its own style back (CWMP-063). */
public final class PhoneReader {
    private final EnvelopeReader reader;
    private final EnvelopeConfig config;

    public PhoneReader(EnvelopeReader reader, EnvelopeConfig config) {
        this.reader = reader;
        this.config = config;
    }

    /** The envelope in these octets, with the style in which its session is answered. */
    EnvelopeReader.Read read(byte[] body, @Nullable String charset) throws MalformedEnvelopeException {
        EnvelopeReader.Read read = reader.read(body, body.length, charset);
        if (read.envelope().message() instanceof CpeRequest.Inform inform) {
            Optional<Boolean> wanted = config.declaration(inform.device().productClass());
            if (wanted.isPresent()) {
                Envelope envelope = read.envelope();
                return new EnvelopeReader.Read(
                        new Envelope(
                                envelope.id(),
                                envelope.headers(),
                                envelope.style().withXmlDeclaration(wanted.get()),
                                envelope.message()),
                        read.remarks());
            }
        }
        return read;
    }
}
