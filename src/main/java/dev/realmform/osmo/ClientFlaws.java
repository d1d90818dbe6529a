package dev.realmform.osmo;

import dev.realmform.model.AccessFacts;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is wrong with a client as the server has it, by what breaks the tokens that OSMO reads. Each of these was tried on
 * Keycloak 26.1.0 and 26.7.3.
 *
 * @param clientId whose tokens these are
 * @param client   as the server has it
 * @param facts    with the client scopes of the realm
 */
record ClientFlaws(String clientId, Value.MapOf client, AccessFacts facts) {

    static final String MAPPER = "Create \"roles\" claim";

    private static final String CLIENT_ROLES = "oidc-usermodel-client-role-mapper";
    private static final String OF_CLIENT = "usermodel.clientRoleMapping.clientId";

    /**
     * Something that is wrong.
     *
     * @param shows what may be seen of it in tokens
     * @param what  the same in words
     */
    record Flaw(Set<Symptom> shows, String what, String cause, String remedy) {}

    /** A mapper, and the scope that it comes with; empty for one of the client's own. */
    private record Mapper(Value.MapOf body, String scope) {

        String config(String key) {
            return body.map("config").text(key).orElse("");
        }

        boolean isTrue(String key) {
            return config(key).equals("true");
        }

        String called() {
            return "the mapper " + body.text("name").orElse("?")
                    + (scope.isEmpty() ? "" : " of the client scope " + scope);
        }
    }

    List<Flaw> all() {
        List<Flaw> flaws = new ArrayList<>();
        if (client.has("enabled") && !client.isTrue("enabled")) {
            flaws.add(new Flaw(EnumSet.noneOf(Symptom.class), "nobody can log in through it", "the client is disabled",
                    "Enable the client."));
        }
        flows(flaws);
        roles(flaws);
        claim("preferred_username", "profile", Symptom.NO_NAME,
                "ID tokens carry no preferred_username, so OSMO does not know who it is (400)", flaws);
        claim("email", "email", Symptom.NO_EMAIL, "ID tokens carry no email, which oauth2-proxy needs", flaws);
        return flaws;
    }

    /** The ways to log in that OSMO goes. */
    private void flows(List<Flaw> flaws) {
        if (clientId.equals(Roles.BROWSER) && client.has("standardFlowEnabled")
                && !client.isTrue("standardFlowEnabled")) {
            flaws.add(new Flaw(EnumSet.noneOf(Symptom.class), "nobody can log in in the web UI",
                    "the standard flow of the client is switched off", "Switch on \"Standard flow\"."));
        }
        if (clientId.equals(Roles.DEVICE) && client.has("attributes") && !client.map("attributes")
                .text("oauth2.device.authorization.grant.enabled")
                .filter("true"::equals)
                .isPresent()) {
            flaws.add(new Flaw(EnumSet.noneOf(Symptom.class), "nobody can log in on the command line",
                    "the device authorization grant of the client is switched off",
                    "Switch on \"OAuth 2.0 Device Authorization Grant\"."));
        }
    }

    private List<Mapper> mappers() {
        Stream<Mapper> own = bodies(client).map(body -> new Mapper(body, ""));
        Stream<Mapper> ofScopes = client.texts("defaultClientScopes")
                .stream()
                .flatMap(scope -> bodies(facts.scopes().getOrDefault(scope, Value.EMPTY_MAP))
                        .map(body -> new Mapper(body, scope)));
        return Stream.concat(own, ofScopes).toList();
    }

    private static Stream<Value.MapOf> bodies(Value.MapOf holder) {
        return holder.list("protocolMappers")
                .stream()
                .filter(Value.MapOf.class::isInstance)
                .map(Value.MapOf.class::cast);
    }

