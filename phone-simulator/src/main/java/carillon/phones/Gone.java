package carillon.phones;

import java.io.IOException;

/** The phone is no longer there, as it was told to. */
final class Gone extends IOException {
    private static final long serialVersionUID = 1;

    Gone() {
        super("the phone went away");
    }
}
