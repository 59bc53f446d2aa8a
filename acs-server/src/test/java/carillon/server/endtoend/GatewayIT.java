package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import carillon.cwmp.EventCode;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which phone is behind which gateway. */
class GatewayIT {
    private static final DeviceId GATEWAY = new DeviceId("001122", "Home-Box", "GW0001");
    private static final String TABLE = "InternetGatewayDevice.ManagementServer.ManageableDevice.";

    @TempDir
    private Path directory;

    private LocalServer server;

    @BeforeEach
    void start() {
        server = new LocalServer(directory.resolve("data"), "cpe.auth", "open");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void comes(DeviceId device, EventCode event, ParameterValue... values) throws IOException {
        try (ScriptedPhone phone =
                ScriptedPhone.connect(server.port("cwmp.http"), device).telling(values)) {
            phone.completes(event);
        }
    }

    private JsonNode read(DeviceId device) {
        return server.rest().get("/api/v1/devices/" + device.encoded());
    }

    private static ParameterValue[] behind(DeviceId gateway) {
        return new ParameterValue[] {
            ParameterValue.string("Device.GatewayInfo.ManufacturerOUI", gateway.oui()),
            ParameterValue.string("Device.GatewayInfo.ProductClass", gateway.productClass()),
            ParameterValue.string("Device.GatewayInfo.SerialNumber", gateway.serial())
        };
    }

    @Test
    @Tag("CWMP-225")
    void a_phone_that_names_its_gateway_is_linked_with_it_both_ways_and_until_it_names_another() throws Exception {
        DeviceId phone = ScriptedPhone.identity(1);
        comes(phone, EventCode.BOOTSTRAP, behind(GATEWAY));
        assertThat(read(phone).get("gateway").asText()).isEqualTo(GATEWAY.encoded());
        comes(GATEWAY, EventCode.BOOTSTRAP);
        assertThat(read(GATEWAY).get("behind").get(0).asText()).isEqualTo(phone.encoded());
        assertThat(read(GATEWAY).has("gateway")).isFalse();
        assertThat(page(phone))
                .contains("Gateway")
                .contains("/phones/" + GATEWAY.encoded().replace("%", "%25"));

        DeviceId other = new DeviceId("001122", "Home-Box", "GW0002");
        comes(phone, EventCode.VALUE_CHANGE, behind(other));
        assertThat(read(phone).get("gateway").asText()).isEqualTo(other.encoded());
        assertThat(read(GATEWAY).has("behind")).isFalse();
        assertThat(page(phone)).contains("GW0002").contains("not known here");
        comes(phone, EventCode.VALUE_CHANGE, behind(new DeviceId("001122", "Home-Box", "GW0001")));
        comes(phone, EventCode.BOOTSTRAP);
        assertThat(read(phone).has("gateway")).as("it has forgotten").isFalse();
    }

    @Test
    @Tag("CWMP-225")
    void a_gateway_that_names_the_phones_behind_it_is_linked_with_them() throws Exception {
        DeviceId phone = ScriptedPhone.identity(1);
        DeviceId unknown = ScriptedPhone.identity(2);
        comes(phone, EventCode.BOOTSTRAP);
        assertThat(read(phone).has("gateway")).isFalse();
        comes(GATEWAY, EventCode.BOOTSTRAP);
        server.rest().queue(GATEWAY.encoded(), "GetParameterValues", "{\"paths\":[\"" + TABLE + "\"]}");
        try (ScriptedPhone gateway = ScriptedPhone.connect(server.port("cwmp.http"), GATEWAY)) {
            gateway.informs(EventCode.PERIODIC);
            assertThat(gateway.hasNothingMore()).isInstanceOf(AcsRequest.GetParameterValues.class);
            gateway.sends(new CpeResponse.GetParameterValuesResponse(List.of(
                    ParameterValue.string(TABLE + "1.ManufacturerOUI", phone.oui()),
                    ParameterValue.string(TABLE + "1.ProductClass", phone.productClass()),
                    ParameterValue.string(TABLE + "1.SerialNumber", phone.serial()),
                    ParameterValue.string(TABLE + "2.ManufacturerOUI", unknown.oui()),
                    ParameterValue.string(TABLE + "2.ProductClass", unknown.productClass()),
                    ParameterValue.string(TABLE + "2.SerialNumber", unknown.serial()))));
        }
        assertThat(read(phone).get("gateway").asText()).isEqualTo(GATEWAY.encoded());
        assertThat(read(GATEWAY).get("behind").toString())
                .contains(phone.encoded())
                .contains(unknown.encoded());
    }

    private String page(DeviceId device) throws Exception {
        String web = "http://127.0.0.1:" + server.port("web");
        Tool login = Tool.run(
                directory,
                "curl",
                "-s",
                "-c",
                "jar",
                "-d",
                "name=admin&password=" + ServerProcess.ADMIN_PASSWORD,
                web + "/login");
        assertThat(login.exit()).isZero();
        return Tool.run(
                        directory,
                        "curl",
                        "-sf",
                        "-b",
                        "jar",
                        web + "/phones/" + device.encoded().replace("%", "%25"))
                .output();
    }
}
