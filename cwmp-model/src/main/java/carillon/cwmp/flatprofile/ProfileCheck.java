package carillon.cwmp.flatprofile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds a whole profile against the catalogue. */
public final class ProfileCheck {
    private ProfileCheck() {}

    /** What is wrong with the profile's keys and values, in its order. */
    public static List<KeyProblem> of(FlatProfile profile, KeyCatalogue catalogue) {
        List<KeyProblem> problems = new ArrayList<>();
        for (ProfileEntry entry : profile.entries()) {
            String value = entry.value() instanceof ProfileValue.Text text ? text.text() : "";
            Optional<CatalogueKey> router =
                    entry.group().isEmpty() ? Optional.empty() : catalogue.findRouter(entry.group(), entry.key());
            problems.addAll(
                    router.isPresent()
                            ? catalogue.check(router.get(), entry.key(), value)
                            : catalogue.check(entry.key(), value));
        }
        return problems;
    }

    /** How many of the problems are errors. */
    public static long errors(List<KeyProblem> problems) {
        return problems.stream()
                .filter(problem -> problem.severity() == KeyProblem.Severity.ERROR)
                .count();
    }
}
