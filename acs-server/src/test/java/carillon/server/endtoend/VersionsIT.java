package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.CwmpVersion;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.FaultMessage;
import carillon.server.endtoend.RawPhone.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole conversation in each version of CWMP; what the server sends is valid by the schema of that version. */
class VersionsIT {
    private static final String DOWNLOAD = "{\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"http://192.0.2.1/f\"}";

    @TempDir
    static Path directory;

    private static LocalServer server;

    @BeforeAll
    static void start() {
        server = new LocalServer(directory.resolve("data"), "cpe.auth", "open");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static DeviceId device(CwmpVersion version, int number) {
        return ScriptedPhone.identity(number + version.ordinal());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("CWMP-001")
    @Tag("CWMP-004")
    @Tag("CWMP-005")
    @Tag("CWMP-060")
    @Tag("CWMP-065")
    @Tag("CWMP-087")
    @Tag("CWMP-136")
    void every_call_of_ours_and_every_answer_is_in_the_version_of_the_phone(CwmpVersion version) throws IOException {
        DeviceId device = device(version, 100);
        Map<String, AcsMethod> queued;
        try (ScriptedPhone phone =
                ScriptedPhone.connect(server.port("cwmp.http"), device).speaking(version)) {
            assertThat(phone.informs(Event.of(EventCode.BOOTSTRAP), Event.of(EventCode.BOOT)))
                    .isEqualTo(new AcsResponse.InformResponse(1));
            assertThat(phone.heard().style().namespace()).isEqualTo(version.namespace());
            assertThat(phone.heard().headers().useVersion().isPresent()).isEqualTo(version == CwmpVersion.V1_4);
            queued = queueAll(device);
            List<String> asked = new ArrayList<>();
            CwmpMessage said = phone.hasNothingMore();
            while (said instanceof AcsRequest request) {
                asked.add(request.name());
                assertThat(phone.heard().style().namespace()).isEqualTo(version.namespace());
                assertThat(phone.heard().headers().useVersion()).isEmpty();
                assertThat(phone.sends(new CpeRequest.GetRpcMethods()))
                        .isInstanceOf(AcsResponse.GetRpcMethodsResponse.class);
                said = phone.sends(obedient(request));
            }
            assertThat(said).isEqualTo(new Empty());
            assertThat(asked)
                    .containsSubsequence("SetParameterValues", "GetRPCMethods", "GetParameterNames")
                    .contains("Reboot", "FactoryReset", "Download", "AddObject", "DeleteObject");
        }
        try (ScriptedPhone phone =
                ScriptedPhone.connect(server.port("cwmp.http"), device).speaking(version)) {
            Map<AcsMethod, String> ids = new java.util.EnumMap<>(AcsMethod.class);
            queued.forEach((id, method) -> ids.put(method, id));
            assertThat(phone.informs(
                            Event.of(EventCode.BOOTSTRAP),
                            Event.of(EventCode.BOOT),
                            Event.of(EventCode.M_REBOOT, ids.get(AcsMethod.REBOOT)),
                            Event.of(EventCode.TRANSFER_COMPLETE),
                            Event.of(EventCode.M_DOWNLOAD, ids.get(AcsMethod.DOWNLOAD))))
                    .isEqualTo(new AcsResponse.InformResponse(1));
            assertThat(phone.sends(new CpeRequest.TransferComplete(
                            ids.get(AcsMethod.DOWNLOAD),
                            new Fault(0, "", List.of()),
                            CwmpTime.UNKNOWN,
                            CwmpTime.UNKNOWN)))
                    .isEqualTo(new AcsResponse.TransferCompleteResponse());
            CwmpMessage said = phone.hasNothingMore();
            while (said instanceof AcsRequest request) {
                said = phone.sends(obedient(request));
            }
        }
        for (Map.Entry<String, AcsMethod> each : queued.entrySet()) {
            assertThat(server.rest().rpc(each.getKey()).get("state").asText())
                    .as(each.getValue().rpcName())
                    .isEqualTo("succeeded");
        }
    }

    private static Map<String, AcsMethod> queueAll(DeviceId device) {
        Map<String, AcsMethod> queued = new java.util.LinkedHashMap<>();
        for (AcsMethod method : Rpcs.ARGUMENTS.keySet()) {
            String arguments = method == AcsMethod.DOWNLOAD ? DOWNLOAD : Rpcs.ARGUMENTS.get(method);
            queued.put(server.rest().queue(device.encoded(), method.rpcName(), arguments), method);
        }
        return queued;
    }

    /** What a phone says that does as it is told. */
    private static CpeResponse obedient(AcsRequest request) {
        return switch (request.method()) {
            case GET_RPC_METHODS ->
                new CpeResponse.GetRpcMethodsResponse(
                        Rpcs.ARGUMENTS.keySet().stream().map(AcsMethod::rpcName).toList());
            case SET_PARAMETER_VALUES -> new CpeResponse.SetParameterValuesResponse(0);
            case GET_PARAMETER_VALUES ->
                new CpeResponse.GetParameterValuesResponse(
                        List.of(ParameterValue.string("Device.DeviceInfo.SoftwareVersion", "12.0.1")));
            case GET_PARAMETER_NAMES ->
                new CpeResponse.GetParameterNamesResponse(
                        List.of(new ParameterInfo(((AcsRequest.GetParameterNames) request).path() + "1.", true)));
            case SET_PARAMETER_ATTRIBUTES -> new CpeResponse.SetParameterAttributesResponse();
            case GET_PARAMETER_ATTRIBUTES ->
                new CpeResponse.GetParameterAttributesResponse(
                        List.of(new ParameterAttribute("Device.DeviceInfo.SoftwareVersion", 2, List.of())));
            case ADD_OBJECT -> new CpeResponse.AddObjectResponse(2, 0);
            case DELETE_OBJECT -> new CpeResponse.DeleteObjectResponse(0);
            case DOWNLOAD -> new CpeResponse.DownloadResponse(1, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN);
            case REBOOT -> new CpeResponse.RebootResponse();
            case FACTORY_RESET -> new CpeResponse.FactoryResetResponse();
            default -> throw new AssertionError("not queued: " + request.name());
        };
    }

    @ParameterizedTest
    @EnumSource
    @Tag("CWMP-001")
    @Tag("CWMP-130")
    @Tag("CWMP-186")
    void faults_of_ours_are_in_the_version_of_the_phone(CwmpVersion version) throws IOException {
        try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device(version, 200))
                .speaking(version)) {
            phone.informs(EventCode.PERIODIC);
            CwmpMessage fault = phone.sends(new CpeRequest.Unknown("X_ACDE48_Greet"));
            assertThat(((FaultMessage) fault).fault().code()).isEqualTo(8000);
            assertThat(phone.heard().style().namespace()).isEqualTo(version.namespace());
            assertThat(phone.hasNothingMore()).isInstanceOf(AcsRequest.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.0,1.1,1.2,1.3,1.4|1.4",
                "1.0,1.2|1.2",
                " 1.0 , 1.1 |1.1",
                "1.4|1.4",
                "1.2,1.3,2.0,9.9|1.3",
                "1.0|1.0"
            })
    @Tag("CWMP-004")
    void of_the_versions_that_are_offered_one_is_picked_and_named(String offered, String picked) throws IOException {
        String inform = Soap.inform(ScriptedPhone.identity(300), "2 PERIODIC")
                .replace(
                        "</soapenv:Header>",
                        "<cwmp:SupportedCWMPVersions soapenv:mustUnderstand=\"0\">" + offered
                                + "</cwmp:SupportedCWMPVersions></soapenv:Header>");
        try (RawPhone phone = RawPhone.connect(server.port("cwmp.http")).speaking(CwmpVersion.V1_4)) {
            Answer answer = phone.post("", inform);
            assertThat(answer.body())
                    .contains(
                            "<cwmp:UseCWMPVersion soapenv:mustUnderstand=\"1\">" + picked + "</cwmp:UseCWMPVersion>",
                            "InformResponse");
        }
    }
}
