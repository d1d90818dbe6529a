package dev.realmform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A person's login in a browser, page by page, through the realm's browser flow: keeps the cookies, reads the form of each page
 * and posts what the person types. Redirects are not followed: the last one holds the code for the application.
 */
public final class BrowserLogin {

    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
    private static final Pattern HIDDEN = Pattern.compile("<input[^>]*type=\"hidden\"[^>]*>");
    private static final Pattern FIELD = Pattern.compile("<input[^>]*name=\"([^\"]+)\"");

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SortedMap<String, String> cookies = new TreeMap<>();
    private final URI redirect;
    private HttpResponse<String> page;

    /** Opens the first page. */
    public BrowserLogin(URI server, String realm, String clientId, URI redirect) {
        this.redirect = redirect;
        page = send(
                HttpRequest.newBuilder(server.resolve("/realms/" + realm + "/protocol/openid-connect/auth?client_id="
                        + AdminApi.escape(clientId) + "&response_type=code&scope=openid&redirect_uri="
                        + AdminApi.escape(redirect.toString()))).GET());
    }

    /** Opens a page of the server that somebody was sent to, such as that for a device code; redirects are followed. */
    public BrowserLogin(URI first) {
        this.redirect = first;
        page = send(HttpRequest.newBuilder(first).GET());
        follow();
    }

    /** Follows redirects as long as they stay on the server. */
    private void follow() {
        while (page.statusCode() / 100 == 3) {
            URI next = page.uri().resolve(page.headers().firstValue("Location").orElseThrow());
            if (!next.getAuthority().equals(page.uri().getAuthority())) {
                return;
            }
            page = send(HttpRequest.newBuilder(next).GET());
        }
    }

    /** Fills in the form of the page, with what it holds already, sends it and goes where that leads. */
    public void submit(Map<String, String> typed) {
        Map<String, String> all = new TreeMap<>();
        HIDDEN.matcher(page.body())
                .results()
                .map(MatchResult::group)
                .forEach(input -> attribute(input, "name")
                        .ifPresent(name -> all.put(name, attribute(input, "value").orElse(""))));
        all.putAll(typed);
        post(all);
        follow();
    }

    private static Optional<String> attribute(String input, String name) {
        Matcher matcher = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(input);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The code with which the application gets its tokens. */
    public String code() {
        assertThat(isFinished()).as(this::answer).isTrue();
        Matcher code = Pattern.compile("[?&]code=([^&]+)").matcher(page.headers().firstValue("Location").orElse(""));
        assertThat(code.find()).isTrue();
        return code.group(1);
    }

    /** The names of the fields that the page asks for. */
    public java.util.List<String> fields() {
        assertThat(page.statusCode()).as(page::body).isEqualTo(200);
        return FIELD.matcher(page.body()).results().map(field -> field.group(1)).distinct().toList();
    }

    /** Fills in the form of the page and sends it. */
    public void post(Map<String, String> typed) {
        Matcher form = FORM.matcher(page.body());
        assertThat(form.find()).as(page.body()).isTrue();
        String body = typed.entrySet()
                .stream()
                .map(field -> AdminApi.escape(field.getKey()) + "=" + AdminApi.escape(field.getValue()))
                .collect(Collectors.joining("&"));
        page = send(HttpRequest.newBuilder(page.uri().resolve(form.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Whether the person is back at the application, with a code. */
    public boolean isFinished() {
        String location = page.headers().firstValue("Location").orElse("");
        return page.statusCode() == 302 && location.startsWith(redirect.toString()) && location.contains("code=");
    }

    /** What the server says in place of a page with a form; for messages. */
    public String answer() {
        return page.statusCode() + " " + page.headers().firstValue("Location").orElse("") + " "
                + page.body()
                        .replaceAll("(?s)<style.*?</style>|<script.*?</script>|<[^>]+>", " ")
                        .replaceAll("\\s+", " ");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        request.timeout(Duration.ofSeconds(60));
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies.entrySet()
                    .stream()
                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; ")));
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in a login", e);
        }
    }

    private void keep(String header) {
        String pair = header.split(";", 2)[0];
        int at = pair.indexOf('=');
        cookies.put(pair.substring(0, at), pair.substring(at + 1));
    }
}
