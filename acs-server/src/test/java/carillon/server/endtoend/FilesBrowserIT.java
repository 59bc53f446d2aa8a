package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in a real browser, on a desk and on a telephone. */
class FilesBrowserIT {
    @TempDir
    private Path directory;

    @Test
    void an_operator_brings_a_file_sees_it_on_a_telephone_and_deletes_it() throws Exception {
        Path image = Files.write(directory.resolve("sip88xx.12-0-2.loads"), new byte[2_000_000]);
        try (LocalServer server = new LocalServer(directory.resolve("data"));
                Browser browser = new Browser(server.port("web"), directory.resolve("profile"))) {
            browser.size(1280, 900);
            browser.go("/files");
            browser.login(ServerProcess.ADMIN_PASSWORD);
            browser.reads(".empty", "No files yet");
            browser.photograph("console-files-none");
            browser.type("#file", image.toString());
            browser.type("[name=type]", "1 Firmware Upgrade Image");
            browser.type("[name=version]", "sip88xx.12-0-2");
            browser.type("[name=models]", "CP-8841-3PCC, CP-8851-3PCC");
            browser.click("[name=offered]");
            browser.click(".form button.primary");
            browser.reads("#files tbody", "sip88xx.12-0-2.loads");
            assertThat(browser.text("#files tbody")).contains("1.9 MiB").contains("offered");
            browser.photograph("console-files");

            browser.type("#file", image.toString());
            browser.type("[name=type]", "Nothing");
            browser.click(".form button.primary");
            browser.reads(".notice.bad", "the type is 'Nothing'");
            browser.photograph("console-files-refused");

            browser.size(380, 844);
            browser.go("/files");
            browser.reads("#files tbody", "sip88xx.12-0-2.loads");
            assertThat(browser.script("return document.documentElement.scrollWidth <= window.innerWidth"))
                    .isEqualTo(true);
            browser.photograph("console-files-telephone");
            browser.script("window.scrollTo(0, document.querySelector('.form').offsetTop)");
            browser.photograph("console-files-telephone-form");
            browser.script("window.scrollTo(0, 0)");
            browser.click("#files details summary");
            browser.photograph("console-files-telephone-delete");
            browser.click("#files details button");
            browser.reads(".notice.good", "Deleted");
            browser.reads(".empty", "No files yet");
            // a form that was refused answers with 422, which the browser tells of
            assertThat(browser.complaints()).allMatch(line -> line.contains("422"));
        }
    }
}
