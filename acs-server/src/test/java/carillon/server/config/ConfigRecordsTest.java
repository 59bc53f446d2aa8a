package carillon.server.config;

import static carillon.server.config.ReadSettings.problems;
import static carillon.server.config.ReadSettings.read;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Secret;
import carillon.db.ClaimLimits;
import carillon.db.Limits;
import carillon.rpc.session.EnginePolicy;
import carillon.rpc.session.Repeats;
import carillon.rpc.session.TrustMode;
import carillon.server.config.InstallationConfig.LogFormat;
import carillon.server.config.InstallationConfig.LogLevel;
import carillon.server.config.ListenersConfig.Door;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ConfigRecordsTest {
    @Test
    @Tag("CWMP-036")
    void listeners_by_default() {
        ListenersConfig config = read(ListenersConfig::from, Map.of());
        assertThat(config.cwmpHttp()).isEqualTo(new Door("cwmp.http", "cwmp.http.port", "*", 7547));
        assertThat(config.cwmpHttps()).isEqualTo(new Door("cwmp.https", "cwmp.https.port", "*", 7548));
        assertThat(config.web()).isEqualTo(new Door("web", "web.port", "127.0.0.1", 8080));
        assertThat(config.webHttps()).isEqualTo(new Door("web.https", "web.https.port", "*", -1));
        assertThat(config.webHttps().open()).isFalse();
        assertThat(config.filesHttp()).isEqualTo(new Door("files.http", "files.http.port", "*", 8069));
        assertThat(config.filesHttps()).isEqualTo(new Door("files.https", "files.https.port", "*", 8469));
        assertThat(config.limits()).isEqualTo(new ListenersConfig.Limits(20_000, 1000, 2000, 64));
    }

    @Test
    void listeners_with_every_setting() {
        ListenersConfig config = read(
                ListenersConfig::from,
                Map.ofEntries(
                        Map.entry("cwmp.http.port", "1"),
                        Map.entry("cwmp.http.host", "192.0.2.1"),
                        Map.entry("cwmp.https.port", "2"),
                        Map.entry("cwmp.https.host", "192.0.2.2"),
                        Map.entry("web.port", "0"),
                        Map.entry("web.host", "*"),
                        Map.entry("web.https.port", "4"),
                        Map.entry("web.https.host", "192.0.2.4"),
                        Map.entry("cwmp.connections.limit", "5"),
                        Map.entry("web.connections.limit", "6"),
                        Map.entry("files.http.port", "8"),
                        Map.entry("files.https.port", "-1"),
                        Map.entry("files.connections.limit", "7"),
                        Map.entry("http.threads", "16")));
        assertThat(config.cwmpHttp()).isEqualTo(new Door("cwmp.http", "cwmp.http.port", "192.0.2.1", 1));
        assertThat(config.cwmpHttps()).isEqualTo(new Door("cwmp.https", "cwmp.https.port", "192.0.2.2", 2));
        assertThat(config.web()).isEqualTo(new Door("web", "web.port", "*", 0));
        assertThat(config.webHttps()).isEqualTo(new Door("web.https", "web.https.port", "192.0.2.4", 4));
        assertThat(config.filesHttp()).isEqualTo(new Door("files.http", "files.http.port", "*", 8));
        assertThat(config.filesHttps().open()).isFalse();
        assertThat(config.limits()).isEqualTo(new ListenersConfig.Limits(5, 6, 7, 16));
    }

    @Test
    void listeners_say_what_is_wrong() {
        assertThat(problems(
                        ListenersConfig::from,
                        Map.of(
                                "cwmp.http.port", "70000",
                                "cwmp.https.port", "x",
                                "web.port", "-2",
                                "web.https.port", "",
                                "cwmp.connections.limit", "0",
                                "web.connections.limit", "0",
                                "http.threads", "1")))
                .containsExactlyInAnyOrder(
                        "cwmp.http.port is '70000' (flag); it must be a whole number from -1 to 65535",
                        "cwmp.https.port is 'x' (flag); it must be a whole number from -1 to 65535",
                        "web.port is '-2' (flag); it must be a whole number from -1 to 65535",
                        "web.https.port is '' (flag); it must be a whole number from -1 to 65535",
                        "cwmp.connections.limit is '0' (flag); it must be a whole number from 1 to 1000000",
                        "web.connections.limit is '0' (flag); it must be a whole number from 1 to 100000",
                        "http.threads is '1' (flag); it must be a whole number from 8 to 1000");
    }

    @Test
    void data_by_default_is_h2_in_the_data_directory() {
        DataConfig config = read(DataConfig::from, Map.of());
        assertThat(config).isEqualTo(new DataConfig(Path.of("data"), "", "carillon", new Secret(""), 10, 256));
        assertThat(config.url()).startsWith("jdbc:h2:file:/").endsWith("/data/carillon");
    }

    @Test
    void data_with_every_setting() {
        DataConfig config = read(
                DataConfig::from,
                Map.of(
                        "data.dir", "/srv/c",
                        "database.url", "jdbc:postgresql://db/carillon",
                        "database.user", "u",
                        "database.password", "p",
                        "database.pool", "3",
                        "database.group", "4"));
        assertThat(config)
                .isEqualTo(
                        new DataConfig(Path.of("/srv/c"), "jdbc:postgresql://db/carillon", "u", new Secret("p"), 3, 4));
        assertThat(config.url()).isEqualTo("jdbc:postgresql://db/carillon");
    }

    @Test
    void data_says_what_is_wrong_and_shows_no_password() {
        assertThat(problems(
                        DataConfig::from,
                        Map.of(
                                "data.dir", "",
                                "database.url", "jdbc:mysql://db/x?password=hush",
                                "database.pool", "1",
                                "database.group", "0")))
                .containsExactlyInAnyOrder(
                        "data.dir is '' (flag); it must be a path",
                        "database.url is 'jdbc:mysql://db/x?password=***'; it must begin with jdbc:postgresql: or"
                                + " jdbc:h2:",
                        "database.pool is '1' (flag); it must be a whole number from 2 to 200",
                        "database.group is '0' (flag); it must be a whole number from 1 to 10000");
    }

    @Test
    void trust_by_default_lets_strangers_wait() {
        assertThat(read(TrustConfig::from, Map.of()))
                .isEqualTo(new TrustConfig(
                        TrustMode.ENROLL,
                        false,
                        10_000,
                        600,
                        new Limits(1_000_000, new ClaimLimits(10_000, 600, 20, 100), 2_000, 200_000),
                        false,
                        List.of()));
    }

    @Test
    void trust_with_every_setting() {
        assertThat(read(
                        TrustConfig::from,
                        Map.ofEntries(
                                Map.entry("cpe.auth", "open"),
                                Map.entry("cpe.cleartext-secrets", "true"),
                                Map.entry("waiting.limit", "7"),
                                Map.entry("waiting.per-source", "8"),
                                Map.entry("devices.limit", "4"),
                                Map.entry("claims.limit", "1"),
                                Map.entry("claims.per-source", "2"),
                                Map.entry("claims.per-device", "3"),
                                Map.entry("claims.events", "64"),
                                Map.entry("learned.per-model", "5"),
                                Map.entry("learned.limit", "6"),
                                Map.entry("lab", "true"),
                                Map.entry("kicked.hosts", "A.test, b.test"))))
                .isEqualTo(new TrustConfig(
                        TrustMode.OPEN,
                        true,
                        7,
                        8,
                        new Limits(4, new ClaimLimits(1, 2, 3, 64), 5, 6),
                        true,
                        List.of("a.test", "b.test")));
    }

    @Test
    void trust_says_what_is_wrong() {
        assertThat(problems(
                        TrustConfig::from,
                        Map.of(
                                "cpe.auth", "OPEN",
                                "cpe.cleartext-secrets", "yes",
                                "waiting.limit", "-1",
                                "waiting.per-source", "-1",
                                "lab", "1")))
                .containsExactlyInAnyOrder(
                        "cpe.auth is 'OPEN' (flag); it must be one of enroll, required, open",
                        "cpe.cleartext-secrets is 'yes' (flag); it must be true or false",
                        "waiting.limit is '-1' (flag); it must be a whole number from 0 to 1000000",
                        "waiting.per-source is '-1' (flag); it must be a whole number from 0 to 1000000",
                        "lab is '1' (flag); it must be true or false");
    }

    @Test
    void cwmp_by_default_asks_phones_to_come_hourly() {
        assertThat(read(CwmpConfig::from, Map.of()))
                .isEqualTo(new CwmpConfig(
                        Duration.ofHours(1),
                        16 * 1024 * 1024,
                        20_000,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(10),
                        500,
                        Duration.ofSeconds(20),
                        50,
                        50,
                        Duration.ofMinutes(1),
                        600,
                        120_000,
                        EnginePolicy.Patience.USUAL,
                        Repeats.USUAL));
    }

    @Test
    void cwmp_with_every_setting() {
        assertThat(read(
                        CwmpConfig::from,
                        Map.ofEntries(
                                Map.entry("inform.interval", "5m"),
                                Map.entry("cwmp.body.limit", "65536"),
                                Map.entry("cwmp.session.limit", "2"),
                                Map.entry("cwmp.session.idle", "40s"),
                                Map.entry("cwmp.session.length", "1h"),
                                Map.entry("cwmp.session.rpcs", "10"),
                                Map.entry("cwmp.answer.limit", "2s"),
                                Map.entry("cwmp.read.names", "16"),
                                Map.entry("cwmp.set.values", "20"),
                                Map.entry("cwmp.read.slice", "20s"),
                                Map.entry("cwmp.informs.per-device", "7"),
                                Map.entry("cwmp.calls.per-source", "8"),
                                Map.entry("transfer.timeout.firmware", "2h"),
                                Map.entry("transfer.timeout.version", "7m"),
                                Map.entry("transfer.timeout.file", "5m"),
                                Map.entry("rpc.repeat.attempts", "5"),
                                Map.entry("rpc.repeat.delay", "10s"))))
                .isEqualTo(new CwmpConfig(
                        Duration.ofMinutes(5),
                        65_536,
                        2,
                        Duration.ofSeconds(40),
                        Duration.ofHours(1),
                        10,
                        Duration.ofSeconds(2),
                        16,
                        20,
                        Duration.ofSeconds(20),
                        7,
                        8,
                        new EnginePolicy.Patience(Duration.ofHours(2), Duration.ofMinutes(5), Duration.ofMinutes(7)),
                        new Repeats(5, Duration.ofSeconds(10))));
    }

    @Test
    void cwmp_says_what_is_wrong() {
        assertThat(problems(
                        CwmpConfig::from,
                        Map.of(
                                "inform.interval", "5",
                                "cwmp.body.limit", "1",
                                "cwmp.session.limit", "0",
                                "cwmp.session.idle", "2h",
                                "cwmp.session.length", "1s",
                                "cwmp.session.rpcs", "0")))
                .containsExactlyInAnyOrder(
                        "inform.interval is '5' (flag); it must be a length of time such as 30s, 5m, 1h or 7d",
                        "cwmp.body.limit is '1' (flag); it must be a whole number from 65536 to 268435456",
                        "cwmp.session.limit is '0' (flag); it must be a whole number from 1 to 1000000",
                        "cwmp.session.idle is '2h' (flag); it must be from 30s to 10m",
                        "cwmp.session.length is '1s' (flag); it must be from 1m to 2h",
                        "cwmp.session.rpcs is '0' (flag); it must be a whole number from 1 to 100000");
    }

    @Test
    void logins_by_default_are_digest_and_shared_by_nobody() {
        PhoneLoginConfig config = read(PhoneLoginConfig::from, Map.of());
        assertThat(config).isEqualTo(new PhoneLoginConfig("", new Secret(""), PhoneLoginConfig.Scheme.DIGEST));
        assertThat(config.hasFirstContact()).isFalse();
    }

    @Test
    void logins_with_every_setting() {
        PhoneLoginConfig config = read(
                PhoneLoginConfig::from,
                Map.of(
                        "cpe.first-contact.username", "phones",
                        "cpe.first-contact.password", "hush",
                        "cpe.https.challenge", "basic"));
        assertThat(config).isEqualTo(new PhoneLoginConfig("phones", new Secret("hush"), PhoneLoginConfig.Scheme.BASIC));
        assertThat(config.hasFirstContact()).isTrue();
    }

    @Test
    void logins_say_what_is_wrong() {
        assertThat(problems(
                        PhoneLoginConfig::from,
                        Map.of("cpe.first-contact.username", "phones", "cpe.https.challenge", "ntlm")))
                .containsExactlyInAnyOrder(
                        "of cpe.first-contact.username and cpe.first-contact.password one is set without the other; set"
                                + " both or none",
                        "cpe.https.challenge is 'ntlm' (flag); it must be one of digest, basic");
    }

    @Test
    void tls_by_default_is_sound_and_asks_phones_for_certificates_that_could_count() {
        assertThat(read(TlsConfig::from, Map.of()))
                .isEqualTo(new TlsConfig(
                        "TLSv1.2",
                        100_000,
                        TlsConfig.Files.NONE,
                        new TlsConfig.Clients(TlsConfig.Demand.REQUEST, false)));
    }

    @Test
    void tls_with_every_setting() {
        TlsConfig config = read(
                TlsConfig::from,
                Map.of(
                        "tls.oldest", "1.0",
                        "tls.sessions", "7",
                        "tls.keystore", "/srv/acs.p12",
                        "tls.keystore.password", "hush",
                        "cpe.client-cert", "require",
                        "cpe.client-cert.old-algorithms", "true"));
        assertThat(config)
                .isEqualTo(new TlsConfig(
                        "TLSv1",
                        7,
                        new TlsConfig.Files("", "", "/srv/acs.p12", new Secret("hush")),
                        new TlsConfig.Clients(TlsConfig.Demand.REQUIRE, true)));
        assertThat(config.files().given()).isTrue();
        assertThat(read(TlsConfig::from, Map.of("tls.certificate", "a", "tls.key", "b"))
                        .files()
                        .given())
                .isTrue();
    }

    @Test
    void tls_says_what_is_wrong() {
        assertThat(problems(
                        TlsConfig::from,
                        Map.of(
                                "tls.oldest", "3.0",
                                "tls.sessions", "0",
                                "tls.certificate", "a",
                                "tls.keystore", "c",
                                "cpe.client-cert", "always")))
                .containsExactlyInAnyOrder(
                        "tls.oldest is '3.0'; it must be one of 1.0, 1.1, 1.2, 1.3",
                        "tls.sessions is '0' (flag); it must be a whole number from 1 to 10000000",
                        "of tls.certificate and tls.key one is set without the other; set both or none",
                        "tls.certificate and tls.keystore are both set; keep one of them",
                        "cpe.client-cert is 'always' (flag); it must be one of off, request, require");
    }

    @Test
    void retention_by_default() {
        assertThat(read(RetentionConfig::from, Map.of()))
                .isEqualTo(new RetentionConfig(
                        Duration.ofDays(90),
                        Duration.ofDays(14),
                        Duration.ofDays(90),
                        Duration.ofDays(1),
                        Duration.ofDays(730),
                        Duration.ofDays(90),
                        Duration.ofDays(30),
                        Duration.ofDays(30),
                        Duration.ofDays(90),
                        20_000_000,
                        5_000_000));
    }

    @Test
    void retention_with_every_setting() {
        assertThat(read(
                        RetentionConfig::from,
                        Map.ofEntries(
                                Map.entry("retention.events", "1d"),
                                Map.entry("retention.sessions", "2d"),
                                Map.entry("retention.rpcs", "3d"),
                                Map.entry("retention.answers", "4h"),
                                Map.entry("retention.audit", "5d"),
                                Map.entry("retention.claims", "6d"),
                                Map.entry("retention.waiting", "7d"),
                                Map.entry("retention.tokens", "8d"),
                                Map.entry("retention.learned", "9d"),
                                Map.entry("events.limit", "10"),
                                Map.entry("sessions.limit", "11"))))
                .isEqualTo(new RetentionConfig(
                        Duration.ofDays(1),
                        Duration.ofDays(2),
                        Duration.ofDays(3),
                        Duration.ofHours(4),
                        Duration.ofDays(5),
                        Duration.ofDays(6),
                        Duration.ofDays(7),
                        Duration.ofDays(8),
                        Duration.ofDays(9),
                        10,
                        11));
    }

    @Test
    void retention_says_what_is_wrong() {
        assertThat(problems(
                        RetentionConfig::from,
                        Map.of(
                                "retention.events", "0s",
                                "retention.sessions", "1m",
                                "retention.rpcs", "9999d",
                                "retention.answers", "soon")))
                .containsExactlyInAnyOrder(
                        "retention.events is '0s' (flag); it must be from 1h to 3650d",
                        "retention.sessions is '1m' (flag); it must be from 1h to 3650d",
                        "retention.rpcs is '9999d' (flag); it must be from 1h to 3650d",
                        "retention.answers is 'soon' (flag); it must be a length of time such as 30s, 5m, 1h or 7d");
    }

    @Test
    void connection_requests_by_default_go_to_the_source_alone() {
        assertThat(read(ConnectConfig::from, Map.of()))
                .isEqualTo(new ConnectConfig(
                        new Networks(List.of()),
                        Duration.ofSeconds(10),
                        32,
                        new ConnectConfig.Patience(Duration.ofSeconds(30), 2, Duration.ofSeconds(5)),
                        new ConnectConfig.Manners(false, false)));
    }

    @Test
    void connection_requests_with_every_setting() throws Exception {
        ConnectConfig config = read(
                ConnectConfig::from,
                Map.of(
                        "connection-request.networks", "192.0.2.0/25, 2001:db8::/32",
                        "connection-request.timeout", "500ms",
                        "connection-request.concurrency", "2",
                        "connection-request.contact", "1m",
                        "connection-request.retries", "0",
                        "connection-request.retry-after", "7s",
                        "connection-request.https", "true",
                        "connection-request.basic", "true"));
        assertThat(config.patience())
                .isEqualTo(new ConnectConfig.Patience(Duration.ofMinutes(1), 0, Duration.ofSeconds(7)));
        assertThat(config.manners()).isEqualTo(new ConnectConfig.Manners(true, true));
        assertThat(config.timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.concurrency()).isEqualTo(2);
        assertThat(config.networks().contain(InetAddress.getByName("192.0.2.127")))
                .isTrue();
        assertThat(config.networks().contain(InetAddress.getByName("192.0.2.128")))
                .isFalse();
        assertThat(config.networks().contain(InetAddress.getByName("2001:db8:1::1")))
                .isTrue();
    }

    @Test
    void connection_requests_say_what_is_wrong() {
        assertThat(problems(
                        ConnectConfig::from,
                        Map.of(
                                "connection-request.networks", "example.org/8",
                                "connection-request.timeout", "1ms",
                                "connection-request.concurrency", "0")))
                .containsExactlyInAnyOrder(
                        "connection-request.networks is 'example.org/8' (flag); it must hold networks such as"
                                + " 192.0.2.0/24 or 2001:db8::/32; 'example.org/8' is none",
                        "connection-request.timeout is '1ms' (flag); it must be from 100ms to 2m",
                        "connection-request.concurrency is '0' (flag); it must be a whole number from 1 to 1000");
    }

    @Test
    void the_installation_by_default() {
        assertThat(read(InstallationConfig::from, Map.of()))
                .isEqualTo(new InstallationConfig(new Secret(""), "", LogFormat.TEXT, LogLevel.INFO));
    }

    @Test
    void the_installation_with_every_setting() {
        assertThat(read(
                        InstallationConfig::from,
                        Map.of(
                                "admin.password", "hush",
                                "public.host", "acs.example.org",
                                "log.format", "json",
                                "log.level", "debug")))
                .isEqualTo(
                        new InstallationConfig(new Secret("hush"), "acs.example.org", LogFormat.JSON, LogLevel.DEBUG));
    }

    @Test
    void the_installation_says_what_is_wrong() {
        assertThat(problems(
                        InstallationConfig::from,
                        Map.of("public.host", "http://acs", "log.format", "xml", "log.level", "loud")))
                .containsExactlyInAnyOrder(
                        "public.host is 'http://acs'; it must be a name or an address, without scheme and port",
                        "log.format is 'xml' (flag); it must be one of text, json",
                        "log.level is 'loud' (flag); it must be one of error, warn, info, debug");
    }

    @Test
    void phones_are_sent_nowhere_by_default() {
        assertThat(read(RedirectConfig::from, Map.of())).isEqualTo(new RedirectConfig(Optional.empty(), 307));
    }

    @Test
    void a_redirection_with_every_setting() {
        assertThat(read(
                        RedirectConfig::from,
                        Map.of(
                                "cwmp.redirect.url", "https://acs2.example/cwmp?a=b",
                                "cwmp.redirect.status", "302")))
                .isEqualTo(new RedirectConfig(Optional.of(URI.create("https://acs2.example/cwmp?a=b")), 302));
    }

    @Test
    void a_redirection_says_what_is_wrong() {
        assertThat(problems(
                        RedirectConfig::from,
                        Map.of("cwmp.redirect.url", "ftp://acs2.example/", "cwmp.redirect.status", "303")))
                .anyMatch(line -> line.contains("cwmp.redirect.url") && line.contains("http://"))
                .anyMatch(line -> line.contains("302 and 307"));
    }
}
