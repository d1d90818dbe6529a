package dev.realmform.osmo;

import dev.realmform.model.Proof.Check;
import dev.realmform.model.Proof.Fault;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the realm is where OSMO is told that it is.
 *
 * @param meant who is to issue the tokens, if somebody says otherwise than the section
 */
public record IssuerChecks(Requirements installation, Optional<String> meant) {

    private static final String ABOUT = "endpoints";

    private String issuer() {
        return meant.orElseGet(installation::issuer);
    }

    /** @param discovery what the realm says of itself; empty if it says nothing */
    public Check endpoints(Optional<Value.MapOf> discovery) {
        if (discovery.isEmpty()) {
            return Check.fails(ABOUT, "", List.of(new Fault("the realm says nothing of itself",
                    "no /.well-known/openid-configuration", "Is the realm there, and enabled?")));
        }
        String live = discovery.get().text("issuer").orElse("");
        if (!live.equals(issuer())) {
            return Check.fails(ABOUT, "", List.of(otherIssuer(live)));
        }
        List<Fault> faults = new ArrayList<>();
        Endpoints.below(issuer()).announced().forEach((name, url) -> {
            String said = discovery.get().text(name).orElse("");
            if (!said.equals(url)) {
                faults.add(new Fault(name + " is " + (said.isEmpty() ? "not there" : said) + ", not " + url,
                        "the server announces another address",
                        "Check the host name that Keycloak is run with (KC_HOSTNAME), and proxies before it."));
            }
        });
        return Check.of(ABOUT, "issuer, login, token, keys, device and logout are at " + issuer(), faults);
    }

    private Fault otherIssuer(String live) {
        String wanted = meant.map(said -> "--issuer").orElseGet(installation::issuerSource);
        return new Fault("tokens are issued by " + live + ", not by " + issuer(),
                "by " + wanted + " it is to be another; Envoy refuses tokens of any issuer but that",
                "Run Keycloak under that name (KC_HOSTNAME), or say osmo.host. If another address is meant in this run"
                        + " alone: --issuer " + live);
    }

    /** @param keys the realm's key set; empty if it answers none */
    public Check keys(Optional<Value.MapOf> keys) {
        List<String> signing = keys.map(set -> set.list("keys"))
                .orElse(List.of())
                .stream()
                .filter(Value.MapOf.class::isInstance)
                .map(Value.MapOf.class::cast)
                .filter(key -> !key.text("use").orElse("sig").equals("enc"))
                .map(key -> key.text("alg").orElse("?"))
                .toList();
        return signing.isEmpty()
                ? Check.fails("keys", "", List.of(new Fault("there is no key that a signature could be checked with",
                        "the key set of the realm is empty, or not there",
                        "Give the realm an active key provider (Realm settings, Keys).")))
                : Check.works("keys", signing.size() == 1 ? "1 to check signatures with: " + signing.getFirst()
                        : signing.size() + " to check signatures with: "
                                + signing.stream().distinct().collect(Collectors.joining(", ")));
    }
}
