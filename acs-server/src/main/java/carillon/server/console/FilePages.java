package carillon.server.console;

import carillon.db.Page;
import carillon.db.StoredFile;
import carillon.rpc.arguments.FileTypes;
import carillon.server.console.view.FilesView;
import carillon.server.console.view.Query;
import carillon.server.operator.ActionRefused;
import carillon.server.operator.FileActions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** Files: what there is, what is brought, what goes. */
final class FilePages {
    /** The field of the form that holds the file. */
    static final String FIELD = "file";

    private static final int PAGE = 50;
    private static final List<String> KEPT = List.of("name", "type", "version", "models", "offered");

    private final Frames frames;
    private final FileActions files;

    FilePages(Frames frames, FileActions files) {
        this.frames = frames;
        this.files = files;
    }

    /** How many octets a form may have that brings a file. */
    long longestForm() {
        return files.longest() + (1 << 20);
    }

    /** Where the bytes of such a form may lie for as long as it is being read. */
    Path desk() {
        return files.desk();
    }

    Answer show(Visit visit) {
        return page(visit, Map.of(), Optional.empty());
    }

    private Answer.Page page(Visit visit, Map<String, String> typed, Optional<String> trouble) {
        String text = visit.asked("q");
        String cursor = visit.asked("cursor");
        Page<StoredFile> page = files.list(
                visit.actor(), new FileActions.Filter(text, "", Optional.empty(), Optional.empty(), PAGE, cursor));
        String link = text.isEmpty() ? "/files" : "/files?q=" + Query.of(text);
        FilesView view = new FilesView(
                page.items(),
                text,
                FileTypes.STANDARD,
                typed,
                files.longest(),
                HistoryPages.trail(link, cursor, page.next()),
                trouble);
        return Answer.Page.of(
                "files", frames.frame(visit, visit.words().say("files.title"), "files"), new Answer.Part("v", view));
    }

    /** A form with a file in it. */
    Answer bring(Visit visit) {
        try {
            if (visit.sent().map(Sent::isTooLong).orElse(false)) {
                throw ActionRefused.invalid(
                        visit.words().say("files.toolong", FilesView.size(visit.words(), files.longest())));
            }
            Sent sent = visit.sent()
                    .filter(file -> !file.name().isEmpty())
                    .orElseThrow(() -> ActionRefused.invalid(visit.words().say("files.missing")));
            String typed = visit.typed("name").strip();
            try (InputStream body = sent.open()) {
                files.bring(visit.actor(), typed.isEmpty() ? sent.name() : typed, description(visit), body);
            }
            return Answer.Redirect.to("/files?done=file");
        } catch (IOException failed) {
            throw new UncheckedIOException("a file of a browser could not be kept", failed);
        } catch (ActionRefused refused) {
            if (refused.reason() instanceof ActionRefused.NotPermitted) {
                throw refused;
            }
            Map<String, String> typed = new HashMap<>();
            KEPT.forEach(field -> typed.put(field, visit.typed(field)));
            return page(visit, typed, Optional.of(refused.sentence())).withStatus(HttpStatus.UNPROCESSABLE_ENTITY_422);
        }
    }

    private static FileActions.Description description(Visit visit) {
        List<String> models = Arrays.stream(visit.typed("models").split(","))
                .map(String::strip)
                .filter(model -> !model.isEmpty())
                .toList();
        return new FileActions.Description(
                Optional.of(visit.typed("type")),
                Optional.of(visit.typed("version").strip()),
                Optional.of(models),
                Optional.empty(),
                Optional.of(!visit.typed("offered").isEmpty()),
                Optional.empty());
    }

    Answer delete(Visit visit) {
        files.delete(visit.actor(), visit.segment(1));
        return Answer.Redirect.to("/files?done=filegone");
    }
}
