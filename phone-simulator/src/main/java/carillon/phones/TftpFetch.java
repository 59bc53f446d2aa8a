package carillon.phones;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A file fetched by TFTP as a phone does it: in blocks of 512 octets, without options (RFC 1350). */
final class TftpFetch {
    private static final int BLOCK = 512;
    private static final int TIMEOUT_MILLIS = 1000;
    private static final int ATTEMPTS = 5;
    private static final int MOST = 64 * 1024 * 1024;
    private static final int DATA = 3;
    private static final int ERROR = 5;
    private static final int NOT_FOUND = 1;

    private TftpFetch() {}

    /** The file; throws a {@link FileNotFoundException} where the server says that there is none. */
    static byte[] fetch(String host, int port, String file) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            SocketAddress peer = new InetSocketAddress(InetAddress.getByName(host), port);
            byte[] out = ("\0\1" + file + "\0octet\0").getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            for (int block = 1; ; block++) {
                DatagramPacket in = exchange(socket, out, peer, block & 0xffff);
                peer = in.getSocketAddress();
                got.write(in.getData(), 4, in.getLength() - 4);
                out = ByteBuffer.allocate(4)
                        .putShort((short) 4)
                        .putShort((short) block)
                        .array();
                if (in.getLength() < BLOCK + 4) {
                    socket.send(new DatagramPacket(out, out.length, peer));
                    return got.toByteArray();
                }
                if (got.size() > MOST) {
                    throw new IOException("a file over " + MOST + " octets");
                }
            }
        }
    }

    private static DatagramPacket exchange(DatagramSocket socket, byte[] out, SocketAddress peer, int block)
            throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            socket.send(new DatagramPacket(out, out.length, peer));
            DatagramPacket in = new DatagramPacket(new byte[BLOCK + 5], BLOCK + 5);
            try {
                socket.receive(in);
            } catch (SocketTimeoutException silence) {
                continue;
            }
            ByteBuffer packet = ByteBuffer.wrap(Arrays.copyOf(in.getData(), Math.max(4, in.getLength())));
            int operation = packet.getShort();
            int number = Short.toUnsignedInt(packet.getShort());
            if (operation == ERROR && number == NOT_FOUND) {
                throw new FileNotFoundException("the TFTP server has no such file");
            }
            if (operation == ERROR) {
                throw new IOException("the TFTP server refused with " + number);
            }
            if (operation == DATA && number == block) {
                return in;
            }
        }
        throw new IOException("the TFTP server stopped answering");
    }
}
