package dev.realmform.osmo;

import dev.realmform.model.Proof.Check;
import dev.realmform.model.Proof.Fault;
import dev.realmform.model.Value;
import dev.realmform.osmo.token.Jwt;
import dev.realmform.osmo.token.KeySet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What OSMO would make of a token: Envoy asks each of its JWT providers, takes issuer and audience literally, and hands user and
 * roles on as headers.
 *
 * @param issuer of the realm; empty if nobody says, and then it is not compared
 * @param layout which OSMO; empty if nobody says
 * @param now    the time that it is
 */
public record TokenReading(Jwt token, Optional<String> issuer, Optional<String> layout, Instant now) {

    private static final String OSMO = "osmo";

    /** OSMO drops longer names of roles, from 6.3 on. */
    private static final int LONGEST_ROLE = 256;

    /** One of Envoy's providers, as the value files have them. */
    private record Provider(String name, Optional<String> issuer, String audience, String userClaim) {}

    private List<Provider> providers() {
        return List.of(new Provider("web UI (" + Roles.BROWSER + ")", issuer, Roles.BROWSER, "preferred_username"),
                new Provider("command line (" + Roles.DEVICE + ")", issuer, Roles.DEVICE, "preferred_username"),
                new Provider("OSMO's own", Optional.of(OSMO), OSMO, "unique_name"));
    }

    /** All that is to be said, the signature first. */
    public List<Check> checks(Optional<KeySet> keys) {
        List<Check> checks = new ArrayList<>();
        checks.add(keys.map(this::signature)
                .orElseGet(() -> Check.note("signature", "not checked: give the issuer's keys with --jwks")));
        checks.addAll(times());
        kind().ifPresent(checks::add);
        Optional<Provider> accepting = accepting(checks);
        checks.add(user(accepting));
        checks.add(roles());
        return checks;
    }

    private Check signature(KeySet keys) {
        return switch (keys.check(token)) {
            case KeySet.Outcome.Signed(String key) -> Check.works("signature", "made with the issuer's key " + key);
            case KeySet.Outcome.Open(String why) -> Check.note("signature", "not checked: " + why);
            case KeySet.Outcome.Refused(String why) -> Check.fails("signature", "", List.of(new Fault(
                    "Envoy would refuse it (401)", why,
                    "Are these the keys of the issuer, and is the token whole? Keys that were rotated are gone after"
                            + " a while: log in again.")));
        };
    }

    private List<Check> times() {
        List<Check> checks = new ArrayList<>();
        Optional<Instant> expires = token.time("exp");
        expires.ifPresentOrElse(at -> checks.add(at.isAfter(now)
                ? Check.works("time", "expires in " + length(Duration.between(now, at)))
                : Check.fails("time", "", List.of(new Fault("expired " + length(Duration.between(at, now)) + " ago",
                        "Jwt is expired (401)",
                        "Log in again. In the web UI: cookieRefresh of oauth2-proxy has to be shorter than the realm's"
                                + " accessTokenLifespan.")))),
                () -> checks.add(Check.note("time", "it has no exp: it never expires")));
        token.time("nbf")
                .filter(at -> at.isAfter(now))
                .ifPresent(at -> checks.add(Check.fails("time", "", List.of(
                        new Fault("not valid before " + at, "that is in " + length(Duration.between(now, at)),
                                "Set the clocks right.")))));
        return checks;
    }

    /** {@code 4 min 10 s}, {@code 3 days}. */
    static String length(Duration length) {
        if (length.toDays() > 1) {
            return length.toDays() + " days";
        }
        if (length.toHours() > 0) {
            return length.toHours() + " h " + length.toMinutesPart() + " min";
        }
        return length.toMinutes() > 0 ? length.toMinutes() + " min " + length.toSecondsPart() + " s"
                : length.toSeconds() + " s";
    }

    /** Keycloak says of each token what it is for. */
    private Optional<Check> kind() {
        return token.claims().text("typ").flatMap(type -> switch (type) {
            case "ID" -> Optional.empty();
            case "Bearer" -> Optional.of(Check.note("kind",
                    "an access token; OSMO gets the ID token, from its command line and from oauth2-proxy"));
            case "Refresh", "Offline" -> Optional.of(Check.fails("kind", "", List.of(new Fault(
                    "a refresh token (" + type + ")", "only Keycloak takes it, for new tokens",
                    "Give the ID token."))));
            default -> Optional.of(Check.note("kind", type));
        });
    }

