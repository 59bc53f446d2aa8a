package carillon.server.files;

import java.io.IOException;

/** A file is longer than one may be. */
public final class FileTooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    FileTooLargeException(long limit) {
        super("the file has more than " + limit + " octets; send a smaller one, or set files.limit higher");
    }
}
