package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.CwmpVersion;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.CpeRequest;
import carillon.phones.Phone;
import carillon.phones.PhoneModel;
import carillon.phones.SessionLog;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every method in both directions against every version of CWMP that knows it, from the API over real HTTP to a phone and
 * back. What the server sends is valid by that version's schema, or {@link SentByServer} fails the test.
 */
class EveryMethodIT {
    private static final String LINES = "Device.Services.VoiceService.1.VoiceProfile.1.Line.";
    private static final String UUID = "01234567-89ab-4cde-8f01-23456789abcd";
    private static final Fault NONE = new Fault(0, "", List.of());

    @TempDir
    static Path directory;

    private static LocalServer server;
    private static Rest rest;
    private static FileHost files;

    private final Set<AcsMethod> done = EnumSet.noneOf(AcsMethod.class);
    private Phone phone;

    @BeforeAll
    static void start() {
        server = new LocalServer(
                directory.resolve("data"),
                "cpe.auth",
                "open",
                "cpe.cleartext-secrets",
                "true",
                "kicked.hosts",
                "portal.test");
        rest = server.rest();
        files = new FileHost();
    }

    @AfterAll
    static void stop() {
        server.close();
        files.close();
    }

    private void startsWith(CwmpVersion version, int first) {
        phone = new Phone(
                PhoneModel.CP_8851,
                first + version.ordinal(),
                URI.create("http://127.0.0.1:" + server.port("cwmp.http") + "/"),
                "",
                "");
        phone.speaks(version);
        visits();
    }

    private void visits(Event... events) {
        SessionLog log = phone.session(events);
        assertThat(log.completed()).as(log.reason()).isTrue();
    }

    private String queue(AcsMethod method, String arguments) {
        done.add(method);
        return rest.queue(phone.id().encoded(), method.rpcName(), arguments.replace('\'', '"'));
    }

