package dev.realmform.osmo;

import dev.realmform.model.Path;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the login needs of the values of OSMO's charts. What OSMO's guide for Keycloak leaves out, or has otherwise, is marked.
 *
 * <p>Follows the charts of OSMO 6.2 (service, router, web-ui 1.2.1), 6.3 and 6.4 (service 1.3, 1.4), read at their source.
 */
record Needs(Installation osmo, Endpoints endpoints, Layout layout) {

    static final String SECRET = "oauth2-proxy-secrets";
    static final String CLIENT_SECRET = "client_secret";
    static final String COOKIE_SECRET = "cookie_secret";

    static final String UNVERIFIED = "--insecure-oidc-allow-unverified-email";
    static final String WHITELIST = "--whitelist-domain";

    private static final String DEVICE_WHY = "Keycloak's endpoint for device codes is .../auth/device. At .../device, as OSMO's"
            + " guide has it, it answers 405, and osmo login fails.";

    private static final class Page {

        private final List<Setting> settings = new ArrayList<>();
        private final Path at;

        Page(String at) {
            this.at = Path.parse(at);
        }

        private Path path(String below) {
            List<String> segments = new ArrayList<>(at.segments());
            segments.addAll(Path.parse(below).segments());
            return new Path(segments);
        }

        Page as(String path, Demand demand, String why) {
            settings.add(new Setting(path(path), demand, why, false));
            return this;
        }

        Page saying(String path, Demand demand, String why) {
            settings.add(new Setting(path(path), demand, why, true));
            return this;
        }
    }

    /** All of a chart, in the order in which they are checked. */
    List<Setting> of(Chart chart) {
        List<Setting> all = new ArrayList<>(hosts(chart));
        if (chart == Chart.SERVICE) {
            all.addAll(login());
        }
        all.addAll(proxy());
        all.addAll(envoy(chart));
        return all;
    }

    private String root() {
        return layout.hasGateway() ? "gateway" : "sidecars";
    }

    private List<Setting> hosts(Chart chart) {
        String why = "The host of OSMO. Left empty, the chart makes up another one.";
        Demand host = Demand.text(osmo.domain());
        Demand suggested = new Demand.Suggested(Value.text(osmo.domain()));
        Page services = new Page("services");
        if (chart == Chart.WEB_UI) {
            services.saying("ui.hostname", host, why);
        } else {
            services.saying("service.hostname", host, why);
        }
        if (layout.hasGateway()) {
            services.as("router.hostname", suggested, why).as("ui.hostname", suggested, why);
        }
        return services.settings;
    }

    /** What the service tells the command line about the login ({@code GET /api/auth/login}). */
    private List<Setting> login() {
        String tells = "The service tells it to those who log in.";
        Page auth = new Page("services.service.auth")
                .as("enabled", Demand.yes(),
                        "Without it the service tells nobody how to log in, and takes the login as off.")
                .saying("device_endpoint", Demand.text(endpoints.device()), DEVICE_WHY)
                .as("device_client_id", Demand.text(Roles.DEVICE), tells + " It is the client of the command line.")
                .as("browser_endpoint", Demand.text(endpoints.authorization()), tells)
                .as("token_endpoint", Demand.text(endpoints.token()), tells)
                .as("logout_endpoint", Demand.text(endpoints.logout()), tells);
        if (layout == Layout.V6_4) {
            auth.saying("browser_client_id", Demand.text(osmo.cliClient().orElse(Roles.BROWSER)), pkce());
        } else {
            auth.as("browser_client_id", Demand.text(Roles.BROWSER), tells + " It is the client of the web UI.");
        }
        return auth.settings;
    }

    private String pkce() {
        return osmo.cliClient().isPresent()
                ? "osmo login of 6.4 begins with PKCE, with this client and without a secret. " + Roles.DEVICE
                        + " is public and may send the browser back to this machine."
                : "osmo login of 6.4 begins with PKCE, with this client and without a secret, and Keycloak refuses that: people"
                        + " say osmo login --method code. Or make " + Roles.DEVICE + " fit for it in the desired state"
                        + " (standardFlowEnabled, the redirect http://localhost/*), and it is named here.";
    }

