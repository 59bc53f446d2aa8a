package carillon.server.config;

import carillon.server.config.ListenersConfig.Door;

/**
 * Files over TFTP.
 *
 * @param door where it listens
 * @param transfers at one time
 * @param perSource of them with one address
 */
public record TftpConfig(Door door, int transfers, int perSource) {
    public static TftpConfig from(ConfigReader reader) {
        return new TftpConfig(
                new Door(
                        "files.tftp",
                        "files.tftp.port",
                        reader.text(
                                "files.tftp.host",
                                ListenersConfig.ALL_ADDRESSES,
                                "Address of files for phones over TFTP; * means all addresses. Name one where the"
                                        + " machine has several: phones expect the answer from where they asked."),
                        reader.number(
                                "files.tftp.port",
                                6969,
                                -1,
                                65_535,
                                "UDP port of files for phones over TFTP (69 where the system allows it); 0 means any"
                                        + " free port, -1 turns it off.")),
                reader.number(
                        "files.tftp.transfers", 256, 1, 2000, "How many TFTP transfers may be under way at one time."),
                reader.number(
                        "files.tftp.per-source",
                        32,
                        1,
                        2000,
                        "How many TFTP transfers of one address may be under way at one time; a site's phones may share"
                                + " one."));
    }
}
