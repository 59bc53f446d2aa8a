package carillon.server.console;

import carillon.server.console.view.Frame;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;

/** What a page answers. */
sealed interface Answer {
    /** {@code Set-Cookie} lines that go with it. */
    List<String> cookies();

    /** The same with one more cookie. */
    Answer with(String cookie);

    /**
     * A page.
     *
     * @param template its name without {@code .jte}
     * @param parts what the template asks for besides the frame {@code f}, by the names of its parameters
     */
    record Page(int status, String template, Frame frame, List<Part> parts, List<String> cookies) implements Answer {
        public Page {
            parts = List.copyOf(parts);
            cookies = List.copyOf(cookies);
        }

        static Page of(String template, Frame frame, Part... parts) {
            return new Page(HttpStatus.OK_200, template, frame, List.of(parts), List.of());
        }

        Page withStatus(int other) {
            return new Page(other, template, frame, parts, cookies);
        }

        @Override
        public Answer with(String cookie) {
            return new Page(status, template, frame, parts, added(cookies, cookie));
        }
    }

    /** One parameter of a template. */
    record Part(String name, Object value) {}

    /** Go there next. */
    record Redirect(String location, List<String> cookies) implements Answer {
        public Redirect {
            cookies = List.copyOf(cookies);
        }

        static Redirect to(String location) {
            return new Redirect(location, List.of());
        }

        @Override
        public Answer with(String cookie) {
            return new Redirect(location, added(cookies, cookie));
        }
    }

    private static List<String> added(List<String> cookies, String cookie) {
        List<String> all = new ArrayList<>(cookies);
        all.add(cookie);
        return all;
    }
}
