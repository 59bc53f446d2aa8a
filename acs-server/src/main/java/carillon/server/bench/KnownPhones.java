package carillon.server.bench;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.CwmpVersion;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.codec.EnvelopeWriter;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.WireStyle;
import carillon.db.CredentialState;
import carillon.db.Database;
import carillon.db.DatabaseConfig;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.Scope;
import carillon.rpc.enrol.Credentials;
import carillon.rpc.enrol.InformPlan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Phones that were approved long ago and have credentials of their own, as the benchmark's server finds them. */
final class KnownPhones {
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private KnownPhones() {}

    /** Puts them into the database, and says how each of them calls. */
    static List<SessionLoad.Caller> in(DatabaseConfig config, int count) {
        List<SessionLoad.Caller> callers = new ArrayList<>();
        try (Database database = Database.open(config)) {
            Credentials credentials = new Credentials(database.seal().credentialKey());
            database.write(stores -> {
                callers.clear();
                for (int i = 0; i < count; i++) {
                    DeviceId id = new DeviceId("00562B", "CP-8851-3PCC", String.format(Locale.ROOT, "BNC%08d", i));
                    if (stores.devices().find(id).isEmpty()) {
                        stores.devices().insert(device(id));
                    }
                    callers.add(new SessionLoad.Caller(
                            inform(id, i),
                            credentials.username(id),
                            credentials
                                    .password(id, 1, Credentials.Purpose.CWMP)
                                    .reveal()));
                }
                return count;
            });
        }
        return callers;
    }

    private static Device device(DeviceId id) {
        Device bare = withPlan(id, "");
        return withPlan(id, InformPlan.of(bare, Duration.ofHours(1)).text());
    }

    private static Device withPlan(DeviceId id, String plan) {
        return new Device(
                0,
                Scope.DEFAULT_TENANT,
                "",
                id,
                DeviceState.APPROVED,
                "",
                Set.of(),
                Device.Reported.NOTHING,
                new Device.Trust(CredentialState.SEEN, 1, Optional.of(LONG_AGO), false),
                new Device.Presence(LONG_AGO, Optional.empty(), Optional.empty(), plan, Optional.empty(), false, ""),
                Device.Spoken.NOTHING,
                0);
    }

    /** An Inform with fifteen parameters. */
    static String inform(DeviceId id, int number) {
        List<ParameterValue> parameters = new ArrayList<>(List.of(
                ParameterValue.string(
                        "Device.DeviceSummary", "Device:1.4[](Baseline:1), VoiceService:1.0[1](Endpoint:1)"),
                ParameterValue.string("Device.DeviceInfo.HardwareVersion", "2.0.1"),
                ParameterValue.string("Device.DeviceInfo.SoftwareVersion", "sip88xx.12-0-7MPP0001-46"),
                ParameterValue.string("Device.DeviceInfo.ProvisioningCode", ""),
                ParameterValue.string("Device.ManagementServer.ParameterKey", ""),
                ParameterValue.string(
                        "Device.ManagementServer.ConnectionRequestURL", "http://127.0.0.1:8123/" + number),
                ParameterValue.string("Device.LAN.IPAddress", "127.0.0.1"),
                ParameterValue.string(
                        "Device.LAN.MACAddress",
                        String.format(Locale.ROOT, "00:56:2B:01:%02X:%02X", number >> 8 & 255, number & 255))));
        for (int i = parameters.size(); i < 15; i++) {
            parameters.add(new ParameterValue("Device.X_CISCO_Counter" + i, "1" + i, ParameterType.UNSIGNED_INT));
        }
        CpeRequest.Inform inform = new CpeRequest.Inform(
                id,
                "Cisco Systems, Inc.",
                List.of(Event.of(EventCode.PERIODIC)),
                1,
                new CwmpTime("2026-01-01T00:00:00Z"),
                0,
                parameters);
        Envelope envelope = Envelope.of(Optional.of("1"), WireStyle.of(CwmpVersion.V1_2), inform);
        return new String(new EnvelopeWriter().write(envelope), StandardCharsets.UTF_8);
    }
}