    private Optional<Provider> accepting(List<Check> checks) {
        Optional<Provider> accepting = providers().stream().filter(one -> refusal(one).isEmpty()).findFirst();
        if (accepting.isPresent()) {
            checks.add(Check.works("accepted as", accepting.get().name()
                    + (accepting.get().issuer().isPresent() ? ""
                            : "; the issuer is not compared, as nobody says it: -f FILE or --issuer URL")));
            return accepting;
        }
        List<Fault> faults = providers().stream()
                .map(one -> new Fault("not by the provider " + one.name(), refusal(one).orElse(""), remedy(one)))
                .toList();
        checks.add(Check.fails("accepted by nobody (401)", "", faults));
        return Optional.empty();
    }

    private Optional<String> refusal(Provider provider) {
        List<String> audiences = TokenChecks.audiences(token.claims());
        String said = token.claims().text("iss").orElse("");
        List<String> why = new ArrayList<>();
        provider.issuer()
                .filter(wanted -> !wanted.equals(said))
                .ifPresent(wanted -> why
                        .add("the issuer is " + (said.isEmpty() ? "missing" : said) + ", not " + wanted));
        if (!audiences.contains(provider.audience())) {
            why.add("the audience is " + (audiences.isEmpty() ? "missing" : String.join(", ", audiences)) + ", not "
                    + provider.audience());
        }
        return why.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", why));
    }

    private String remedy(Provider provider) {
        if (provider.audience().equals(OSMO)) {
            return "It is for tokens that OSMO made: osmo token set.";
        }
        boolean sameIssuer = provider.issuer()
                .filter(wanted -> token.claims().text("iss").filter(wanted::equals).isEmpty())
                .isEmpty();
        return sameIssuer ? "Take a token of a login through " + provider.audience() + "."
                : "Let Keycloak and the value files name one host: osmo.host, KC_HOSTNAME.";
    }

    private Check user(Optional<Provider> accepting) {
        String claim = accepting.map(Provider::userClaim).orElse("preferred_username");
        String about = "x-osmo-user";
        return token.claims()
                .text(claim)
                .filter(name -> !name.isEmpty())
                .map(name -> Check.works(about, name))
                .orElseGet(() -> Check.fails(about, "", List.of(new Fault("OSMO would not know who it is (400)",
                        "the claim " + claim + " is missing", "The client needs the default scope profile."
                                + " realmform verify -f FILE finds out."))));
    }

    private Check roles() {
        String about = "x-osmo-roles";
        Value roles = token.claims().get("roles").orElse(Value.NULL);
        return switch (roles) {
            case Value.ListOf ignored -> listed(token.claims().texts("roles"));
            case Value.Null ignored -> Check.fails(about, "", List.of(new Fault("no roles but osmo-default",
                    "there is no claim roles: the user has no role on this client, or the client's mapper does not write it",
                    "realmform verify -f FILE finds out which.")));
            default -> Check.fails(about, "", List.of(new Fault(
                    layout.filter("6.2"::equals).isPresent() ? "OSMO fails over it (a Lua error), so no roles"
                            : "OSMO reads no roles",
                    "roles is a text, not a list: the mapper is not multivalued",
                    "Switch on \"Multivalued\" in the client's mapper " + ClientFlaws.MAPPER + ".")));
        };
    }

    private Check listed(List<String> roles) {
        List<String> lost = roles.stream()
                .filter(role -> role.contains(",") || role.length() > LONGEST_ROLE
                        || role.chars().anyMatch(Character::isISOControl))
                .toList();
        if (!lost.isEmpty()) {
            return Check.fails("x-osmo-roles", "", List.of(new Fault(
                    "roles that do not arrive: " + lost.stream().collect(Collectors.joining("; ")),
                    "a comma, a control character, or more than " + LONGEST_ROLE + " characters",
                    "Rename the role.")));
        }
        return roles.isEmpty() ? Check.note("x-osmo-roles", "an empty list; OSMO adds osmo-default")
                : Check.works("x-osmo-roles", String.join(",", roles) + " (OSMO adds osmo-default)");
    }
}
