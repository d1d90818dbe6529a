package dev.realmform.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A headless Chromium, driven over ChromeDriver's HTTP interface (W3C WebDriver). Both are Debian's packages {@code chromium} and
 * {@code chromium-driver}; where they are not installed there is no browser.
 */
public final class RealBrowser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The key under which WebDriver names an element. */
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process driver;
    private final URI session;

    private RealBrowser(Process driver, URI address, Path profile) throws IOException, InterruptedException {
        this.driver = driver;
        awaits(address);
        JsonNode started = send("POST", address.resolve("/session"), Map.of("capabilities", Map.of("alwaysMatch",
                Map.of("goog:chromeOptions", Map.of("args", List.of("--headless", "--no-sandbox", "--disable-gpu",
                        "--disable-quic", "--no-first-run", "--disable-background-networking",
                        "--disable-component-update", "--disable-sync", "--user-data-dir=" + profile))))));
        this.session = URI.create(address + "/session/" + started.path("sessionId").asText() + "/");
    }

    /** Where the driver is, if it is installed. */
    public static Optional<Path> installed() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, "chromedriver"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts one.
     *
     * @param folder for its profile
     */
    public static RealBrowser start(Path chromedriver, Path folder) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process driver = new ProcessBuilder(chromedriver.toString(), "--port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromedriver.log").toFile())
                .start();
        try {
            return new RealBrowser(driver, URI.create("http://127.0.0.1:" + port), folder.resolve("profile"));
        } catch (IOException | InterruptedException | AssertionError e) {
            driver.destroy();
            throw e;
        }
    }

    private void awaits(URI address) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && driver.isAlive()) {
            try {
                if (send("GET", address.resolve("/status"), Map.of()).path("ready").asBoolean()) {
                    return;
                }
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        throw new AssertionError("ChromeDriver does not answer at " + address);
    }

    /** Goes to a page. One that cannot be reached, as it is another's, is no error: the browser stays at its address. */
    public void open(URI page) throws IOException, InterruptedException {
        send("POST", session.resolve("url"), Map.of("url", page.toString()));
    }

    /** Types into a field of the page. */
    public void type(String field, String text) throws IOException, InterruptedException {
        send("POST", session.resolve("element/" + element("#" + field) + "/value"), Map.of("text", text));
    }

    /** Clicks on what a selector finds first; what comes after may be a page that cannot be reached. */
    public void click(String selector) throws IOException, InterruptedException {
        send("POST", session.resolve("element/" + element(selector) + "/click"), Map.of());
    }

    /** Where the browser is, once that begins with something. */
    public URI arrives(String beginning) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String at = "";
        while (System.nanoTime() < end) {
            at = send("GET", session.resolve("url"), Map.of()).asText();
            if (at.startsWith(beginning)) {
                return URI.create(at);
            }
            Thread.sleep(100);
        }
        throw new AssertionError("the browser is at " + at + ", not at " + beginning);
    }

    private String element(String selector) throws IOException, InterruptedException {
        return send("POST", session.resolve("element"), Map.of("using", "css selector", "value", selector))
                .path(ELEMENT)
                .asText();
    }

    private JsonNode send(String method, URI target, Map<String, ?> body) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher content = method.equals("GET") ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, content)
                .build(), HttpResponse.BodyHandlers.ofString());
        JsonNode value = JSON.readTree(answer.body()).path("value");
        // A click may lead to a host that is not there: that is where it was to lead.
        if (answer.statusCode() >= 400 && !value.path("message").asText().contains("net::ERR_")) {
            throw new AssertionError(method + " " + target + ": " + value.path("message").asText());
        }
        return value;
    }

    @Override
    public void close() {
        try {
            send("DELETE", URI.create(session.toString().replaceFirst("/$", "")), Map.of());
        } catch (IOException e) {
            // The driver goes next, and its browser with it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            http.close();
            driver.destroy();
        }
    }
}
