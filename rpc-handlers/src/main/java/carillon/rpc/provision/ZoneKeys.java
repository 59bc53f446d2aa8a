package carillon.rpc.provision;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A time zone of a site as the keys that phones have for it. */
public final class ZoneKeys {
    private ZoneKeys() {}

    /**
     * {@code Time_Zone}, {@code Daylight_Saving_Time_Enable} and {@code Daylight_Saving_Time_Rule}, by the rule that the
     * zone has for the years to come.
     *
     * @throws IllegalArgumentException where no key of phones can say the rule
     */
    public static Map<String, String> of(ZoneId zone) {
        ZoneRules rules = zone.getRules();
        List<ZoneOffsetTransitionRule> yearly = rules.getTransitionRules();
        Map<String, String> keys = new LinkedHashMap<>();
        if (yearly.size() != 2) {
            ZoneOffset offset = rules.getTransitions().isEmpty()
                    ? rules.getOffset(Instant.EPOCH)
                    : rules.getTransitions()
                            .get(rules.getTransitions().size() - 1)
                            .getOffsetAfter();
            keys.put("Time_Zone", token(offset));
            keys.put("Daylight_Saving_Time_Enable", "No");
            return keys;
        }
        ZoneOffsetTransitionRule start = yearly.get(0);
        ZoneOffsetTransitionRule end = yearly.get(1);
        if (saved(start) < 0) {
            start = yearly.get(1);
            end = yearly.get(0);
        }
        keys.put("Time_Zone", token(start.getOffsetBefore()));
        keys.put("Daylight_Saving_Time_Enable", "Yes");
        keys.put(
                "Daylight_Saving_Time_Rule",
                "start=" + when(start) + ";end=" + when(end) + ";save=" + length(saved(start)));
        return keys;
    }

    private static int saved(ZoneOffsetTransitionRule rule) {
        return rule.getOffsetAfter().getTotalSeconds() - rule.getOffsetBefore().getTotalSeconds();
    }

    /** Month, day (counted from the end where negative), weekday from Monday, hour on the wall. */
    private static String when(ZoneOffsetTransitionRule rule) {
        int weekday = rule.getDayOfWeek() == null ? 0 : rule.getDayOfWeek().getValue();
        int seconds = rule.isMidnightEndOfDay() ? 86_400 : rule.getLocalTime().toSecondOfDay();
        switch (rule.getTimeDefinition()) {
            case UTC -> seconds += rule.getOffsetBefore().getTotalSeconds();
            case STANDARD ->
                seconds += rule.getOffsetBefore().getTotalSeconds()
                        - rule.getStandardOffset().getTotalSeconds();
            case WALL -> {}
        }
        if (seconds < 0 || seconds >= 86_400) {
            throw new IllegalArgumentException(
                    "the zone changes its time at midnight by a rule that phones' keys cannot say");
        }
        int day = rule.getDayOfMonthIndicator();
        boolean last = weekday > 0
                && rule.getMonth() != Month.FEBRUARY
                && day == rule.getMonth().maxLength() - 6;
        return rule.getMonth().getValue() + "/" + (last ? -1 : day) + "/" + weekday + "/" + length(seconds);
    }

    private static String length(int seconds) {
        if (seconds % 3600 == 0) {
            return String.valueOf(seconds / 3600);
        }
        LocalTime time = LocalTime.MIDNIGHT.plus(Duration.ofSeconds(seconds));
        return String.format(Locale.ROOT, "%d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
    }

    private static String token(ZoneOffset offset) {
        int minutes = offset.getTotalSeconds() / 60;
        if (minutes == 0) {
            return "GMT";
        }
        return String.format(
                Locale.ROOT, "GMT%s%02d:%02d", minutes < 0 ? "-" : "+", Math.abs(minutes) / 60, Math.abs(minutes) % 60);
    }
}
