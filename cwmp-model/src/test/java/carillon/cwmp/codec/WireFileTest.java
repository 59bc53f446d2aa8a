package carillon.cwmp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.codec.EnvelopeReader.Peer;
import carillon.cwmp.codec.EnvelopeReader.Read;
import carillon.cwmp.codec.WireFiles.WireFile;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.FaultMessage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireFileTest {
    private final EnvelopeWriter writer = new EnvelopeWriter();

    static List<WireFile> files() {
        return WireFiles.all();
    }

    @Test
    void the_corpus_is_whole() {
        assertThat(files()).hasSize(145);
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_wire_file_is_read_written_and_read_again_as_the_same_record(WireFile file) throws Exception {
        EnvelopeReader reader = new EnvelopeReader(CodecLimits.DEFAULT, file.from());

        Read first = reader.read(file.octets(), file.octets().length, "utf-8");
        byte[] written = writer.write(first.envelope());
        Read second = reader.read(written, written.length, "utf-8");

        assertThat(first.remarks()).isEmpty();
        assertThat(second.remarks()).isEmpty();
        assertThat(second.envelope()).isEqualTo(first.envelope());
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_wire_file_is_a_message_of_its_sender(WireFile file) throws Exception {
        EnvelopeReader reader = new EnvelopeReader(CodecLimits.DEFAULT, file.from());

        Read read = reader.read(file.octets(), file.octets().length, null);

        assertThat(read.envelope().message()).isNotInstanceOf(CpeRequest.Unknown.class);
        if (file.from() == Peer.CPE) {
            assertThat(read.envelope().message())
                    .isInstanceOfAny(CpeRequest.class, CpeResponse.class, FaultMessage.class);
        } else {
            assertThat(read.envelope().message())
                    .isInstanceOfAny(AcsRequest.class, AcsResponse.class, FaultMessage.class);
        }
    }
}
