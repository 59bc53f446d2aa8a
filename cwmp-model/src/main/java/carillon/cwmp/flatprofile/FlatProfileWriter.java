package carillon.cwmp.flatprofile;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes profiles as phones read them: one element for each key, only what is set, and the same octets for the same
 * profile. What is not known is left out.
 */
public final class FlatProfileWriter {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<flat-profile>\n";

    private final ClearForm clearForm;

    /** A writer that says in this form that a value is empty. */
    public FlatProfileWriter(ClearForm clearForm) {
        this.clearForm = clearForm;
    }

    /** The profile as a file, in the order of its entries; {@link FlatProfile#sorted} gives the one order for all. */
    public byte[] write(FlatProfile profile) {
        StringBuilder out = new StringBuilder(HEAD.length() + 64 * profile.size()).append(HEAD);
        boolean grouped = false;
        for (ProfileEntry entry : profile.entries()) {
            if (entry.group().isEmpty()) {
                element(out, entry);
            } else {
                grouped = true;
            }
        }
        if (grouped) {
            router(out, profile);
        }
        return out.append("</flat-profile>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void router(StringBuilder out, FlatProfile profile) {
        out.append("<router-configuration>\n");
        profile.entries().stream()
                .map(ProfileEntry::group)
                .filter(group -> !group.isEmpty())
                .distinct()
                .forEach(group -> {
                    out.append('<').append(group).append(">\n");
                    for (ProfileEntry entry : profile.entries()) {
                        if (entry.group().equals(group)) {
                            element(out, entry);
                        }
                    }
                    out.append("</").append(group).append(">\n");
                });
        out.append("</router-configuration>\n");
    }

    private void element(StringBuilder out, ProfileEntry entry) {
        if (entry.value() instanceof ProfileValue.Unknown) {
            return;
        }
        out.append('<').append(entry.key());
        attributes(out, entry.attributes());
        out.append('>');
        if (entry.value() instanceof ProfileValue.Text text) {
            if (!text.text().isEmpty()) {
                escaped(out, text.text());
            } else if (clearForm == ClearForm.QUOTES) {
                out.append("\"\"");
            }
        }
        out.append("</").append(entry.key()).append(">\n");
    }

    private static void attributes(StringBuilder out, ProfileEntry.Attributes attributes) {
        attributes.userAccess().ifPresent(access -> attribute(out, "ua", access.text()));
        Optional<Boolean> preference = attributes.userPreference();
        preference.ifPresent(first -> attribute(out, "user-pref", first ? "y" : "n"));
        if (attributes.preserveValue()) {
            attribute(out, "preserve-value", "y");
        }
    }

    private static void attribute(StringBuilder out, String name, String value) {
        out.append(' ').append(name).append("=\"").append(value).append('"');
    }

    /** Blanks at the ends are written as numbers, since phones trim those that are not. */
    private static void escaped(StringBuilder out, String text) {
        int last = text.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\'' -> out.append("&apos;");
                case '"' -> out.append("&quot;");
                case ' ' -> out.append(i == 0 || i == last ? "&#32;" : " ");
                default -> out.append(c);
            }
        }
    }
}
