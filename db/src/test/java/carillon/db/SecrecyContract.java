package carillon.db;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsMethod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who has the database and not the key reads no secret in it; who asks with another scope sees nothing. */
abstract class SecrecyContract extends DatabaseFixture {
    private static final String MARKER = "in-the-clear-marker";
    private static final List<String> SECRETS =
            List.of("queued-S3CRET-4711", "result-S3CRET-4712", "reported-S3CRET-4713", "archived-S3CRET-4714");

    /** All octets that the database keeps, as Latin-1. */
    abstract String everythingStored() throws Exception;

    private static NewRpc rpc(Device device, String arguments) {
        return new NewRpc(
                device.key(),
                device.tenant(),
                device.site(),
                AcsMethod.SET_PARAMETER_VALUES,
                arguments,
                NOW,
                Optional.empty(),
                Optional.empty(),
                "user:" + MARKER,
                false);
    }

    private SessionRecord session(Device device, String body) {
        return new SessionRecord(
                Ids.next(),
                device.key(),
                device.tenant(),
                device.site(),
                NOW,
                NOW,
                "192.0.2.17",
                List.of(),
                List.of(),
                "ended well",
                List.of(new SessionRecord.Message(NOW, true, "Inform", body)));
    }

    @Test
    @Tag("CWMP-056")
    void no_secret_lies_in_the_database_in_the_clear() throws Exception {
        Device device = stored("FCH00000001");
        QueuedRpc rpc = database.write(
                stores -> stores.rpcs().enqueue(rpc(device, "{\"values\":[{\"value\":\"" + SECRETS.get(0) + "\"}]}")));
        commit(
                device,
                new Effect.ClaimNext("s", NOW),
                new Effect.ValuesReported(
                        List.of(new ParameterValue("Device.X.Password", SECRETS.get(2), ParameterType.STRING)), NOW));
        commit(
                device,
                new Effect.RpcMoved(
                        rpc.id(),
                        Set.of(RpcState.SENT),
                        RpcState.SUCCEEDED,
                        Optional.of("{\"x\":\"" + SECRETS.get(1) + "\"}"),
                        Optional.empty(),
                        "",
                        NOW));
        SessionRecord session = session(device, "<Value>" + SECRETS.get(3) + "</Value>");
        database.write(stores -> {
            stores.sessions().append(List.of(session));
            return 0;
        });

        assertThat(database.<QueuedRpc>read(stores ->
                                stores.rpcs().find(Scope.ALL, rpc.id()).orElseThrow())
                        .arguments())
                .contains(SECRETS.get(0));
        String stored = everythingStored();
        assertThat(stored.contains(MARKER)).as("the search itself works").isTrue();
        String folded = stored.toLowerCase(Locale.ROOT);
        for (String secret : SECRETS) {
            byte[] octets = secret.getBytes(StandardCharsets.UTF_8);
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(octets);
            assertThat(stored.contains(secret)).as(secret).isFalse();
            assertThat(stored.contains(base64.substring(0, base64.length() - 1)))
                    .as(secret)
                    .isFalse();
            assertThat(folded.contains(HexFormat.of().formatHex(octets)))
                    .as(secret)
                    .isFalse();
            assertThat(stored.contains(
                            new String(secret.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1)))
                    .as(secret)
                    .isFalse();
        }
    }

    @Test
    void another_tenant_site_or_tag_sees_nothing() throws IOException {
        Device device = database.write(stores -> stores.devices()
                .insert(device("FCH00000001", DeviceState.APPROVED).withLabels("berlin", "desk", Set.of("floor1"))));
        QueuedRpc rpc = database.write(stores -> stores.rpcs().enqueue(rpc(device, "{}")));
        SessionRecord session = session(device, "");
        database.write(stores -> {
            stores.sessions().append(List.of(session));
            stores.audit()
                    .append(new AuditEntry(
                            0, NOW, device.tenant(), device.site(), "user:a", "device.label", "subject", "", ""));
            return 0;
        });
        for (Scope mine : List.of(Scope.ALL, scope("default", "berlin", ""), scope("default", "", "floor1"))) {
            assertThat(seen(mine, device, rpc, session)).as(mine.toString()).containsOnly(1L);
        }
        for (Scope other : List.of(
                scope("other", "", ""),
                scope("default", "bonn", ""),
                scope("default", "berlin", "floor2"),
                scope("default", "", "floor"),
                scope("default", "", "%"),
                scope("default", "", "floor_"),
                scope("other", "berlin", "floor1"))) {
            assertThat(seen(other, device, rpc, session)).as(other.toString()).containsOnly(0L);
        }
        assertThat(audit(Scope.ALL)).isEqualTo(1);
        assertThat(audit(scope("other", "", ""))).isZero();
        assertThat(audit(scope("default", "bonn", ""))).isZero();
    }

    private static Scope scope(String tenant, String site, String tag) {
        return new Scope(tenant, site, tag);
    }

    /** How many are seen of each kind. */
    private List<Long> seen(Scope scope, Device device, QueuedRpc rpc, SessionRecord session) {
        DeviceQuery all = new DeviceQuery("", Optional.empty(), Optional.empty(), "", "", "", "", 10, "");
        return database.read(stores -> List.of(
                (long) stores.devices().named(scope, device.id().toString()).size(),
                (long) stores.devices().search(scope, all).items().size(),
                stores.devices().search(scope, all).total(),
                stores.devices().counts(scope).total(),
                stores.devices().counts(scope).pendingRpcs(),
                stores.rpcs().find(scope, rpc.id()).stream().count(),
                stores.sessions().find(scope, session.id()).stream().count()));
    }

    private long audit(Scope scope) {
        return database.<Page<AuditEntry>>read(stores -> stores.audit().list(scope, "", 10, ""))
                .items()
                .size();
    }
}
