package carillon.rpc.provision;

import carillon.cwmp.flatprofile.FlatProfile;
import carillon.cwmp.flatprofile.KeyProblem;
import carillon.cwmp.flatprofile.ProfileEntry;
import carillon.cwmp.flatprofile.ProfileEntry.Attributes;
import carillon.cwmp.flatprofile.ProfileKey;
import carillon.cwmp.flatprofile.ProfileValue;
import carillon.cwmp.flatprofile.UserAccess;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a phone should have: the one configuration that all roads render.
 *
 * @param values by key
 * @param problems what is wrong with the layers; a key with an error is left out
 */
public record DesiredConfiguration(SortedMap<ProfileKey, Value> values, List<KeyProblem> problems) {
    private static final int VERSION_DIGITS = 24;

    /**
     * What one key should be.
     *
     * @param text its value; empty clears it
     * @param layer the name of the layer that said so
     * @param secret whether nobody may see it by accident
     * @param userChangesCount whether another value is a difference even where the phone's user may have chosen it
     */
    public record Value(String text, Attributes attributes, String layer, boolean secret, boolean userChangesCount) {
        /** Whether the phone's user may have chosen another value. */
        boolean isUsersChoice() {
            boolean writable = attributes
                    .userAccess()
                    .filter(access -> access == UserAccess.RW)
                    .isPresent();
            return (writable || attributes.userPreference().orElse(false)) && !userChangesCount;
        }

        @Override
        public String toString() {
            return "Value[" + (secret ? "***" : text) + " of " + layer + "]";
        }
    }

    public DesiredConfiguration {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        problems = List.copyOf(problems);
    }

    /** As the file that a phone fetches. */
    public FlatProfile profile() {
        List<ProfileEntry> entries = new ArrayList<>();
        values.forEach((key, value) ->
                entries.add(new ProfileEntry("", key.name(), new ProfileValue.Text(value.text()), value.attributes())));
        return FlatProfile.of(entries).sorted();
    }

    /** The keys and values alone. */
    public SortedMap<ProfileKey, String> texts() {
        SortedMap<ProfileKey, String> texts = new TreeMap<>();
        values.forEach((key, value) -> texts.put(key, value.text()));
        return texts;
    }

    /**
     * A name for exactly this configuration, the same on every server: equal configurations have equal versions. It fits
     * into a ParameterKey, and tells nothing of the values: it is keyed with a secret of the server.
     */
    public String version(byte[] serverKey) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(serverKey);
            for (Map.Entry<ProfileKey, Value> entry : values.entrySet()) {
                add(digest, entry.getKey().name());
                add(digest, entry.getValue().text());
                add(digest, entry.getValue().attributes().toString());
            }
            digest.update(serverKey);
            return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        digest.update((byte) (octets.length >>> 16));
        digest.update((byte) (octets.length >>> 8));
        digest.update((byte) octets.length);
        digest.update(octets);
    }
}
