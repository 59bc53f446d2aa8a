package carillon.rpc.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import carillon.cwmp.ParameterValue;
import carillon.db.Association;
import carillon.db.Effect;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AssociationsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static List<Association> told(String... pathsAndValues) {
        List<ParameterValue> values = Stream.iterate(0, i -> i < pathsAndValues.length, i -> i + 2)
                .map(i -> ParameterValue.string(pathsAndValues[i], pathsAndValues[i + 1]))
                .toList();
        return Associations.in(List.of(new Effect.ValuesReported(values, NOW)))
                .map(effect -> ((Effect.AssociationsTold) effect).told())
                .orElse(List.of());
    }

    @Test
    @Tag("CWMP-225")
    void a_phone_names_its_gateway() {
        assertThat(told(
                        "Device.GatewayInfo.ManufacturerOUI", "001122",
                        "Device.GatewayInfo.ProductClass", "Box",
                        "Device.GatewayInfo.SerialNumber", "G1"))
                .containsExactly(
                        new Association(Association.Side.GATEWAY, 0, Optional.of(new DeviceId("001122", "Box", "G1"))));
        assertThat(told("Device.GatewayInfo.ManufacturerOUI", "001122", "Device.GatewayInfo.SerialNumber", "G1"))
                .containsExactly(
                        new Association(Association.Side.GATEWAY, 0, Optional.of(new DeviceId("001122", "", "G1"))));
    }

    @Test
    @Tag("CWMP-225")
    void a_gateway_names_what_is_behind_it() {
        String table = "InternetGatewayDevice.ManagementServer.ManageableDevice.";
        assertThat(told(
                        table + "1.ManufacturerOUI",
                        "00562B",
                        table + "1.ProductClass",
                        "CP-8851-3PCC",
                        table + "1.SerialNumber",
                        "F1",
                        table + "7.ManufacturerOUI",
                        "00562B",
                        table + "7.SerialNumber",
                        "F2",
                        table + "9.SerialNumber",
                        "half an identity",
                        "InternetGatewayDevice.ManagementServer.ManageableDeviceNumberOfEntries",
                        "3"))
                .containsExactly(
                        new Association(
                                Association.Side.PHONE, 1, Optional.of(new DeviceId("00562B", "CP-8851-3PCC", "F1"))),
                        new Association(Association.Side.PHONE, 7, Optional.of(new DeviceId("00562B", "", "F2"))));
    }

    @Test
    void a_phone_behind_no_gateway_says_so_and_what_is_odd_tells_nothing() {
        assertThat(told("Device.GatewayInfo.ManufacturerOUI", "", "Device.GatewayInfo.SerialNumber", ""))
                .containsExactly(new Association(Association.Side.GATEWAY, 0, Optional.empty()));
        assertThat(told("Device.GatewayInfo.ManufacturerOUI", "001122")).isEmpty();
        assertThat(told(
                        "Device.GatewayInfo.ManufacturerOUI",
                        "001122",
                        "Device.GatewayInfo.SerialNumber",
                        "x".repeat(65)))
                .isEmpty();
        assertThat(told("Device.", "x", "Dev", "y", "Device.X.ManageableDevice.1.SerialNumber", "z"))
                .isEmpty();
    }
}
