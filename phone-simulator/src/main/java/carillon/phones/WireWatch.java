package carillon.phones;

import carillon.cwmp.CwmpVersion;

/**
 * Hears all that servers send to the phones of this process, in any session. Found by {@link java.util.ServiceLoader};
 * called by the phones' own threads.
 */
public interface WireWatch {
    /**
     * One body, as it came.
     *
     * @param version the newest version that the phone knows
     */
    void heard(CwmpVersion version, byte[] body);
}
