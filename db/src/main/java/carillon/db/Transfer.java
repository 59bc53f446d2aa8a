package carillon.db;

/**
 * An address at which one phone fetches or leaves one file, bound to an RPC.
 *
 * @param tokenHash SHA-256 of the token in the address, 64 hexadecimal digits
 * @param name the file's: what is sent, or what will be kept
 * @param type as CWMP names file types
 * @param sha256 of what is sent; empty for what is received
 * @param octets of what is sent; 0 for what is received
 * @param login whether the phone has to log in there
 */
public record Transfer(
        String tokenHash,
        String rpcId,
        Direction direction,
        String name,
        String type,
        String sha256,
        long octets,
        boolean login) {
    /** Which way the file goes. */
    public enum Direction {
        TO_PHONE,
        FROM_PHONE
    }

    /**
     * A transfer whose address is good now.
     *
     * @param deviceKey the phone it is for
     * @param deviceSerial of that phone, for log lines
     */
    public record Open(Transfer transfer, long deviceKey, String tenant, String site, String deviceSerial) {}
}
