package carillon.server.config;

import java.util.List;
import java.util.Locale;

/** What {@code carillon config} and the documentation say about the settings; secrets are masked. */
public final class ConfigReport {
    private final List<Setting> settings;

    public ConfigReport(List<Setting> settings) {
        this.settings = List.copyOf(settings);
    }

    /** For a terminal: each setting with value and origin, its meaning below. */
    public String text() {
        StringBuilder out = new StringBuilder();
        int width = settings.stream()
                .mapToInt(setting -> setting.key().length())
                .max()
                .orElse(1);
        for (Setting setting : settings) {
            out.append(String.format(
                    Locale.ROOT,
                    "%-" + width + "s  %s  (%s)%n",
                    setting.key(),
                    setting.value().isEmpty() ? "-" : setting.value(),
                    setting.origin()));
            out.append(" ".repeat(width + 2)).append(setting.meaning()).append(System.lineSeparator());
        }
        return out.toString();
    }

    /** The documentation's page. */
    public String markdown() {
        StringBuilder out = new StringBuilder()
                .append("# Settings\n\n")
                .append("Every setting can be given as a flag (`--cwmp.http.port=7547`), as an environment variable")
                .append(" (`CARILLON_CWMP_HTTP_PORT`)\nor in `carillon.yaml` (`--config FILE` names another);")
                .append(" flags win over environment over file over default.\nA secret can also be read from a file:")
                .append(" append `.file` to its name (`_FILE` to its variable) and give a path.\n\n")
                .append("This page is written by `./carillon config --markdown > docs/settings.md`;")
                .append(" a test compares it with the code.\n\n")
                .append("| setting | default | meaning |\n| --- | --- | --- |\n");
        for (Setting setting : settings) {
            out.append("| `")
                    .append(setting.key())
                    .append("` | ")
                    .append(setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`")
                    .append(setting.secret() ? "secret" : "")
                    .append(" | ")
                    .append(setting.meaning().replace("|", "\\|"))
                    .append(" |\n");
        }
        return out.toString();
    }
}