    private List<Setting> proxy() {
        Page proxy = new Page(root() + ".oauth2Proxy")
                .as("enabled", Demand.yesByDefault(), "Nobody can log in with a browser without it.")
                .as("provider", Demand.text("oidc", "oidc"), "Keycloak speaks OpenID Connect.")
                .as("oidcIssuerUrl", Demand.text(endpoints.issuer()),
                        "It has to be the issuer in Keycloak's tokens, to the letter.")
                .as("clientId", Demand.text(Roles.BROWSER),
                        "The client of the web UI, whose secret is in " + SECRET + ".")
                .as("cookieDomain", new Demand.Covering(osmo.domain()),
                        "A browser drops cookies for a domain that the host of OSMO does not lie in, and the login goes in"
                                + " circles.")
                .saying("cookieRefresh",
                        new Demand.Below(osmo.lifespan().refresh(), osmo.lifespan(), "1h"),
                        "OAuth2 Proxy hands on the same token until it refreshes; a token counts for " + osmo.lifespan()
                                + ". Refreshed later, it has run out before, and Envoy answers 401 (Jwt is expired).")
                .as("scope", new Demand.Words(List.of("openid", "email", "profile"), "openid email profile"),
                        "email is what OAuth2 Proxy asks of everybody, profile is what the user's name comes with.")
                .as("useKubernetesSecrets", new Demand.TrueUnless(Path.parse(root() + ".oauth2Proxy.secretPaths")),
                        "Otherwise the secrets are looked for in files that something else has to put there.")
                .as("secretName", new Demand.Suggested(Value.text(SECRET)), "")
                .as("clientSecretKey", new Demand.Suggested(Value.text(CLIENT_SECRET)), "")
                .as("cookieSecretKey", new Demand.Suggested(Value.text(COOKIE_SECRET)), "")
                .saying("extraArgs", new Demand.Argument(WHITELIST, endpoints.logoutHost()),
                        "After a logout OAuth2 Proxy sends the browser on to hosts that are named here alone. Without it the"
                                + " session at Keycloak outlives the logout, for up to a week.");
        if (!osmo.mail().doubts().isEmpty()) {
            proxy.saying("extraArgs", new Demand.Argument(UNVERIFIED, "true"),
                    "OAuth2 Proxy turns people away whose address is"
                            + " not verified, and not all are: " + String.join("; ", osmo.mail().doubts())
                            + ". With emailVerified: true for everybody this line can go.");
        }
        return proxy.settings;
    }

    private List<Setting> envoy(Chart chart) {
        Page envoy = new Page(root() + ".envoy")
                .saying("idp.host", Demand.text(endpoints.host()),
                        "Where Envoy fetches Keycloak's keys. The providers name the"
                                + " cluster idp, which is not there without it: then no token is accepted."
                                + (endpoints.isWhereEnvoyGoes() ? ""
                                        : " Envoy goes to port 443 of it with TLS, whatever jwks_uri says."));
        String hostWhy = "The login comes back to https://HOST/oauth2/callback, and HOST is this. Left empty, Keycloak"
                + " refuses the redirect.";
        if (layout.hasGateway()) {
            envoy.saying("hostname", new Demand.Exactly(Value.text(osmo.domain()), Optional.empty(),
                    List.of(Path.parse("global.hostname"))), hostWhy);
            internalKeys(envoy);
        } else {
            envoy.saying("service.hostname", Demand.text(osmo.domain()), hostWhy);
        }
        envoy.as("jwt.user_header", Demand.text("x-osmo-user", "x-osmo-user"),
                "The header in which OSMO looks for the user.");
        if (chart == Chart.ROUTER) {
            router(envoy);
        }
        for (String audience : List.of(Roles.DEVICE, Roles.BROWSER)) {
            envoy.as("jwt.providers", keycloak(audience), "Tokens of " + audience + " are not accepted without it.");
        }
        ofOsmo(envoy, chart);
        return envoy.settings;
    }

