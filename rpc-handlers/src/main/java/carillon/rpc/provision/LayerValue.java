package carillon.rpc.provision;

import carillon.cwmp.flatprofile.ProfileEntry.Attributes;

/** What a layer says of a key. */
public sealed interface LayerValue {
    /**
     * It has this value.
     *
     * @param text with macros; empty clears the key
     * @param attributes what the phone's user may do with it
     * @param userChangesCount whether another value is a difference even where the phone's user may have chosen it
     */
    record Put(String text, Attributes attributes, boolean userChangesCount) implements LayerValue {
        /** A value without attributes. */
        public static Put of(String text) {
            return new Put(text, Attributes.NONE, false);
        }

        /** Says nothing of the value, which may hold a secret. */
        @Override
        public String toString() {
            return "Put[***]";
        }
    }

    /** It is left as it is on the phone, whatever layers before this one say. */
    record Leave() implements LayerValue {}
}
