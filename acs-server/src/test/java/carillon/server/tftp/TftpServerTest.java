package carillon.server.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.server.config.ConfigReader;
import carillon.server.config.ConfigSources;
import carillon.server.config.TftpConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server on a real socket of the loopback address. */
class TftpServerTest {
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private TftpServer server;

    @BeforeEach
    void start() throws Exception {
        files.put("small", new byte[600]);
        files.put("text", "one\ntwo\rthree\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        server = new TftpServer(
                TftpConfig.from(new ConfigReader(ConfigSources.of(
                        Map.of(
                                "files.tftp.host", "127.0.0.1",
                                "files.tftp.port", "0",
                                "files.tftp.transfers", "6",
                                "files.tftp.per-source", "4"),
                        Map.of()))),
                (name, source) -> Optional.ofNullable(files.get(name)).map(TftpContent::of),
                metrics);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private int port() {
        return server.door().orElseThrow().port();
    }

    /** A client with a port of its own. */
    private final class Client implements AutoCloseable {
        private final DatagramSocket socket;
        private InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), port());

        Client(String address) throws IOException {
            socket = new DatagramSocket(0, InetAddress.getByName(address));
            socket.setSoTimeout(2000);
        }

        Client ask(String file, String mode, Map<String, String> options) throws IOException {
            peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
            return send(new TftpPacket.Request(false, file, mode, options));
        }

        Client send(TftpPacket packet) throws IOException {
            return send(packet.encode());
        }

        Client send(byte[] octets) throws IOException {
            socket.send(new DatagramPacket(octets, octets.length, peer));
            return this;
        }

        Optional<TftpPacket> hear(int millis) throws IOException {
            socket.setSoTimeout(millis);
            DatagramPacket in = new DatagramPacket(new byte[70_000], 70_000);
            try {
                socket.receive(in);
            } catch (SocketTimeoutException silence) {
                return Optional.empty();
            }
            peer = (InetSocketAddress) in.getSocketAddress();
            return TftpPacket.decode(ByteBuffer.wrap(in.getData(), 0, in.getLength()));
        }

        TftpPacket hear() throws IOException {
            return hear(5000).orElseThrow();
        }