    private static void router(Page envoy) {
        envoy.as("jwt.enabled", Demand.yesByDefault(), "The router asks for no token without it.");
    }

    private void internalKeys(Page envoy) {
        envoy.saying("internalJwks.enabled", Demand.yes(),
                "The cluster osmo-service-jwks, which the provider osmo names, is not there without it.")
                .as("internalJwks.cluster", Demand.text("osmo-service-jwks", "osmo-service-jwks"),
                        "The provider osmo names it so.")
                .as("internalJwks.host", new Demand.Suggested(Value.text("osmo-service")), "")
                .as("internalJwks.port", new Demand.Suggested(Value.num(80)), "");
    }

    private Demand.Provider keycloak(String audience) {
        return provider(Map.of("issuer", endpoints.issuer(), "audience", audience, "jwks_uri", endpoints.keys(),
                "user_claim", "preferred_username", "cluster", "idp"),
                Map.of("issuer", "Envoy compares it with the token's, to the letter.", "jwks_uri",
                        "The keys that Keycloak signs tokens of this realm with.", "user_claim",
                        "OSMO knows its users by the name that Keycloak has in preferred_username.", "cluster",
                        "The cluster that idp.host makes is called idp; oauth was that of OSMO 6.0."));
    }

    /** Tokens that OSMO itself issues. Which cluster has its keys, each chart has in its own way; the UI's has none. */
    private void ofOsmo(Page envoy, Chart chart) {
        if (layout.hasGateway()) {
            envoy.saying("jwt.providers", osmo("https://osmo-service/api/auth/keys", "osmo-service-jwks",
                    "https if gateway.tls.enabled, as it is by default; http if it is off."),
                    "OSMO's own tokens. https, as the gateway speaks TLS to the service unless gateway.tls.enabled is false;"
                            + " then http. OSMO's guide for Keycloak has http.");
        } else if (chart == Chart.SERVICE) {
            envoy.as("jwt.providers", osmo("http://localhost:8000/api/auth/keys", "service",
                    "The service runs beside this Envoy."), "OSMO's own tokens are not accepted without it.");
        } else if (chart == Chart.ROUTER) {
            String why = "The keys of OSMO's own tokens are those of the service. The guide's block for the service, copied,"
                    + " would look for them at the router itself, which has none.";
            envoy.saying("osmoauth.hostname", Demand.text(osmo.domain()),
                    "The service, as the cluster osmoauth, which the provider osmo names.")
                    .as("osmoauth.enabled", Demand.yesByDefault(), "Without it there is no cluster osmoauth.")
                    .as("osmoauth.address", Demand.text("osmo-service", "osmo-service"),
                            "The service inside the cluster.")
                    .as("osmoauth.port", new Demand.Exactly(Value.num(80), Optional.of(Value.num(80)), List.of()),
                            "The service's port inside the cluster.")
                    .saying("jwt.providers", osmo("http://osmo-service/api/auth/keys", "osmoauth", why), why);
        }
    }

    private static Demand.Provider osmo(String keys, String cluster, String why) {
        return provider(Map.of("issuer", "osmo", "audience", "osmo", "jwks_uri", keys, "user_claim", "unique_name",
                "cluster", cluster),
                Map.of("issuer", "OSMO calls itself osmo in its tokens.", "jwks_uri", why, "user_claim",
                        "OSMO's own tokens have the user in unique_name.", "cluster", why));
    }

    private static Demand.Provider provider(Map<String, String> fields, Map<String, String> why) {
        Map<String, Value> value = new TreeMap<>();
        fields.forEach((name, text) -> value.put(name, Value.text(text)));
        return new Demand.Provider(new Value.MapOf(value), why);
    }
}
