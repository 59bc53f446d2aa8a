package carillon.rpc.bench;

import carillon.cwmp.codec.CodecTrial;
import carillon.cwmp.codec.EnvelopeWriter;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.WireStyle;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What reading and writing cost, beside a pass of the bare parser over the same octets. */
@State(Scope.Thread)
public class CodecSpeed {
    private final CodecTrial inform = CodecTrial.ofInform(15);
    private final CodecTrial values = CodecTrial.ofValues(20_000);
    private final EnvelopeWriter writer = new EnvelopeWriter();
    private final Envelope informResponse =
            Envelope.of(Optional.of("1"), WireStyle.DEFAULT, new AcsResponse.InformResponse(1));

    @Benchmark
    public Envelope informRead() {
        return inform.read();
    }

    @Benchmark
    public int informBare() {
        return inform.pass();
    }

    @Benchmark
    public Envelope valuesRead() {
        return values.read();
    }

    @Benchmark
    public int valuesBare() {
        return values.pass();
    }

    @Benchmark
    public byte[] informResponseWritten() {
        return writer.write(informResponse);
    }
}
