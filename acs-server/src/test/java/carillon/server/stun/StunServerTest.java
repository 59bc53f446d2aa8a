package carillon.server.stun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.Secret;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.StunConfig;
import carillon.server.lifecycle.StartFailedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StunServerTest {
    private static final byte[] CLASSIC = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
    private static final byte[] MODERN = HexFormat.of().parseHex("2112a4420123456789abcdef01234567");

    /** RFC 5769, 2.1: its password is below. */
    private static final String SAMPLE =
            "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74"
                    + "002400046e0001ff80290008932ff9b151263b36000600096576746a3a68367659202020"
                    + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf";

    private final List<String> bound = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private StunServer server;
    private DatagramSocket phone;

    private final StunClients clients = new StunClients() {
        @Override
        public CompletableFuture<List<Secret>> passwords(String username) {
            return CompletableFuture.completedFuture(
                    username.equals("phone") ? List.of(new Secret("new"), new Secret("old")) : List.of());
        }

        @Override
        public void bound(String username, InetSocketAddress seen, boolean changed) {
            bound.add(username + " at " + seen.getPort() + (changed ? " changed" : ""));
        }
    };

    private static StunConfig config(int port, int perSource) {
        return new StunConfig(
                new Door("stun", "stun.port", "127.0.0.1", port), perSource, false, Duration.ofSeconds(30));
    }

    @BeforeEach
    void start() throws Exception {
        server = new StunServer(config(0, 50), clients, registry);
        server.start();
        phone = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        phone.setSoTimeout(20_000);
    }

    @AfterEach
    void stop() throws Exception {
        phone.close();
        server.stop();
    }

    private static byte[] attribute(int type, byte[] value) {
        return ByteBuffer.allocate(4 + (value.length + 3) / 4 * 4)
                .putShort((short) type)
                .putShort((short) value.length)
                .put(value)
                .array();
    }

    private static byte[] attribute(int type, String value) {
        return attribute(type, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }

    private static byte[] request(byte[] transaction, byte[]... attributes) {
        byte[] all = joined(attributes);
        return joined(
                ByteBuffer.allocate(4)
                        .putShort((short) 1)
                        .putShort((short) all.length)
                        .array(),
                transaction,
                all);
    }

    private static byte[] signed(byte[] transaction, String password, boolean padded, byte[]... attributes) {
        byte[] plain = request(transaction, attributes);
        ByteBuffer.wrap(plain).putShort(2, (short) (plain.length - 20 + 24));
        byte[] proof = Integrity.of(plain, password.getBytes(StandardCharsets.UTF_8), padded);
        return joined(plain, attribute(Attributes.MESSAGE_INTEGRITY, proof));
    }

    private static byte[] binds() {
        return attribute(0xC001, "dslforum.org/TR-111 ");
    }

    private void send(byte[] datagram) throws Exception {
        phone.send(new DatagramPacket(
                datagram,
                datagram.length,
                new InetSocketAddress("127.0.0.1", server.door().orElseThrow().port())));
    }

    private byte[] ask(byte[] datagram) throws Exception {
        send(datagram);
        return hear().orElseThrow();
    }

    private Optional<byte[]> hear() throws Exception {
        DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
        try {
            phone.receive(answer);
        } catch (SocketTimeoutException silence) {
            return Optional.empty();
        }
        return Optional.of(Arrays.copyOf(answer.getData(), answer.getLength()));
    }

    private byte[] mapped() {
        return ByteBuffer.allocate(8)
                .put((byte) 0)
                .put((byte) 1)
                .putShort((short) phone.getLocalPort())
                .put(new byte[] {127, 0, 0, 1})
                .array();
    }

    private static int error(byte[] answer) {
        assertThat(ByteBuffer.wrap(answer).getShort()).isEqualTo((short) 0x0111);
        return answer[26] * 100 + answer[27];
    }

    @Test
    @Tag("CWMP-213")
    void a_request_of_the_old_kind_is_answered_with_where_it_came_from() throws Exception {
        byte[] answer = ask(request(CLASSIC));
        assertThat(answer)
                .isEqualTo(joined(
                        HexFormat.of().parseHex("0101000c"), CLASSIC, attribute(Attributes.MAPPED_ADDRESS, mapped())));
    }

    @Test
    @Tag("CWMP-213")
    void a_request_with_the_magic_cookie_gets_the_mixed_address_too() throws Exception {
        byte[] mixed = mapped();
        for (int i = 0; i < 6; i++) {
            mixed[2 + i] ^= MODERN[i < 2 ? i : i - 2];
        }
        assertThat(ask(request(MODERN)))
                .isEqualTo(joined(
                        HexFormat.of().parseHex("01010018"),
                        MODERN,
                        attribute(Attributes.MAPPED_ADDRESS, mapped()),
                        attribute(Attributes.XOR_MAPPED_ADDRESS, mixed)));
    }

    @Test
    @Tag("CWMP-213")
    void a_phone_that_proves_its_password_is_where_it_is_seen() throws Exception {
        byte[] user = attribute(Attributes.USERNAME, "phone   "); // padded, as RFC 3489 wants it
        for (boolean padded : new boolean[] {true, false}) {
            bound.clear();
            byte[] answer = ask(signed(CLASSIC, "new", padded, binds(), user));
            assertThat(ByteBuffer.wrap(answer).getShort()).isEqualTo((short) 0x0101);
            assertThat(bound).containsExactly("phone at " + phone.getLocalPort());
        }
        bound.clear();
        ask(signed(MODERN, "old", false, binds(), attribute(0xC002, new byte[0]), user));
        assertThat(bound).containsExactly("phone at " + phone.getLocalPort() + " changed");
    }

    @Test
    @Tag("CWMP-213")
    void an_answer_to_a_proof_carries_a_proof() throws Exception {
        byte[] answer = ask(signed(MODERN, "new", false, binds(), attribute(Attributes.USERNAME, "phone")));
        int at = answer.length - 24;
        byte[] told = Arrays.copyOfRange(answer, at + 4, answer.length);
        assertThat(Integrity.proves(Arrays.copyOf(answer, at), told, "new".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }

    @Test
    @Tag("CWMP-213")
    void who_does_not_prove_it_is_not_believed() throws Exception {
        byte[] user = attribute(Attributes.USERNAME, "phone");
        assertThat(error(ask(request(CLASSIC, binds(), user)))).isEqualTo(401);
        assertThat(error(ask(signed(CLASSIC, "wrong", true, binds(), user)))).isEqualTo(431);
        assertThat(error(ask(signed(MODERN, "wrong", false, binds(), user)))).isEqualTo(401);
        byte[] stranger = attribute(Attributes.USERNAME, "stranger");
        assertThat(error(ask(signed(CLASSIC, "new", true, binds(), stranger)))).isEqualTo(431);
        assertThat(ask(request(CLASSIC, binds())))
                .as("without a name it learns its address, and is nobody")
                .hasSize(32);
        byte[] cut = attribute(0xC001, "dslforum.org/TR-111");
        assertThat(ask(signed(CLASSIC, "new", true, cut, user)))
                .as("the last blank belongs to it")
                .hasSize(32);
        assertThat(bound).isEmpty();
    }

    @Test
    void the_sample_of_rfc_5769_is_proven_by_its_password() {
        StunRequest sample = StunRequest.read(HexFormat.of().parseHex(SAMPLE)).orElseThrow();
        assertThat(sample.username()).contains("evtj:h6vY");
        assertThat(sample.isProvenBy("VOkJxbRl1RmTxUk/WvJxBt".getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
        assertThat(sample.isProvenBy("VOkJxbRl1RmTxUk/WvJxBT".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
    }

    @Test
    void an_answer_goes_to_another_port_of_the_same_phone_and_to_nobody_else() throws Exception {
        try (DatagramSocket other = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            byte[] there = ByteBuffer.allocate(8)
                    .putShort((short) 1)
                    .putShort((short) other.getLocalPort())
                    .put(new byte[] {127, 0, 0, 1})
                    .array();
            send(request(CLASSIC, attribute(Attributes.RESPONSE_ADDRESS, there)));
            other.setSoTimeout(20_000);
            DatagramPacket answer = new DatagramPacket(new byte[100], 100);
            other.receive(answer);
            assertThat(answer.getLength()).isEqualTo(32);
            there[7] = 2;
            send(request(CLASSIC, attribute(Attributes.RESPONSE_ADDRESS, there)));
            assertThat(ask(request(MODERN)))
                    .as("the one before was not answered")
                    .startsWith(1, 1, 0, 24);
        }
    }

    @Test
    void what_must_be_understood_and_is_not_is_named() throws Exception {
        byte[] answer = ask(request(CLASSIC, attribute(0x0003, new byte[] {0, 0, 0, 6})));
        assertThat(error(answer)).isEqualTo(420);
        assertThat(HexFormat.of().formatHex(answer)).endsWith("000a000400030003");
        assertThat(ask(request(CLASSIC, attribute(0x0003, new byte[4]))))
                .as("old clients say that nothing is to be changed")
                .startsWith(1, 1, 0, 12);
    }

    @Test
    void what_is_no_binding_request_is_not_answered_and_does_no_harm() throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            byte[] noise = new byte[random.nextInt(700)];
            random.nextBytes(noise);
            if (noise.length > 1) {
                noise[0] = 0;
                noise[1] = (byte) (i % 3 == 0 ? 1 : noise[1]);
            }
            assertThat(StunRequest.read(noise)).satisfies(read -> read.ifPresent(StunRequest::toString));
        }
        byte[] good = request(CLASSIC);
        byte[] response = good.clone();
        response[0] = 1;
        byte[] longer = good.clone();
        longer[3] = 4;
        for (byte[] bad : List.of(
                response,
                longer,
                Arrays.copyOf(good, 19),
                new byte[0],
                request(CLASSIC, new byte[] {(byte) 0x80, 1, 0, 99}),
                request(CLASSIC, new byte[600]))) {
            send(bad);
        }
        assertThat(ask(request(MODERN))).as("only this one is answered").startsWith(1, 1, 0, 24);
    }

    @Test
    void an_address_that_floods_is_not_answered_any_more() throws Exception {
        for (int i = 0; i < 500; i++) {
            send(request(CLASSIC));
        }
        phone.setSoTimeout(500);
        int answered = 0;
        while (hear().isPresent()) {
            answered++;
        }
        assertThat(answered).as("50 in each of the two or three seconds").isBetween(50, 200);
        assertThat(registry.counter("carillon.stun.requests", "outcome", "limited")
                        .count())
                .isGreaterThan(200);
    }

    @Test
    void a_port_that_is_taken_is_said_so() {
        int taken = server.door().orElseThrow().port();
        StunServer second = new StunServer(config(taken, 1), clients, registry);
        assertThatThrownBy(second::start)
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("UDP port " + taken)
                .hasMessageContaining("stun.port");
        assertThat(second.isOpen()).isFalse();
        assertThat(second.door()).isEmpty();
    }
}