    private void roles(List<Flaw> flaws) {
        List<Mapper> carriers = mappers().stream()
                .filter(mapper -> mapper.config("claim.name").equals("roles"))
                .toList();
        if (carriers.isEmpty()) {
            flaws.add(new Flaw(EnumSet.of(Symptom.NO_ROLES), "ID tokens carry no roles", missing(),
                    "Give the client the mapper " + MAPPER + ": User Client Role, client id " + clientId
                            + ", claim name roles, multivalued, added to ID tokens."));
        }
        carriers.forEach(mapper -> carrier(mapper, flaws));
    }

    private String missing() {
        Optional<Mapper> astray = mappers().stream()
                .filter(mapper -> mapper.scope().isEmpty() && mapper.config(OF_CLIENT).equals(clientId))
                .findFirst();
        return astray
                .map(mapper -> mapper.called() + " writes into the claim " + mapper.config("claim.name")
                        + ", not roles")
                .orElse("the mapper " + MAPPER + " is missing");
    }

    private void carrier(Mapper mapper, List<Flaw> flaws) {
        if (!mapper.isTrue("id.token.claim")) {
            flaws.add(new Flaw(EnumSet.of(Symptom.NO_ROLES), "ID tokens carry no roles",
                    mapper.called() + " leaves ID tokens out: id.token.claim is not true",
                    "Switch on \"Add to ID token\" in " + mapper.called() + "."));
        }
        if (!mapper.isTrue("multivalued")) {
            flaws.add(new Flaw(EnumSet.of(Symptom.TEXT), "roles is a text in ID tokens, not a list: OSMO reads none",
                    mapper.called() + " is not multivalued", "Switch on \"Multivalued\" in " + mapper.called() + "."));
        }
        if (!mapper.body().text("protocolMapper").filter(CLIENT_ROLES::equals).isPresent()) {
            flaws.add(new Flaw(EnumSet.of(Symptom.OTHER_ROLES, Symptom.NO_ROLES),
                    "ID tokens carry something else as roles",
                    mapper.called() + " is of the type " + mapper.body().text("protocolMapper").orElse("?")
                            + ", not " + CLIENT_ROLES,
                    "Replace it by one of the type User Client Role."));
            return;
        }
        String other = mapper.config(OF_CLIENT);
        if (!other.equals(clientId)) {
            flaws.add(new Flaw(EnumSet.of(Symptom.OTHER_ROLES, Symptom.NO_ROLES),
                    "ID tokens carry the roles of " + (other.isEmpty() ? "all clients" : other),
                    mapper.called() + " names " + (other.isEmpty() ? "no client" : "the client " + other)
                            + ", not " + clientId,
                    "Set the client id of " + mapper.called() + " to " + clientId + "."));
        }
        String prefix = mapper.config("usermodel.clientRoleMapping.rolePrefix");
        if (!prefix.isEmpty()) {
            flaws.add(new Flaw(EnumSet.of(Symptom.OTHER_ROLES), "ID tokens carry roles under other names",
                    mapper.called() + " puts \"" + prefix + "\" before each", "Empty the prefix of " + mapper.called()
                            + "."));
        }
    }

    /** A claim that one of Keycloak's own client scopes brings. */
    private void claim(String claim, String scope, Symptom symptom, String what, List<Flaw> flaws) {
        boolean carried = mappers().stream()
                .anyMatch(mapper -> mapper.config("claim.name").equals(claim) && mapper.isTrue("id.token.claim"));
        if (carried) {
            return;
        }
        if (client.texts("defaultClientScopes").contains(scope)) {
            flaws.add(new Flaw(EnumSet.of(symptom), what,
                    "the client scope " + scope + " has no mapper that writes " + claim + " into ID tokens",
                    "Give the client scope " + scope + " its mapper again: User Property, claim name " + claim
                            + ", added to ID tokens."));
        } else {
            boolean optional = client.texts("optionalClientScopes").contains(scope);
            flaws.add(new Flaw(EnumSet.of(symptom), what,
                    optional ? "the client scope " + scope + " is optional: only who asks for it gets it"
                            : "the default client scope " + scope + " is missing",
                    "Add the client scope " + scope + " to the client, as a default."));
        }
    }
}
