package carillon.server.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A person's browser: the system's Chromium, with a profile of its own. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    // it warns of each browser that is younger than itself
    private static final Logger TALKATIVE = Logger.getLogger("org.openqa.selenium");

    static {
        TALKATIVE.setLevel(Level.SEVERE);
    }

    private final ChromeDriver driver;
    private final String root;

    Browser(int port, Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(found("chromium").toString());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--lang=en",
                "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(found("chromedriver").toFile())
                .build();
        driver = new ChromeDriver(service, options);
        root = "http://127.0.0.1:" + port;
    }

    private static Path found(String program) {
        for (String directory : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return Path.of(directory, program);
            }
        }
        throw new AssertionError(program + " is missing; ./check installs it");
    }

    void size(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    void go(String path) {
        driver.get(root + path);
    }

    String path() {
        return driver.getCurrentUrl().substring(root.length());
    }

    void type(String css, String text) {
        one(css).sendKeys(text);
    }

    void click(String css) {
        new WebDriverWait(driver, PATIENCE)
                .ignoring(StaleElementReferenceException.class) // a part was just fetched again
                .until(page -> {
                    page.findElement(By.cssSelector(css)).click();
                    return true;
                });
    }

    void login(String password) {
        type("#name", "admin");
        type("#password", password);
        click(".entry button[type=submit]");
    }

    /** The text of the first that fits; empty where there is none. */
    String text(String css) {
        try {
            List<WebElement> all = driver.findElements(By.cssSelector(css));
            return all.isEmpty() ? "" : all.get(0).getText();
        } catch (StaleElementReferenceException replaced) {
            return "";
        }
    }

    int count(String css) {
        return driver.findElements(By.cssSelector(css)).size();
    }

    /** Waits until the first that fits reads like this. */
    void reads(String css, String text) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> css + " reads '" + text(css) + "', not '" + text + "', on " + path())
                .until(page -> text(css).contains(text));
    }

    void has(String css, int number) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> count(css) + " of " + css + " and not " + number)
                .until(page -> count(css) == number);
    }

    Object script(String script) {
        return driver.executeScript(script);
    }

    void press(CharSequence keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    private WebElement one(String css) {
        return new WebDriverWait(driver, PATIENCE).until(page -> page.findElement(By.cssSelector(css)));
    }

    /** What the browser complained about, violations of the page's policy among it. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    void photograph(String name) throws IOException {
        Files.write(Path.of("target", name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