        byte[] fetch(String file, String mode) throws IOException {
            ask(file, mode, Map.of());
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            while (true) {
                TftpPacket.Data data = (TftpPacket.Data) hear();
                got.write(data.content());
                send(new TftpPacket.Ack(data.block()));
                if (data.content().length < 512) {
                    return got.toByteArray();
                }
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private double count(String name, String outcome) {
        return metrics.counter(name, "outcome", outcome).count();
    }

    @Test
    void a_file_comes_from_a_port_of_its_own() throws Exception {
        try (Client client = new Client("127.0.0.1")) {
            assertThat(client.fetch("small", "octet")).hasSize(600);
            assertThat(client.peer.getPort()).isNotEqualTo(port());
            assertThat(client.fetch("small", "OCTET"))
                    .as("the same client asks again")
                    .hasSize(600);
        }
    }

    @Test
    void text_is_translated_where_the_client_wants_that() throws Exception {
        try (Client client = new Client("127.0.0.1")) {
            assertThat(client.fetch("text", "netascii"))
                    .asString(java.nio.charset.StandardCharsets.US_ASCII)
                    .isEqualTo("one\r\ntwo\r\0three\r\n");
            assertThat(client.fetch("text", "octet")).hasSize(14);
            files.put("huge", new byte[(1 << 20) + 1]);
            assertThat(client.ask("huge", "netascii", Map.of()).hear()).isEqualTo(TftpPacket.Failure.TOO_LARGE);
        }
    }

    @Test
    void what_is_not_there_and_what_is_not_allowed_is_one_small_packet() throws Exception {
        try (Client client = new Client("127.0.0.1")) {
            assertThat(client.ask("nothing", "octet", Map.of()).hear()).isEqualTo(TftpPacket.Failure.NOT_FOUND);
            client.peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
            assertThat(client.send(new TftpPacket.Request(true, "small", "octet", Map.of()))
                            .hear())
                    .isEqualTo(TftpPacket.Failure.READ_ONLY);
            assertThat(client.ask("small", "mail", Map.of()).hear()).isEqualTo(TftpPacket.Failure.ILLEGAL);
            assertThat(client.hear(200)).isEmpty();
        }
        assertThat(files.get("small")).hasSize(600);
    }

    @Test
    void noise_is_not_answered_at_all() throws Exception {
        try (Client client = new Client("127.0.0.1")) {
            client.send(new byte[] {0, 1, 'x'})
                    .send(new TftpPacket.Ack(1))
                    .send(new TftpPacket.Data(1, new byte[512]))
                    .send(TftpPacket.Failure.ILLEGAL)
                    .send(new byte[1000])
                    .send(new byte[0]);
            assertThat(client.hear(300)).isEmpty();
            assertThat(client.fetch("small", "octet")).as("and all goes on").hasSize(600);
        }
        assertThat(count("carillon.tftp.requests", "ignored")).isEqualTo(6);
    }

    @Test
    void a_flood_from_one_address_gets_few_packets_and_others_are_served() throws Exception {
        List<Client> flood = new ArrayList<>();
        try {
            int heard = 0;
            for (int i = 0; i < 60; i++) {
                Client client = new Client("127.0.0.2");
                flood.add(client);
                client.ask("small", "octet", Map.of());
            }
            for (Client client : flood) {
                heard += client.hear(20).isPresent() ? 1 : 0;
            }
            assertThat(heard).as("one packet for each transfer that was begun").isEqualTo(4);
            assertThat(count("carillon.tftp.requests", "limited")).isEqualTo(56);
            try (Client other = new Client("127.0.0.1")) {
                assertThat(other.fetch("small", "octet")).hasSize(600);
            }
        } finally {
            flood.forEach(Client::close);
        }
    }

    @Test
    void all_addresses_together_begin_only_so_many() throws Exception {
        List<Client> clients = new ArrayList<>();
        try {
            int heard = 0;
            for (int i = 0; i < 10; i++) {
                Client client = new Client("127.0.1." + (i + 1));
                clients.add(client);
                heard += client.ask("small", "octet", Map.of()).hear(500).isPresent() ? 1 : 0;
            }
            assertThat(heard).isEqualTo(6);
            clients.forEach(Client::close);
            // the port that is gone is reported, so the place is free at the next packet that goes there or a while
            // later
            try (Client client = new Client("127.0.0.1")) {
                Optional<TftpPacket> served = Optional.empty();
                for (int i = 0; i < 20 && served.isEmpty(); i++) {
                    served = client.ask("small", "octet", Map.of()).hear(1000);
                }
                assertThat(served).get().isInstanceOf(TftpPacket.Data.class);
            }
        } finally {
            clients.forEach(Client::close);
        }
    }

    @Test
    void only_the_client_that_asked_is_heard_in_its_transfer() throws Exception {
        try (Client client = new Client("127.0.0.1");
                Client stranger = new Client("127.0.0.1")) {
            client.ask("small", "octet", Map.of()).hear();
            stranger.peer = client.peer;
            stranger.send(new TftpPacket.Ack(1)).send(new TftpPacket.Failure(0, "stop"));
            assertThat(stranger.hear(200)).isEmpty();
            assertThat(client.hear(200)).isEmpty();
            assertThat(client.send(new TftpPacket.Ack(1)).hear()).isInstanceOf(TftpPacket.Data.class);
        }
    }

    @Test
    void a_request_that_comes_twice_begins_one_transfer() throws Exception {
        try (Client client = new Client("127.0.0.1")) {
            client.ask("small", "octet", Map.of("tsize", "0"));
            TftpPacket first = client.hear();
            InetSocketAddress from = client.peer;
            client.ask("small", "octet", Map.of("tsize", "0"));
            assertThat(client.hear()).isEqualTo(first);
            assertThat(client.peer).isEqualTo(from);
        }
    }

    @Test
    void a_port_that_is_taken_is_told_with_its_setting() throws Exception {
        TftpServer second = new TftpServer(
                TftpConfig.from(new ConfigReader(ConfigSources.of(
                        Map.of("files.tftp.host", "127.0.0.1", "files.tftp.port", String.valueOf(port())), Map.of()))),
                (name, source) -> Optional.empty(),
                metrics);
        assertThatThrownBy(second::start)
                .hasMessageContaining("UDP port " + port())
                .hasMessageContaining("files.tftp.port");
    }
}
