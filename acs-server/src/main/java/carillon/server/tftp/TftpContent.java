package carillon.server.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The octets of a file while they are sent. */
public interface TftpContent extends AutoCloseable {
    /** How many there are. */
    long length();

    /** These octets; {@code count} of them are there. */
    byte[] read(long from, int count) throws IOException;

    @Override
    void close() throws IOException;

    /** Octets that are in memory. */
    static TftpContent of(byte[] octets) {
        return new TftpContent() {
            @Override
            public long length() {
                return octets.length;
            }

            @Override
            public byte[] read(long from, int count) {
                return java.util.Arrays.copyOfRange(octets, (int) from, (int) from + count);
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }

    /** A file on disk, held open. */
    static TftpContent of(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        long length = channel.size();
        return new TftpContent() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public byte[] read(long from, int count) throws IOException {
                ByteBuffer block = ByteBuffer.allocate(count);
                while (block.hasRemaining()) {
                    if (channel.read(block, from + block.position()) < 0) {
                        throw new IOException("the file became shorter while it was sent");
                    }
                }
                return block.array();
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }
}
