package carillon.server.console;

import java.io.InputStream;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** A file that a browser sent with a form; its bytes are gone once this is closed. */
final class Sent implements AutoCloseable {
    private final MultiPartFormData.@Nullable Parts all;
    private final MultiPart.@Nullable Part part;

    private Sent(MultiPartFormData.@Nullable Parts all, MultiPart.@Nullable Part part) {
        this.all = all;
        this.part = part;
    }

    /** The one in this field of a form, if there is one. */
    static Sent of(MultiPartFormData.Parts all, String field) {
        return new Sent(all, all.getFirst(field));
    }

    /** A form that was longer than one may be; nothing of it was read. */
    static Sent tooLong() {
        return new Sent(null, null);
    }

    boolean isTooLong() {
        return all == null;
    }

    /** What it is called where it came from, without a path; empty where there is no file. */
    String name() {
        String name = part == null ? null : part.getFileName();
        return name == null ? "" : name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    /** Its bytes. */
    InputStream open() {
        return part == null ? InputStream.nullInputStream() : Content.Source.asInputStream(part.createContentSource());
    }

    @Override
    public void close() {
        if (all != null) {
            all.close();
        }
    }
}
