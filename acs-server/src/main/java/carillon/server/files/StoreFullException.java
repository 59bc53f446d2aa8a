package carillon.server.files;

import java.io.IOException;

/** There is no room for more files. */
public final class StoreFullException extends IOException {
    private static final long serialVersionUID = 1;

    StoreFullException(long limit) {
        super("all files together may have " + limit + " octets, and there is no room for this one; delete some, or set"
                + " files.total.limit higher");
    }
}
