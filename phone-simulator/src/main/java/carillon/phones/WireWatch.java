package carillon.phones;

/**
 * Hears all that servers send to the phones of this process, in any session. Found by {@link java.util.ServiceLoader};
 * called by the phones' own threads.
 */
public interface WireWatch {
    /**
     * One body, as it came.
     *
     * @param namespace of CWMP, as the phone's Inform used it
     */
    void heard(String namespace, byte[] body);
}
