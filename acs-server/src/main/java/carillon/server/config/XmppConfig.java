package carillon.server.config;

import carillon.cwmp.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The XMPP server over which phones can be called (TR-069 Annex K).
 *
 * @param host where it is; empty turns all of it off
 * @param domain of our account there
 * @param authority PEM file of those who may certify the server; empty for whom Java trusts
 * @param plan whether phones that have a Jabber ID are told ours
 */
public record XmppConfig(
        String host,
        int port,
        String domain,
        String username,
        Secret password,
        String resource,
        Optional<Path> authority,
        boolean plan) {
    public static XmppConfig from(ConfigReader reader) {
        String host = reader.text(
                "xmpp.host",
                "",
                "Name or address of an XMPP server over which phones are called; empty turns that off.");
        int port = reader.number("xmpp.port", 5222, 1, 65_535, "Port of the XMPP server; TLS is always demanded.");
        String domain = reader.text("xmpp.domain", "", "Domain of our account there; empty means xmpp.host.");
        String username = reader.text("xmpp.username", "carillon", "Name of our account there.");
        Secret password = reader.secret("xmpp.password", "Password of our account there.");
        String resource = reader.text("xmpp.resource", "acs", "Resource of our connection there.");
        String authority = reader.text(
                "xmpp.authority",
                "",
                "PEM file of the certificate authorities that may certify the XMPP server; empty means those that Java"
                        + " trusts.");
        boolean plan = reader.flag(
                "xmpp.plan",
                false,
                "Whether approved phones that report a Jabber ID are told ours (ConnReqAllowedJabberIDs).");
        if (!host.isEmpty() && password.isEmpty()) {
            reader.problem("xmpp.host is set, and xmpp.password is not; set it as well");
        }
        return new XmppConfig(
                host,
                port,
                domain.isEmpty() ? host : domain,
                username,
                password,
                resource,
                authority.isEmpty() ? Optional.empty() : Optional.of(Path.of(authority)),
                plan);
    }

    /** Whether phones are called over XMPP at all. */
    public boolean isOn() {
        return !host.isEmpty();
    }

    /** Our Jabber ID without the resource, which phones that allow it take from any resource (CWMP-218). */
    public String jabberId() {
        return username + "@" + domain;
    }
}
