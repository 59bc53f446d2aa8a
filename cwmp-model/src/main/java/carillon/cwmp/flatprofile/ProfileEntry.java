package carillon.cwmp.flatprofile;

import java.util.Optional;

/**
 * One element of a flat profile.
 *
 * @param group the group in the block {@code router-configuration} in which it stands; empty for the profile itself
 * @param key its name
 * @param value what it says of the key
 * @param attributes what it says of the key's user
 */
public record ProfileEntry(String group, String key, ProfileValue value, Attributes attributes) {
    /**
     * The attributes of an element.
     *
     * @param userAccess what the user account may do with the key ({@code ua}); empty leaves that as it is
     * @param preserveValue whether the value on the phone is kept ({@code preserve-value="y"})
     * @param userPreference whether a user's own choice comes first ({@code user-pref}); empty where it is not said
     * @param userModified whether a user changed the value; phones say so, nobody can set it ({@code um})
     */
    public record Attributes(
            Optional<UserAccess> userAccess,
            boolean preserveValue,
            Optional<Boolean> userPreference,
            boolean userModified) {
        /** No attribute at all. */
        public static final Attributes NONE = new Attributes(Optional.empty(), false, Optional.empty(), false);

        /** Only what the user account may do. */
        public static Attributes of(UserAccess access) {
            return new Attributes(Optional.of(access), false, Optional.empty(), false);
        }
    }

    public ProfileEntry {
        if (!ProfileKey.isName(key)) {
            throw new IllegalArgumentException("'" + (key.length() > 60 ? key.substring(0, 60) + "…" : key)
                    + "' cannot be a key's name: letters, digits, _ . and - make one, a letter or _ first,"
                    + " at most 128 of them");
        }
        if (!group.isEmpty() && !ProfileKey.isName(group)) {
            throw new IllegalArgumentException("'" + group + "' cannot be a group's name");
        }
        if (value instanceof ProfileValue.Text text) {
            check(key, text.text());
        }
    }

    /** A key of the profile itself with a value and no attributes. */
    public static ProfileEntry of(String key, String value) {
        return new ProfileEntry("", key, new ProfileValue.Text(value), Attributes.NONE);
    }

    private static void check(String key, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' || c == '\t') {
                throw new IllegalArgumentException("the value of " + key + " has a line break or a tab at place "
                        + (i + 1) + ", of which phones make a blank");
            }
            boolean alone = Character.isSurrogate(c)
                    && !(Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1)))
                    && !(Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
            if (c < ' ' || c == 0x7f || c >= 0xfffe || alone) {
                throw new IllegalArgumentException("the value of " + key + " has at place " + (i + 1)
                        + " a character that cannot stand in a profile");
            }
        }
    }
}
