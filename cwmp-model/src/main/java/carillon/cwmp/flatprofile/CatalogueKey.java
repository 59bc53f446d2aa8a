package carillon.cwmp.flatprofile;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a key.
 *
 * @param base its name, with places for numbers
 * @param section the page and section of the phone's web interface where it stands; guide chapters in parentheses; may
 *     be empty
 * @param type what values it takes
 * @param standard the default that a guide states; empty where none does
 * @param access what the phone's user may do with it in the vendor's samples
 * @param instances which numbers it has, by family of models
 * @param models the families of models that have it
 * @param sources where it was read
 * @param secret whether it holds a secret
 * @param remark what the guides say of its values that the type does not hold; may be empty
 */
public record CatalogueKey(
        String base,
        String section,
        KeyType type,
        Optional<String> standard,
        Optional<UserAccess> access,
        Instances instances,
        List<String> models,
        List<String> sources,
        boolean secret,
        String remark) {
    private static final String ROUTER = "ATA router-configuration/";

    public CatalogueKey {
        models = List.copyOf(models);
        sources = List.copyOf(sources);
    }

    /** The group of the block {@code router-configuration} in which the key stands; empty for a key of the profile itself. */
    public Optional<String> routerGroup() {
        return section.startsWith(ROUTER) ? Optional.of(section.substring(ROUTER.length())) : Optional.empty();
    }
}
