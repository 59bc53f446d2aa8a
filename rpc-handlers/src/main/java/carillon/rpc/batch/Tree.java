package carillon.rpc.batch;

import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterValue;
import java.util.List;

/**
 * What a walk has found.
 *
 * @param objects to be listed, in the order in which they were found: breadth first
 * @param listed how many of them were
 * @param leaves parameters to be read
 * @param names that came and are not saved yet
 * @param values that came and are not saved yet, secrets masked
 * @param savedObjects how many of the objects are saved
 * @param savedLeaves how many of the leaves are saved
 * @param found how many names were found
 * @param read how many values came
 */
public record Tree(
        Chunks<String> objects,
        int listed,
        Chunks<String> leaves,
        Chunks<ParameterInfo> names,
        Chunks<ParameterValue> values,
        int savedObjects,
        int savedLeaves,
        int found,
        int read) {
    /** So many names are kept of one device. */
    static final int MOST_NAMES = 100_000;

    /** Nothing yet. */
    static final Tree EMPTY = new Tree(
            Chunks.of(List.of()), 0, Chunks.of(List.of()), Chunks.of(List.of()), Chunks.of(List.of()), 0, 0, 0, 0);

    /** With what one listing said, as far as there is room, but for parameters that are not to be read. */
    Tree with(Listing listing, List<String> toRead) {
        int room = MOST_NAMES - found;
        if (listing.names().size() > room) {
            return this;
        }
        return new Tree(
                objects.plus(listing.objects()),
                listed,
                leaves.plus(toRead),
                names.plus(listing.names()),
                values,
                savedObjects,
                savedLeaves,
                found + listing.names().size(),
                read);
    }

    /** The next object is done with. */
    Tree oneListed() {
        return new Tree(objects, listed + 1, leaves, names, values, savedObjects, savedLeaves, found, read);
    }

    Tree with(List<ParameterValue> came) {
        return new Tree(
                objects,
                listed,
                leaves,
                names,
                values.plus(came),
                savedObjects,
                savedLeaves,
                found,
                read + came.size());
    }

    Tree saved() {
        return new Tree(
                objects,
                listed,
                leaves,
                Chunks.of(List.of()),
                Chunks.of(List.of()),
                objects.size(),
                leaves.size(),
                found,
                read);
    }
}
