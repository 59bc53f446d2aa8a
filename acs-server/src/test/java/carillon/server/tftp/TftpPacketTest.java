package carillon.server.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TftpPacketTest {
    private static Optional<TftpPacket> decode(String latin) {
        return TftpPacket.decode(ByteBuffer.wrap(latin.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static Map<String, String> options(String... pairs) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            options.put(pairs[i], pairs[i + 1]);
        }
        return options;
    }

    @Test
    void packets_are_written_as_the_standards_draw_them() {
        assertThat(new TftpPacket.Request(false, "a/b.xml", "octet", options("blksize", "1432", "tsize", "0")).encode())
                .asString(StandardCharsets.ISO_8859_1)
                .isEqualTo("\0\1a/b.xml\0octet\0blksize\0" + "1432\0tsize\0" + "0\0");
        assertThat(new TftpPacket.Data(65_535, new byte[] {7}).encode()).containsExactly(0, 3, 255, 255, 7);
        assertThat(new TftpPacket.Ack(258).encode()).containsExactly(0, 4, 1, 2);
        assertThat(TftpPacket.Failure.NOT_FOUND.encode())
                .asString(StandardCharsets.ISO_8859_1)
                .isEqualTo("\0\5\0\1not found\0");
        assertThat(new TftpPacket.OptionAck(options("windowsize", "8")).encode())
                .asString(StandardCharsets.ISO_8859_1)
                .isEqualTo("\0\6windowsize\0" + "8\0");
    }

    @Test
    void what_was_written_is_read() {
        for (TftpPacket packet : new TftpPacket[] {
            new TftpPacket.Request(true, "x", "netascii", options("timeout", "3")),
            new TftpPacket.Request(false, "x", "octet", options()),
            new TftpPacket.Ack(0),
            new TftpPacket.Ack(65_535),
            TftpPacket.Failure.ILLEGAL,
            new TftpPacket.OptionAck(options("blksize", "8"))
        }) {
            assertThat(TftpPacket.decode(ByteBuffer.wrap(packet.encode()))).contains(packet);
        }
        assertThat(decode("\0\3\0\1abc")).get().isInstanceOfSatisfying(TftpPacket.Data.class, data -> {
            assertThat(data.block()).isOne();
            assertThat(data.content()).containsExactly('a', 'b', 'c');
        });
    }

    @Test
    void names_of_options_and_modes_count_whatever_their_case() {
        assertThat(decode("\0\1x\0OcTeT\0BlkSize\0" + "600\0"))
                .contains(new TftpPacket.Request(false, "x", "octet", options("blksize", "600")));
    }

    @Test
    void what_is_no_packet_is_nothing() {
        for (String octets : new String[] {
            "",
            "\0",
            "\0\1",
            "\0\1x",
            "\0\1\0octet\0",
            "\0\1x\0octet",
            "\0\1x\0",
            "\0\7\0\0",
            "\1\1x\0octet\0",
            "\0\1x\0octet\0blksize\0",
            "\0\1" + "x".repeat(600) + "\0octet\0"
        }) {
            assertThat(decode(octets)).as(octets).isEmpty();
        }
        assertThat(decode("\0\1x\0octet\0\0\0\0")).isPresent();
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            if (noise.length > 1) {
                noise[0] = 0;
                noise[1] = (byte) random.nextInt(8);
            }
            assertThat(TftpPacket.decode(ByteBuffer.wrap(noise))).isNotNull();
        }
    }

    @Test
    void options_are_taken_within_bounds_and_the_others_left_out() {
        TftpOptions usual = TftpOptions.agree(options(), 1000);
        assertThat(usual.blockSize()).isEqualTo(512);
        assertThat(usual.window()).isOne();
        assertThat(usual.taken()).isEmpty();
        assertThat(TftpOptions.agree(options("tsize", "0", "blksize", "100000", "windowsize", "64", "timeout", "5"), 77)
                        .taken())
                .isEqualTo(options("tsize", "77", "blksize", "65464", "windowsize", "8", "timeout", "5"));
        assertThat(TftpOptions.agree(
                                options(
                                        "blksize",
                                        "7",
                                        "windowsize",
                                        "0",
                                        "timeout",
                                        "255",
                                        "tsize",
                                        "x",
                                        "multicast",
                                        ""),
                                77)
                        .taken())
                .isEmpty();
    }
}
