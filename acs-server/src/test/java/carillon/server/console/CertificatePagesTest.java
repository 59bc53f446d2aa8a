package carillon.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.db.Role;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class CertificatePagesTest extends ConsoleOverHttp {
    @Test
    void an_administrator_replaces_the_authority_step_by_step() throws Exception {
        house.user("boss", Role.ADMINISTRATOR);
        login("boss");
        assertThat(get("/tls").body())
                .contains("acs.test", "http://acs.test:7547/ca.pem", "step-prepare")
                .doesNotContain("step-switch");
        assertThat(location(write("/tls/authority", "step", "prepare"))).isEqualTo("/tls?done=tls");
        assertThat(get("/tls").body()).contains("step-switch", "step-abandon", "of ");
        assertThat(location(write("/tls/authority", "step", "switch", "even", "on")))
                .isEqualTo("/tls?done=tls");
        assertThat(get("/tls").body()).contains("step-finish", "step-back");
        HttpResponse<String> wrong = write("/tls/authority", "step", "prepare");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("a replacement is under way already");
    }

    @Test
    void roots_of_phones_are_imported_and_removed() throws Exception {
        house.user("boss", Role.ADMINISTRATOR);
        login("boss");
        String pem = Files.readString(directory.resolve("tls/ca-1.pem"));
        assertThat(location(write("/tls/add", "pem", pem))).isEqualTo("/tls?done=tls");
        String page = get("/tls").body();
        assertThat(page).contains("name=\"fingerprint\"");
        String fingerprint = page.replaceAll("(?s).*name=\"fingerprint\" value=\"([0-9a-f]{64})\".*", "$1");
        assertThat(location(write("/tls/remove", "fingerprint", fingerprint))).isEqualTo("/tls?done=tls");
        assertThat(get("/tls").body()).doesNotContain("name=\"fingerprint\"");
        assertThat(write("/tls/add", "pem", "nothing").statusCode()).isEqualTo(422);
    }

    @Test
    void others_do_not_see_them() throws Exception {
        house.user("vic", Role.VIEWER);
        login("vic");
        assertThat(get("/tls").statusCode()).isEqualTo(403);
        assertThat(get("/phones").body()).doesNotContain("href=\"/tls\"");
    }
}
