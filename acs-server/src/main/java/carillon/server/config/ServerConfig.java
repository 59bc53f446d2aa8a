package carillon.server.config;

/** Every setting of the server. */
public record ServerConfig(
        InstallationConfig installation,
        ListenersConfig listeners,
        DataConfig data,
        TrustConfig trust,
        PhoneLoginConfig login,
        TlsConfig tls,
        CwmpConfig cwmp,
        EnvelopeConfig envelopes,
        RedirectConfig redirect,
        RetentionConfig retention,
        ConnectConfig connect,
        StunConfig stun,
        XmppConfig xmpp,
        FilesConfig files,
        WebhooksConfig webhooks,
        ProxyConfig proxies,
        BootstrapConfig bootstrap) {

    /** Reads all of them; {@link ConfigReader#finish()} then says what was wrong. */
    public static ServerConfig from(ConfigReader reader) {
        return new ServerConfig(
                InstallationConfig.from(reader),
                ListenersConfig.from(reader),
                DataConfig.from(reader),
                TrustConfig.from(reader),
                PhoneLoginConfig.from(reader),
                TlsConfig.from(reader),
                CwmpConfig.from(reader),
                EnvelopeConfig.from(reader),
                RedirectConfig.from(reader),
                RetentionConfig.from(reader),
                ConnectConfig.from(reader),
                StunConfig.from(reader),
                XmppConfig.from(reader),
                FilesConfig.from(reader),
                WebhooksConfig.from(reader),
                ProxyConfig.from(reader),
                BootstrapConfig.from(reader));
    }
}