    /** Queues it and lets the phone come until it has ended. */
    private JsonNode run(AcsMethod method, String arguments) {
        String id = queue(method, arguments);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    visits();
                    return rest.rpc(id).hasNonNull("endedAt");
                });
        JsonNode end = rest.rpc(id);
        assertThat(end.get("state").asText()).as("%s", end).isEqualTo("succeeded");
        return end;
    }

    private List<String> events() {
        List<String> events = new ArrayList<>();
        for (JsonNode event : rest.get("/api/v1/devices/" + phone.id().encoded() + "/events?limit=200")
                .get("items")) {
            events.add(
                    event.get("event").asText() + " " + event.get("commandKey").asText());
        }
        return events;
    }

    @ParameterizedTest
    @EnumSource(CwmpVersion.class)
    @Tag("CWMP-007")
    @Tag("CWMP-136")
    @Tag("CWMP-154")
    @Tag("CWMP-158")
    @Tag("CWMP-160")
    @Tag("CWMP-161")
    @Tag("CWMP-162")
    @Tag("CWMP-163")
    @Tag("CWMP-164")
    @Tag("CWMP-165")
    @Tag("CWMP-166")
    @Tag("CWMP-167")
    @Tag("CWMP-168")
    @Tag("CWMP-169")
    @Tag("CWMP-171")
    void whatever_a_phone_of_this_version_can_be_asked_it_does(CwmpVersion version) {
        startsWith(version, 100);
        assertThat(run(AcsMethod.GET_RPC_METHODS, "{}").get("result").get("methods"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(EnumSet.allOf(AcsMethod.class).stream()
                        .filter(method -> method.since().compareTo(version) <= 0)
                        .map(AcsMethod::rpcName)
                        .toList());
        values();
        tables();
        transfers();
        run(AcsMethod.SCHEDULE_INFORM, "{'delay':'1s'}");
        assertThat(run(AcsMethod.SET_VOUCHERS, "{'vouchers':['YWJj']}").get("result"))
                .isEmpty();
        assertThat(run(AcsMethod.GET_OPTIONS, "{}")
                        .get("result")
                        .get("options")
                        .get(0)
                        .get("option")
                        .asText())
                .isEqualTo("Option1");
        queuedTransfers(version);
        if (version.compareTo(CwmpVersion.V1_2) >= 0) {
            newer();
        }
        String reboot = run(AcsMethod.REBOOT, "{}").get("id").asText();
        assertThat(events()).contains("M Reboot " + reboot);
        run(AcsMethod.FACTORY_RESET, "{}");
        assertThat(done)
                .isEqualTo(EnumSet.copyOf(EnumSet.allOf(AcsMethod.class).stream()
                        .filter(method -> method.since().compareTo(version) <= 0)
                        .toList()));
    }

    private void values() {
        run(
                AcsMethod.SET_PARAMETER_VALUES,
                "{'values':[{'path':'Device.ManagementServer.PeriodicInformInterval','value':'77',"
                        + "'type':'xsd:unsignedInt'}]}");
        assertThat(run(AcsMethod.GET_PARAMETER_VALUES, "{'paths':['Device.ManagementServer.PeriodicInformInterval']}")
                        .get("result")
                        .get("values")
                        .get(0)
                        .get("value")
                        .asText())
                .isEqualTo("77");
        assertThat(run(AcsMethod.GET_PARAMETER_NAMES, "{'path':'Device.','nextLevel':true}")
                        .get("result")
                        .get("parameters"))
                .isNotEmpty();
        run(
                AcsMethod.SET_PARAMETER_ATTRIBUTES,
                "{'attributes':[{'path':'Device.DeviceInfo.ProvisioningCode','notification':1}]}");
        assertThat(run(AcsMethod.GET_PARAMETER_ATTRIBUTES, "{'paths':['Device.DeviceInfo.ProvisioningCode']}")
                        .get("result")
                        .get("attributes")
                        .get(0)
                        .get("notification")
                        .asInt())
                .isEqualTo(1);
    }

    private void tables() {
        int instance = run(AcsMethod.ADD_OBJECT, "{'object':'" + LINES + "'}")
                .get("result")
                .get("instance")
                .asInt();
        run(AcsMethod.DELETE_OBJECT, "{'object':'" + LINES + instance + ".'}");
    }

    private void transfers() {
        String download = run(
                        AcsMethod.DOWNLOAD,
                        "{'fileType':'3 Vendor Configuration File','url':'" + files.url("/file") + "','size':"
                                + FileHost.FILE.length + "}")
                .get("id")
                .asText();
        String path = "/in/" + phone.number();
        String upload = run(
                        AcsMethod.UPLOAD,
                        "{'fileType':'1 Vendor Configuration File','url':'" + files.url(path) + "','username':'"
                                + FileHost.USER + "'}",
                        FileHost.PASSWORD)
                .get("id")
                .asText();
        assertThat(files.taken(path))
                .contains("Device.DeviceInfo.SerialNumber=" + phone.id().serial());
        assertThat(events())
                .contains("M Download " + download, "TransferComplete " + download)
                .contains("M Upload " + upload, "TransferComplete " + upload);
    }

    /** Two transfers at a time are one too many, so the one that waits comes when all others are done. */
    private void queuedTransfers(CwmpVersion version) {
        String waits = queue(
                AcsMethod.DOWNLOAD,
                "{'fileType':'2 Web Content','url':'" + files.url("/file") + "','delay':'1h','size':5}");
        visits();
        JsonNode asked = run(AcsMethod.GET_QUEUED_TRANSFERS, "{}").get("result").get("transfers");
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).get("commandKey").asText()).isEqualTo(waits);
        assertThat(asked.get(0).get("state").asInt()).isEqualTo(1);
        if (version.compareTo(CwmpVersion.V1_1) >= 0) {
            JsonNode all =
                    run(AcsMethod.GET_ALL_QUEUED_TRANSFERS, "{}").get("result").get("transfers");
            assertThat(all.get(0).get("fileType").asText()).isEqualTo("2 Web Content");
            assertThat(all.get(0).get("fileSize").asInt()).isEqualTo(5);
            assertThat(all.get(0).get("isDownload").asBoolean()).isTrue();
        }
        if (version.compareTo(CwmpVersion.V1_2) >= 0) {
            run(AcsMethod.CANCEL_TRANSFER, "{'commandKey':'" + waits + "'}");
            assertThat(rest.rpc(waits).get("state").asText()).isEqualTo("cancelled");
        }
    }

    private void newer() {
        String scheduled = run(
                        AcsMethod.SCHEDULE_DOWNLOAD,
                        "{'fileType':'4 Tone File','url':'" + files.url("/file")
                                + "','windows':[{'start':'1s','end':'5m','mode':'1 At Any Time','maxRetries':1},"
                                + "{'start':'1h','end':'2h','mode':'4 Confirmation Needed','userMessage':'now?'}]}")
                .get("id")
                .asText();
        assertThat(events()).contains("M ScheduleDownload " + scheduled);
        JsonNode changed = run(
                AcsMethod.CHANGE_DU_STATE,
                "{'operations':[{'operation':'install','url':'" + files.url("/file") + "','uuid':'" + UUID + "'},"
                        + "{'operation':'update','uuid':'" + UUID + "','version':'2.0','url':'" + files.url("/file")
                        + "'},{'operation':'uninstall','uuid':'" + UUID + "'}]}");
        assertThat(changed.get("result").get("units"))
                .extracting(unit -> unit.get("state").asText())
                .containsExactly("Installed", "Installed", "Uninstalled");
        assertThat(events()).contains("M ChangeDUState " + changed.get("id").asText());
    }

    private JsonNode run(AcsMethod method, String arguments, String password) {
        return run(method, arguments.substring(0, arguments.length() - 1) + ",'password':'" + password + "'}");
    }

    @ParameterizedTest
    @EnumSource(CwmpVersion.class)
    @Tag("CWMP-007")
    @Tag("CWMP-137")
    void what_a_phone_of_this_version_cannot_know_is_refused_when_it_is_asked_for(CwmpVersion version) {
        startsWith(version, 200);
        refused(version, CwmpVersion.V1_1, AcsMethod.GET_ALL_QUEUED_TRANSFERS, "{}");
        refused(version, CwmpVersion.V1_2, AcsMethod.CANCEL_TRANSFER, "{'commandKey':'k'}");
        refused(
                version,
                CwmpVersion.V1_2,
                AcsMethod.SCHEDULE_DOWNLOAD,
                "{'fileType':'2 Web Content','url':'http://192.0.2.1/f','windows':[{'end':'1h'}]}");
        refused(
                version,
                CwmpVersion.V1_2,
                AcsMethod.CHANGE_DU_STATE,
                "{'operations':[{'operation':'uninstall','uuid':'" + UUID + "'}]}");
        refused(
                version,
                CwmpVersion.V1_2,
                AcsMethod.DOWNLOAD,
                "{'fileType':'5 Ringer File','url':'http://192.0.2.1/f'}");
        refused(
                version,
                CwmpVersion.V1_4,
                AcsMethod.SET_PARAMETER_ATTRIBUTES,
                "{'attributes':[{'path':'Device.DeviceInfo.ProvisioningCode','notification':5}]}");
        phone.refuses(AcsMethod.UPLOAD, 9000);
        run(AcsMethod.GET_RPC_METHODS, "{}");
        Rest.Answer unlisted = ask(AcsMethod.UPLOAD, "{'fileType':'2 Vendor Log File','url':'http://192.0.2.1/f'}", "");
        assertThat(unlisted.status()).isEqualTo(409);
        assertThat(unlisted.body().get("detail").asText()).contains("Upload", "GetRPCMethods", "force");
        Rest.Answer forced =
                ask(AcsMethod.UPLOAD, "{'fileType':'2 Vendor Log File','url':'http://192.0.2.1/f'}", ",\"force\":true");
        assertThat(forced.status()).isEqualTo(201);
        visits();
        JsonNode end = rest.rpc(forced.body().get("id").asText());
        assertThat(end.get("fault").get("code").asInt())
                .as("it was sent all the same")
                .isEqualTo(9000);
    }

    private Rest.Answer ask(AcsMethod method, String arguments, String more) {
        return rest.call(
                "POST",
                "/api/v1/devices/" + phone.id().encoded() + "/rpcs",
                "{\"method\":\"" + method.rpcName() + "\",\"arguments\":" + arguments.replace('\'', '"') + more + "}");
    }

    private void refused(CwmpVersion version, CwmpVersion since, AcsMethod method, String arguments) {
        Rest.Answer answer = ask(method, arguments, "");
        if (version.compareTo(since) >= 0) {
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
            rest.call("DELETE", "/api/v1/rpcs/" + answer.body().get("id").asText(), "");
        } else {
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(409);
            assertThat(answer.body().get("detail").asText()).contains("CWMP " + version.number());
        }
    }

    @Test
    @Tag("CWMP-121")
    @Tag("CWMP-196")
    void diagnostics_are_started_by_a_set_and_their_results_are_there_when_the_phone_has_reported_them() {
        startsWith(CwmpVersion.V1_2, 400);
        String ping = "Device.LAN.IPPingDiagnostics.";
        run(
                AcsMethod.SET_PARAMETER_VALUES,
                "{'values':[{'path':'" + ping + "Host','value':'192.0.2.1'},{'path':'" + ping
                        + "NumberOfRepetitions','value':3,'type':'xsd:unsignedInt'},{'path':'" + ping
                        + "DiagnosticsState','value':'Requested'}]}");
        visits();
        assertThat(events()).contains("8 DIAGNOSTICS COMPLETE ");
        assertThat(value(ping + "SuccessCount")).isEqualTo("3");
        assertThat(value(ping + "DiagnosticsState")).isEqualTo("Complete");
    }

    @Test
    @Tag("CWMP-120")
    @Tag("CWMP-154")
    void a_value_that_its_user_changes_is_known_when_the_phone_has_reported_it() {
        startsWith(CwmpVersion.V1_0, 500);
        run(
                AcsMethod.SET_PARAMETER_ATTRIBUTES,
                "{'attributes':[{'path':'Device.DeviceInfo.ProvisioningCode','notification':2}]}");
        phone.changes("Device.DeviceInfo.ProvisioningCode", "kitchen");
        assertThat(phone.hasNews()).isTrue();
        visits();
        assertThat(events()).contains("4 VALUE CHANGE ");
        assertThat(value("Device.DeviceInfo.ProvisioningCode")).isEqualTo("kitchen");
    }

    @Test
    @Tag("CWMP-176")
    void an_address_with_a_query_reaches_the_file_server_whole() {
        startsWith(CwmpVersion.V1_0, 600);
        run(AcsMethod.DOWNLOAD, "{'fileType':'2 Web Content','url':'" + files.url("/file") + "?part=1&name=a%26b'}");
        assertThat(files.wasAsked("part=1&name=a%26b")).isTrue();
    }

    @Test
    @Tag("CWMP-138")
    void names_are_asked_for_by_the_empty_path_a_part_and_a_whole_name() {
        startsWith(CwmpVersion.V1_0, 700);
        assertThat(names("{'path':'','nextLevel':true}")).containsExactly("Device.");
        assertThat(names("{'path':'Device.','nextLevel':true}")).contains("Device.DeviceInfo.", "Device.LAN.");
        String name = "Device.DeviceInfo.SoftwareVersion";
        assertThat(names("{'path':'" + name + "','nextLevel':false}")).containsExactly(name);
        String id = queue(AcsMethod.GET_PARAMETER_NAMES, "{'path':'" + name + "','nextLevel':true}");
        visits();
        assertThat(rest.rpc(id).get("fault").get("code").asInt()).isEqualTo(9003);
    }

    private List<String> names(String arguments) {
        List<String> names = new ArrayList<>();
        for (JsonNode info :
                run(AcsMethod.GET_PARAMETER_NAMES, arguments).get("result").get("parameters")) {
            names.add(info.get("path").asText());
        }
        return names;
    }

    private String value(String path) {
        return rest.get("/api/v1/devices/" + phone.id().encoded() + "/parameters?path=" + path)
                .get("items")
                .get(0)
                .get("value")
                .asText();
    }

    private static CpeRequest.DuResult unit(String operation) {
        return new CpeRequest.DuResult(
                UUID, "", "1.0", "Installed", true, "", CwmpTime.UNKNOWN, CwmpTime.UNKNOWN, NONE, operation);
    }

    @ParameterizedTest
    @EnumSource(CwmpVersion.class)
    @Tag("CWMP-125")
    @Tag("CWMP-126")
    @Tag("CWMP-127")
    @Tag("CWMP-128")
    @Tag("CWMP-181")
    void whatever_a_phone_of_this_version_can_call_is_answered_and_kept(CwmpVersion version) {
        startsWith(version, 300);
        phone.tells(new CpeRequest.GetRpcMethods());
        phone.tells(
                new CpeRequest.TransferComplete("", NONE, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN),
                Event.of(EventCode.TRANSFER_COMPLETE));
        phone.tells(
                new CpeRequest.RequestDownload(
                        "1 Firmware Upgrade Image", List.of(new CpeRequest.Argument("Version", "12"))),
                Event.of(EventCode.REQUEST_DOWNLOAD));
        phone.tells(
                new CpeRequest.Kicked("c", "http://192.0.2.1/", "a", "http://portal.test/"),
                Event.of(EventCode.KICKED));
        List<String> expected = new ArrayList<>(List.of("TransferComplete ", "RequestDownload ", "Kicked "));
        if (version.compareTo(CwmpVersion.V1_1) >= 0) {
            phone.tells(
                    new CpeRequest.AutonomousTransferComplete(
                            "http://192.0.2.1/a",
                            "http://192.0.2.1/t",
                            true,
                            "1 Firmware Upgrade Image",
                            7,
                            "target",
                            NONE,
                            CwmpTime.UNKNOWN,
                            CwmpTime.UNKNOWN),
                    Event.of(EventCode.AUTONOMOUS_TRANSFER_COMPLETE));
            expected.add("AutonomousTransferComplete ");
        }
        if (version.compareTo(CwmpVersion.V1_2) >= 0) {
            phone.tells(
                    new CpeRequest.DuStateChangeComplete(List.of(unit("")), "k"),
                    Event.of(EventCode.DU_STATE_CHANGE_COMPLETE));
            phone.tells(
                    new CpeRequest.AutonomousDuStateChangeComplete(List.of(unit("Install"))),
                    Event.of(EventCode.AUTONOMOUS_DU_STATE_CHANGE_COMPLETE));
            expected.addAll(List.of("DUStateChangeComplete k", "AutonomousDUStateChangeComplete "));
        }
        SessionLog log = phone.session();
        assertThat(log.completed()).as(log.reason()).isTrue();
        assertThat(phone.hasNews()).as("all was confirmed").isFalse();
        assertThat(events()).containsAll(expected);
        assertThat(log.received())
                .anySatisfy(body -> assertThat(body).contains("<NextURL>http://portal.test/</NextURL>"));
        JsonNode told = rest.get("/api/v1/devices/" + phone.id().encoded() + "/events?limit=200")
                .get("items");
        assertThat(told)
                .filteredOn(event -> event.get("event").asText().equals("RequestDownload"))
                .singleElement()
                .satisfies(event -> assertThat(event.get("details").toString()).contains("Version", "12"));
    }
}
