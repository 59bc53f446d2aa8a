package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.phones.Fleet;
import carillon.phones.PhonesOptions;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What a person sees and does, in a real browser, with simulated phones. */
class ConsoleBrowserIT {
    private static final int PHONES = 12;

    @TempDir
    private static Path directory;

    private static ServerProcess server;
    private static Fleet fleet;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.start(directory.resolve("data"), "--cpe.auth=open", "--lab=true");
        fleet = new Fleet(PhonesOptions.of(URI.create("http://127.0.0.1:" + server.port("cwmp.http") + "/"), PHONES));
        fleet.start();
    }

    @AfterAll
    static void stop() throws Exception {
        fleet.close();
        server.close();
    }

    private static Browser browser(String name) {
        return new Browser(server.port("web"), directory.resolve(name));
    }

    @Test
    void an_operator_finds_a_phone_by_its_mac_reboots_it_and_sees_it_happen() throws Exception {
        try (Browser browser = browser("operator")) {
            browser.size(1280, 900);
            browser.go("/phones");
            assertThat(browser.path()).isEqualTo("/login?back=%2Fphones");
            browser.login(ServerProcess.ADMIN_PASSWORD);
            browser.reads(".count", PHONES + " phones");
            assertThat(browser.text(".banner")).contains("cpe.auth is open");

            browser.type("#q", "00-56-2b-00-00-05"); // in another writing than it is shown
            browser.reads(".count", "1 phone");
            browser.has("#found tbody tr", 1);
            assertThat(browser.text("td.main")).contains("00:56:2B:00:00:05");
            browser.click("td.main a");

            browser.click("#reboot");
            browser.click("#queue");
            browser.has("#rpc", 1);
            browser.script("window.loadedOnce = true");
            browser.reads("#rpc .pill", "succeeded");
            assertThat(browser.script("return window.loadedOnce")).isEqualTo(true);
            browser.photograph("console-reboot");
            String rpc = browser.path().replaceAll(".*/", "");

            browser.click(".tabs a[href$=events]");
            browser.reads("#events tbody", "M Reboot");
            assertThat(browser.text("#events tbody")).contains(rpc);
            browser.photograph("console-events");
            browser.click(".tabs a[href$=sessions]");
            browser.reads("#sessions tbody", "M Reboot");
            browser.click("#sessions td.main a");
            browser.reads("pre.xml", "<EventCode>M Reboot</EventCode>");
            browser.photograph("console-session");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void values_are_read_and_set_and_a_refusal_is_shown_with_the_form() throws Exception {
        try (Browser browser = browser("values")) {
            browser.size(390, 844);
            browser.go("/phones?q=FCH00000003");
            browser.login(ServerProcess.ADMIN_PASSWORD);
            browser.click("td.main a");
            browser.click(".tabs a[href$=parameters]");
            browser.click("#read-values");
            browser.reads("#tree tbody", "Services.");
            assertThat(browser.script("return document.documentElement.scrollWidth <= window.innerWidth"))
                    .isEqualTo(true);
            browser.type("#find", "PeriodicInformInterval");
            browser.reads("#tree tbody", "Device.ManagementServer.PeriodicInformInterval");
            browser.has("#tree tbody tr", 1);
            browser.has("#tree td.end a[href*=SetParameterValues]", 1);
            browser.photograph("console-parameters-telephone");
            browser.click("#tree td.end a");
            browser.script("document.querySelector('[name=value]').value = 'soon'");
            browser.click("#queue");
            browser.reads("#trouble", "soon");
            browser.script("document.querySelector('[name=value]').value = '4321'");
            browser.click("#queue");
            browser.reads("#rpc .pill", "succeeded");
            assertThat(browser.complaints().stream().filter(line -> !line.contains("422")))
                    .isEmpty();
        }
    }

    @Test
    void the_keyboard_alone_reaches_the_content() {
        try (Browser browser = browser("keyboard")) {
            browser.go("/login");
            browser.login(ServerProcess.ADMIN_PASSWORD);
            browser.has("#dashboard", 1);
            browser.press(Keys.TAB);
            assertThat(browser.script("return document.activeElement.className"))
                    .isEqualTo("skip");
            browser.press(Keys.ENTER);
            assertThat(browser.script("return document.activeElement.id")).isEqualTo("main");
            browser.go("/phones");
            browser.reads(".count", "phones");
            browser.script("document.activeElement.blur()");
            browser.press("/");
            assertThat(browser.script("return document.activeElement.id")).isEqualTo("q");
        }
    }
}
