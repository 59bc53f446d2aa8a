package carillon.server.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.server.tftp.TftpTransfer.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One transfer with a client that the test plays, on a clock that the test moves. */
class TftpTransferTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final List<TftpPacket> sent = new ArrayList<>();
    private long now = 17 * SECOND;

    private TftpTransfer transfer(int octets, String... options) throws IOException {
        Map<String, String> asked = new TreeMap<>();
        for (int i = 0; i < options.length; i += 2) {
            asked.put(options[i], options[i + 1]);
        }
        byte[] content = content(octets);
        TftpTransfer transfer =
                new TftpTransfer(TftpContent.of(content), TftpOptions.agree(asked, content.length), now);
        transfer.begin(sent::add);
        return transfer;
    }

    private static byte[] content(int octets) {
        byte[] content = new byte[octets];
        new Random(octets).nextBytes(content);
        return content;
    }

    private List<Integer> blocks() {
        List<Integer> blocks = sent.stream()
                .filter(TftpPacket.Data.class::isInstance)
                .map(packet -> ((TftpPacket.Data) packet).block())
                .toList();
        sent.clear();
        return blocks;
    }

    private void ack(TftpTransfer transfer, int block) throws IOException {
        transfer.received(new TftpPacket.Ack(block), now, sent::add);
    }

    private void later(TftpTransfer transfer, long seconds) throws IOException {
        now += seconds * SECOND;
        transfer.tick(now, sent::add);
    }

    @Test
    void blocks_go_one_by_one_and_a_short_one_is_the_last() throws Exception {
        TftpTransfer transfer = transfer(1025);
        assertThat(blocks()).containsExactly(1);
        ack(transfer, 1);
        assertThat(blocks()).containsExactly(2);
        ack(transfer, 2);
        assertThat(sent).hasSize(1);
        assertThat(((TftpPacket.Data) sent.get(0)).content()).hasSize(1);
        ack(transfer, 3);
        assertThat(transfer.outcome()).contains(Outcome.DONE);
    }

    @Test
    void a_file_of_whole_blocks_ends_with_an_empty_one_and_an_empty_file_is_one_empty_block() throws Exception {
        TftpTransfer whole = transfer(512);
        ack(whole, 1);
        assertThat(((TftpPacket.Data) sent.get(1)).content()).isEmpty();
        ack(whole, 2);
        assertThat(whole.outcome()).contains(Outcome.DONE);
        sent.clear();
        TftpTransfer empty = transfer(0);
        assertThat(blocks()).containsExactly(1);
        ack(empty, 1);
        assertThat(empty.outcome()).contains(Outcome.DONE);
    }

    @Test
    void a_second_acknowledgement_of_the_same_block_doubles_nothing() throws Exception {
        TftpTransfer transfer = transfer(5000);
        ack(transfer, 1);
        assertThat(blocks()).containsExactly(1, 2);
        ack(transfer, 1);
        ack(transfer, 0);
        ack(transfer, 3);
        ack(transfer, 60_000);
        assertThat(blocks()).isEmpty();
    }

    @Test
    void nothing_is_sent_again_to_somebody_who_never_answered() throws Exception {
        TftpTransfer transfer = transfer(5000);
        for (int i = 0; i < 5; i++) {
            later(transfer, 1);
        }
        assertThat(blocks()).containsExactly(1);
        later(transfer, 1);
        assertThat(transfer.outcome()).contains(Outcome.UNANSWERED);
        assertThat(sent).isEmpty();
    }

    @Test
    void who_asks_again_is_told_again_three_times() throws Exception {
        TftpTransfer transfer = transfer(5000);
        for (int i = 0; i < 10; i++) {
            transfer.askedAgain(sent::add);
        }
        assertThat(blocks()).containsExactly(1, 1, 1, 1);
        ack(transfer, 1);
        sent.clear();
        transfer.askedAgain(sent::add);
        assertThat(sent).isEmpty();
    }

    @Test
    void a_client_that_stops_is_given_up_after_three_repeats() throws Exception {
        TftpTransfer transfer = transfer(5000);
        ack(transfer, 1);
        sent.clear();
        for (int i = 0; i < 3; i++) {
            later(transfer, 2);
            assertThat(blocks()).containsExactly(2);
        }
        later(transfer, 2);
        assertThat(transfer.outcome()).contains(Outcome.ABANDONED);
        assertThat(sent).isEmpty();
    }

    @Test
    void options_are_answered_before_the_first_block() throws Exception {
        TftpTransfer transfer = transfer(5000, "blksize", "1000", "timeout", "3", "tsize", "0");
        assertThat(sent).hasSize(1);
        assertThat(((TftpPacket.OptionAck) sent.get(0)).options())
                .containsEntry("blksize", "1000")
                .containsEntry("tsize", "5000");
        ack(transfer, 0);
        assertThat(((TftpPacket.Data) sent.get(1)).content()).hasSize(1000);
        sent.clear();
        later(transfer, 2);
        assertThat(sent).isEmpty();
        later(transfer, 1);
        assertThat(blocks()).containsExactly(1);
    }

    @Test
    void a_window_is_sent_at_once_and_again_from_where_the_client_has_got() throws Exception {
        TftpTransfer transfer = transfer(512 * 20, "windowsize", "4");
        ack(transfer, 0);
        assertThat(blocks()).containsExactly(1, 2, 3, 4);
        ack(transfer, 4);
        assertThat(blocks()).containsExactly(5, 6, 7, 8);
        ack(transfer, 6);
        assertThat(blocks()).containsExactly(7, 8, 9, 10);
        later(transfer, 2);
        assertThat(blocks()).containsExactly(7, 8, 9, 10);
    }

    @Test
    void a_client_that_says_no_ends_it() throws Exception {
        TftpTransfer transfer = transfer(5000, "tsize", "0");
        transfer.received(new TftpPacket.Failure(8, "tsize"), now, sent::add);
        assertThat(transfer.outcome()).contains(Outcome.REFUSED);
    }

    @Test
    void a_transfer_that_goes_on_for_ever_ends() throws Exception {
        TftpTransfer transfer = transfer(512 * 100_000);
        int block = 0;
        while (transfer.outcome().isEmpty()) {
            ack(transfer, ++block & 0xffff);
            later(transfer, 1);
            assertThat(block).isLessThan(4000);
        }
        assertThat(transfer.outcome()).contains(Outcome.ABANDONED);
    }

    @Test
    void block_numbers_begin_again_after_65535_on_a_line_that_loses_and_swaps_packets() throws Exception {
        for (String window : List.of("1", "8")) {
            byte[] content = content(8 * 70_000 + 3);
            Random random = new Random(9);
            TftpTransfer transfer = new TftpTransfer(
                    TftpContent.of(content),
                    TftpOptions.agree(Map.of("blksize", "8", "windowsize", window), content.length),
                    now);
            Deque<TftpPacket> line = new ArrayDeque<>();
            TftpTransfer.Line lossy = packet -> {
                if (random.nextInt(50) > 0) {
                    line.add(packet);
                }
            };
            transfer.begin(line::add);
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            int next = 1;
            while (transfer.outcome().isEmpty()) {
                TftpPacket packet = line.poll();
                if (packet == null) {
                    later(transfer, 0);
                    now = Math.max(now, transfer.deadline());
                    transfer.tick(now, lossy);
                } else if (packet instanceof TftpPacket.OptionAck) {
                    transfer.received(new TftpPacket.Ack(0), now, lossy);
                } else if (((TftpPacket.Data) packet).block() == (next & 0xffff)) {
                    got.write(((TftpPacket.Data) packet).content());
                    transfer.received(new TftpPacket.Ack(next++ & 0xffff), now, lossy);
                }
            }
            assertThat(transfer.outcome()).contains(Outcome.DONE);
            assertThat(got.toByteArray()).isEqualTo(content);
        }
    }
}
