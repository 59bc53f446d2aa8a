package carillon.cwmp.flatprofile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a phone keeps its extensions. No document says it, so it is read from what the phone has: several profiles with
 * one line each are one profile for each extension, one profile with lines is one line for each.
 *
 * @param kind which of them
 * @param service the number of the voice service
 * @param places the profile and the line of each extension
 */
public record ExtensionLayout(Kind kind, int service, Map<Integer, Place> places) {
    private static final String SERVICES = "Device.Services.VoiceService.";

    /** The kinds of layout. */
    public enum Kind {
        /** Extension n is the one line of profile n. */
        PROFILE_EACH,
        /** Extension n is line n of the only profile. */
        LINE_EACH,
        /** The phone has reported no profile with a line. */
        NONE,
        /** Several profiles with several lines: nobody knows which line is which extension. */
        UNCLEAR
    }

    /** A line of a profile. */
    public record Place(int profile, int line) {}

    public ExtensionLayout {
        places = Map.copyOf(places);
    }

    /** What the phone's own tree tells. */
    public static ExtensionLayout of(PhoneTree tree) {
        NavigableSet<Integer> services = tree.rows(SERVICES);
        if (services.isEmpty()) {
            return new ExtensionLayout(Kind.NONE, 1, Map.of());
        }
        int service = services.first();
        String profiles = SERVICES + service + ".VoiceProfile.";
        Map<Integer, NavigableSet<Integer>> lines = new TreeMap<>();
        for (int profile : tree.rows(profiles)) {
            lines.put(profile, tree.rows(profiles + profile + ".Line."));
        }
        lines.values().removeIf(NavigableSet::isEmpty);
        if (lines.isEmpty()) {
            return new ExtensionLayout(Kind.NONE, service, Map.of());
        }
        Map<Integer, Place> places = new TreeMap<>();
        if (lines.size() == 1) {
            lines.forEach((profile, rows) -> rows.forEach(line -> places.put(line, new Place(profile, line))));
            return new ExtensionLayout(Kind.LINE_EACH, service, places);
        }
        if (lines.values().stream().anyMatch(rows -> rows.size() > 1)) {
            return new ExtensionLayout(Kind.UNCLEAR, service, Map.of());
        }
        lines.forEach((profile, rows) -> places.put(profile, new Place(profile, rows.first())));
        return new ExtensionLayout(Kind.PROFILE_EACH, service, places);
    }

    /** The profile and the line of an extension. */
    public Optional<Place> place(int extension) {
        return Optional.ofNullable(places.get(extension));
    }

    /** The extensions that a profile, and a line of it where one is given, is about; most often one. */
    public List<Integer> extensions(int profile, Optional<Integer> line) {
        List<Integer> extensions = new ArrayList<>();
        new TreeMap<>(places).forEach((extension, place) -> {
            if (place.profile() == profile && (line.isEmpty() || line.get() == place.line())) {
                extensions.add(extension);
            }
        });
        return extensions;
    }

    /** Why the phone has no such extension; the end of a sentence. */
    String why() {
        return switch (kind) {
            case NONE -> "the phone has reported no voice profile with a line";
            case UNCLEAR ->
                "the phone has several voice profiles with several lines, and nothing says which is which"
                        + " extension";
            case PROFILE_EACH, LINE_EACH -> "the phone has no such extension";
        };
    }
}
