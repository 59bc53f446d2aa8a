package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.phones.Phone;
import carillon.phones.PhoneModel;
import carillon.phones.ProfilePhone;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A phone out of the box, with TR-069 off: from its first request to an approved device, by each road. */
class FactoryPhoneIT {
    private static final String VERSION = "sip88xx.12-0-7MPP0001-46";

    @TempDir
    static Path directory;

    private static LocalServer server;

    @BeforeAll
    static void start() {
        server = new LocalServer(directory.resolve("data"), "cpe.auth", "enroll", "public.host", "127.0.0.1");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String base(String road) {
        return road + "://127.0.0.1:" + server.port("files." + road);
    }

    private static Optional<JsonNode> contact(String mac) {
        JsonNode items = server.rest().get("/api/v1/first-contacts?limit=200").get("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("mac").asText().equals(mac))
                .findFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "9101, http, /$PSN.xml",
        "9102, https, /$PSN.xml",
        "9103, http, /Cisco/$MA.cfg",
        "9104, tftp, /Cisco/$PN/$MA.cfg",
        "9105, tftp, Cisco/$MA.cfg"
    })
    void a_factory_phone_becomes_an_approved_device_by_each_road(int number, String road, String path) {
        ProfilePhone box = new ProfilePhone(
                PhoneModel.CP_8841, number, VERSION, base(road) + (path.startsWith("/") ? path : "/" + path));
        assertThat(box.cwmp()).as("TR-069 is off").isEmpty();
        assertThat(box.resync()).isEqualTo(ProfilePhone.Outcome.SUCCESS);
        await().atMost(Duration.ofSeconds(10)).until(() -> contact(box.mac()).isPresent());

        Phone phone = box.cwmp().orElseThrow();
        assertThat(box.value("ACS_URL"))
                .hasValueSatisfying(url -> assertThat(url).startsWith("https://"));
        phone.session();
        String device = "/api/v1/devices/" + phone.id().encoded();
        assertThat(server.rest().get(device).get("state").asText()).isEqualTo("waiting");

        server.rest().call("PATCH", device, "{\"state\":\"approved\"}");
        phone.session();
        phone.session();
        assertThat(contact(box.mac()))
                .hasValueSatisfying(found -> assertThat(found.path("device").asText())
                        .isEqualTo(phone.id().encoded()));
    }

    @Test
    void the_rule_that_the_first_profile_brings_is_followed_at_the_next_resync() {
        ProfilePhone box = new ProfilePhone(PhoneModel.CP_8851, 9110, VERSION, base("http") + "/$PSN.xml");
        assertThat(box.resync()).isEqualTo(ProfilePhone.Outcome.SUCCESS);
        assertThat(box.value("Profile_Rule")).contains(base("https") + "/Cisco/$MA.cfg");
        assertThat(box.resync()).isEqualTo(ProfilePhone.Outcome.SUCCESS);
        assertThat(box.cwmp()).isPresent();
    }

    @Test
    void a_phone_that_tells_of_itself_by_post_is_answered_and_known_by_its_serial_number() {
        ProfilePhone box =
                new ProfilePhone(PhoneModel.CP_8841, 9111, VERSION, "[--post a] " + base("http") + "/$PSN.xml");
        box.set("GPP_A", "Product = \"$PN\"; MAC_Addr = \"$MA\"; Ser_Num = \"$SN\"; SW_Ver = \"$SWVER\";");
        assertThat(box.resync()).isEqualTo(ProfilePhone.Outcome.SUCCESS);
        JsonNode found = await().atMost(Duration.ofSeconds(10))
                .until(() -> contact(box.mac()), Optional::isPresent)
                .orElseThrow();
        assertThat(found.get("serial").asText()).isEqualTo(box.serial());
        assertThat(found.get("version").asText()).isEqualTo(VERSION);
        box.cwmp().orElseThrow().session();
        assertThat(contact(box.mac()).orElseThrow().get("device").asText())
                .as("by its serial number, before anybody asked for its address")
                .endsWith(box.serial());
    }

    @Test
    void what_is_not_there_is_a_failure_of_class_b_and_a_server_that_is_not_there_of_class_c() {
        for (String road : List.of("http", "https", "tftp")) {
            ProfilePhone box = new ProfilePhone(PhoneModel.CP_8841, 9112, VERSION, base(road) + "/nothing.xml");
            assertThat(box.resync()).isEqualTo(ProfilePhone.Outcome.MISSING_OR_CORRUPT);
            box.set("Resync_Fails_On_FNF", "No");
            assertThat(box.resync()).isEqualTo(ProfilePhone.Outcome.SUCCESS);
        }
        ProfilePhone lost = new ProfilePhone(PhoneModel.CP_8841, 9113, VERSION, "http://127.0.0.1:1/$PSN.xml");
        assertThat(lost.resync()).isEqualTo(ProfilePhone.Outcome.FAILED);
        lost.set("Profile_Rule", "($SWVER lt sip88xx.11-3-2MPP0001-1)? " + base("http") + "/$PSN.xml");
        assertThat(lost.resync()).isEqualTo(ProfilePhone.Outcome.NOTHING_TO_DO);
    }
}
