package carillon.server.config;

/**
 * Proxies in front of this server.
 *
 * @param networks from which the headers count with which proxies tell who called them, and how
 * @param certificateHeader the one with the client's certificate; empty for none
 */
public record ProxyConfig(Networks networks, String certificateHeader) {
    public static ProxyConfig from(ConfigReader reader) {
        Networks networks = new Networks(reader.list(
                "trusted.proxies",
                "",
                "Networks (CIDR, parted by commas) of the proxies in front of this server: their Forwarded or"
                        + " X-Forwarded-For and X-Forwarded-Proto headers tell who called, anybody else's tell nothing.",
                Networks.Network::parse));
        String header = reader.text(
                "trusted.proxies.certificate",
                "",
                "Header in which these proxies tell the client's certificate, as RFC 9440 writes it (Client-Cert) or"
                        + " as PEM with percent signs (nginx); they must take it off what clients send. Empty: none"
                        + " does.");
        if (!header.isEmpty() && networks.all().isEmpty()) {
            reader.problem("trusted.proxies.certificate is set, and trusted.proxies is not; name the proxies");
        }
        return new ProxyConfig(networks, header);
    }
}
