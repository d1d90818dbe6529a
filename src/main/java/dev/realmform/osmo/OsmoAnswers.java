package dev.realmform.osmo;

import dev.realmform.model.Proof.Check;
import dev.realmform.model.Proof.Fault;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whether OSMO itself has been told what Keycloak is, and lets a user into the pools of his teams.
 *
 * <p>By OSMO's sources (6.2 to 6.4), against a stub that answers as they say: never run against a live OSMO.
 *
 * @param issuer who issues the realm's tokens
 */
public record OsmoAnswers(Requirements installation, String issuer) {

    /** What everybody is asked: needs no token. */
    public static final String LOGIN = "/api/auth/login";

    /** What one user is told of himself. */
    public static final String SETTINGS = "/api/profile/settings";

    /** Made by OSMO itself; each user may use it. */
    private static final String DEFAULT_POOL = "default";

    private static final String ADMIN = "osmo-admin";

    /** The six fields by which the command line and the web UI find their login. */
    public Check login(Value.MapOf answer) {
        List<Fault> faults = new ArrayList<>();
        expected().forEach((field, value) -> {
            String said = answer.text(field).orElse("");
            boolean anotherWay = field.equals("browser_client_id") && said.equals(Roles.DEVICE)
                    && installation.layout().filter("6.4"::equals).isPresent();
            if (!said.equals(value) && !anotherWay) {
                faults.add(new Fault(field + " is " + (said.isEmpty() ? "empty" : said) + ", not " + value,
                        cause(field, said),
                        "Set it under services.service.auth in OSMO's value file, and roll it out."));
            }
        });
        return Check.of("OSMO " + LOGIN, "all six fields are those of the realm", faults);
    }

    private SequencedMap<String, String> expected() {
        Endpoints endpoints = Endpoints.below(issuer);
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        fields.put("device_endpoint", endpoints.device());
        fields.put("device_client_id", Roles.DEVICE);
        fields.put("browser_endpoint", endpoints.authorization());
        fields.put("browser_client_id", Roles.BROWSER);
        fields.put("token_endpoint", endpoints.token());
        fields.put("logout_endpoint", endpoints.logout());
        return fields;
    }

    private static String cause(String field, String said) {
        if (!field.equals("device_endpoint")) {
            return "";
        }
        return said.isEmpty() ? "an empty device_endpoint switches logins off"
                : said.endsWith("/openid-connect/device") ? "that is the guide's, and answers 405" : "";
    }

    /**
     * The pools of a user.
     *
     * @param claims of the token with which OSMO was asked
     */
    public Check pools(Value.MapOf answer, Value.MapOf claims) {
        List<String> roles = claims.texts("roles");
        SortedSet<String> expected = installation.pools(roles);
        SortedSet<String> there = new TreeSet<>(answer.texts("pools"));
        String about = "OSMO " + SETTINGS + " of " + claims.text("preferred_username").orElse("?");
        List<Fault> faults = new ArrayList<>();
        SortedSet<String> missing = new TreeSet<>(expected);
        missing.removeAll(there);
        missing.forEach(pool -> faults.add(new Fault("the pool " + pool + " is not among the user's",
                "no role policy of OSMO allows workflow:Create on pool/" + pool + ", or there is no such pool",
                "Check OSMO's role of the team: osmo config show ROLE. On 6.2 pool/x* matches nothing.")));
        SortedSet<String> more = new TreeSet<>(there);
        more.removeAll(expected);
        more.remove(DEFAULT_POOL);
        if (!roles.contains(ADMIN) && !more.isEmpty()) {
            faults.add(new Fault("more pools than the teams have: " + String.join(", ", more),
                    "a role of OSMO allows more, or a role that was taken away in Keycloak is kept by sync_mode: import",
                    "Check the user's roles in OSMO, and set sync_mode: force on those that come from Keycloak."));
        }
        return Check.of(about, expected.isEmpty() ? "no pool of a team, as expected"
                : "all pools of the user's teams: " + String.join(", ", expected), faults);
    }

    /** What could not be asked. */
    public static Check silent(String path, String what) {
        return Check.fails("OSMO " + path, "", List.of(new Fault(what, "", "Is --osmo-url the address of OSMO, and"
                + " reachable from here?")));
    }

    /** Without a token nobody is told about pools. */
    public static Check withoutToken() {
        return Check.note("OSMO " + SETTINGS, "not asked: OSMO_TOKEN holds no token of a user");
    }

    /** Who issues the tokens: as somebody says, else as the section does. */
    public static OsmoAnswers of(Requirements installation, Optional<String> issuer) {
        return new OsmoAnswers(installation, issuer.orElseGet(installation::issuer));
    }
}
