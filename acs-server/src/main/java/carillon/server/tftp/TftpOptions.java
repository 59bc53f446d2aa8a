package carillon.server.tftp;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What client and server agree on for one transfer.
 *
 * @param blockSize octets of a block (RFC 2348)
 * @param window blocks that are sent before an acknowledgement (RFC 7440)
 * @param timeout until something is sent again (RFC 2349)
 * @param taken what the server tells the client that it takes; none where it asked for nothing that is known
 */
record TftpOptions(int blockSize, int window, Duration timeout, Map<String, String> taken) {
    static final int LARGEST_WINDOW = 8;

    private static final int USUAL_BLOCK = 512;
    private static final int SMALLEST_BLOCK = 8;
    private static final int LARGEST_BLOCK = 65_464;
    private static final int LONGEST_TIMEOUT = 10;
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(2);

    /** Answers what was asked for; what is unknown or impossible is left out, as RFC 2347 wants it. */
    static TftpOptions agree(Map<String, String> asked, long length) {
        Map<String, String> taken = new LinkedHashMap<>();
        int blockSize = USUAL_BLOCK;
        int window = 1;
        Duration timeout = USUAL_TIMEOUT;
        for (Map.Entry<String, String> option : asked.entrySet()) {
            OptionalInt number = number(option.getValue());
            if (number.isEmpty()) {
                continue;
            }
            int value = number.getAsInt();
            switch (option.getKey()) {
                case "blksize" -> {
                    if (value >= SMALLEST_BLOCK) {
                        blockSize = Math.min(value, LARGEST_BLOCK);
                        taken.put("blksize", String.valueOf(blockSize));
                    }
                }
                case "windowsize" -> {
                    if (value >= 1) {
                        window = Math.min(value, LARGEST_WINDOW);
                        taken.put("windowsize", String.valueOf(window));
                    }
                }
                case "timeout" -> {
                    // the value cannot be bargained about: it is taken or left out
                    if (value >= 1 && value <= LONGEST_TIMEOUT) {
                        timeout = Duration.ofSeconds(value);
                        taken.put("timeout", String.valueOf(value));
                    }
                }
                case "tsize" -> taken.put("tsize", String.valueOf(length));
                default -> {}
            }
        }
        return new TftpOptions(blockSize, window, timeout, taken);
    }

    private static OptionalInt number(String text) {
        return text.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
