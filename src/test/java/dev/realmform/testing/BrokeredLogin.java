package dev.realmform.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser, as far as a login through an identity provider needs one: redirects, cookies by path, one login form. */
public final class BrokeredLogin {

    /** Where the client of the login is called back. Nobody listens there. */
    public static final String CALLBACK = "http://127.0.0.1:9/callback";

    private static final int STEPS = 15;
    private static final Pattern FORM = Pattern.compile("action=\"([^\"]+login-actions/authenticate[^\"]*)\"");

    private final URI server;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<List<String>, String> cookies = new HashMap<>();

    public BrokeredLogin(URI server) {
        this.server = server;
    }

    /**
     * Logs in to a client of a realm through one of its identity providers.
     *
     * @return whether it ended with a code for the client
     */
    public boolean succeeds(String realm, String clientId, String alias, String username, String password) {
        URI next = server
                .resolve("/realms/" + realm + "/protocol/openid-connect/auth?response_type=code&scope=openid&client_id="
                        + clientId + "&kc_idp_hint=" + alias + "&redirect_uri=" + AdminApi.escape(CALLBACK));
        String form = "";
        for (int step = 0; step < STEPS; step++) {
            HttpResponse<String> page = send(next, form);
            String location = page.headers().firstValue("Location").orElse("");
            if (location.startsWith(CALLBACK)) {
                return location.contains("code=");
            }
            Matcher action = FORM.matcher(page.body());
            if (!location.isEmpty()) {
                next = next.resolve(location);
                form = "";
            } else if (action.find()) {
                next = URI.create(action.group(1).replace("&amp;", "&"));
                form = "username=" + AdminApi.escape(username) + "&password=" + AdminApi.escape(password);
            } else {
                return false;
            }
        }
        return false;
    }

    private HttpResponse<String> send(URI to, String form) {
        HttpRequest.Builder request = HttpRequest.newBuilder(to);
        List<String> sent = new ArrayList<>();
        cookies.forEach((key, value) -> {
            if (to.getPath().startsWith(key.getFirst())) {
                sent.add(key.getLast() + "=" + value);
            }
        });
        if (!sent.isEmpty()) {
            request.header("Cookie", String.join("; ", sent));
        }
        if (!form.isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form));
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String header) {
        for (HttpCookie cookie : HttpCookie.parse(header)) {
            cookies.put(List.of(Optional.ofNullable(cookie.getPath()).orElse("/"), cookie.getName()),
                    cookie.getValue());
        }
    }
}
