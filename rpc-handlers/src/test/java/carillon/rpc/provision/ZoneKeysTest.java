package carillon.rpc.provision;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.flatprofile.KeyCatalogue;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoneKeysTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Europe/Paris|GMT+01:00|start=3/-1/7/2;end=10/-1/7/3;save=1",
                "Europe/Lisbon|GMT|start=3/-1/7/1;end=10/-1/7/2;save=1",
                "America/New_York|GMT-05:00|start=3/8/7/2;end=11/1/7/2;save=1",
                "Australia/Sydney|GMT+10:00|start=10/1/7/2;end=4/1/7/3;save=1",
                "Australia/Lord_Howe|GMT+10:30|start=10/1/7/2;end=4/1/7/2;save=0:30:00"
            })
    void a_zone_with_summer_time_has_its_rule(String zone, String token, String rule) {
        assertThat(ZoneKeys.of(ZoneId.of(zone)))
                .isEqualTo(Map.of(
                        "Time_Zone", token, "Daylight_Saving_Time_Enable", "Yes", "Daylight_Saving_Time_Rule", rule));
    }

    @ParameterizedTest
    @CsvSource({"Asia/Kolkata, GMT+05:30", "UTC, GMT", "Asia/Kathmandu, GMT+05:45", "America/Sao_Paulo, GMT-03:00"})
    void a_zone_without_summer_time_has_none(String zone, String token) {
        assertThat(ZoneKeys.of(ZoneId.of(zone)))
                .isEqualTo(Map.of("Time_Zone", token, "Daylight_Saving_Time_Enable", "No"));
    }

    @Test
    void nearly_every_zone_of_the_world_is_sayable() {
        List<String> unsayable = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String zone : ZoneId.getAvailableZoneIds()) {
            try {
                String token = ZoneKeys.of(ZoneId.of(zone)).get("Time_Zone");
                if (!KeyCatalogue.standard().check("Time_Zone", token).isEmpty()) {
                    unknown.add(zone + " " + token);
                }
            } catch (IllegalArgumentException told) {
                unsayable.add(zone);
            }
        }
        assertThat(unsayable).hasSizeLessThan(30);
        assertThat(unknown).hasSizeLessThan(30);
    }
}
