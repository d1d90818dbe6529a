package dev.realmform.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A small realm with much of what few realms have much of: nested authentication flows, client scopes and identity providers
 * with their mappers, clients with authorization settings.
 */
final class WideRealm {

    static final int FLOWS = 25;
    static final int CLIENT_SCOPES = 50;
    static final int IDENTITY_PROVIDERS = 20;
    /** Clients that have authorization settings. */
    static final int RESOURCE_SERVERS = 2;

    private static final int OF_EACH = 5;

    private static final Shape SMALL = new Shape(5, 5, 20, 2, 4, 50);

    private final ObjectNode realm;

    private WideRealm(String name) {
        this.realm = SampleRealm.of(name, SMALL);
    }

    static ObjectNode of(String name) {
        WideRealm wide = new WideRealm(name);
        wide.flows();
        wide.clientScopes();
        wide.identityProviders();
        wide.authorization();
        return wide.realm;
    }

    private static String flow(int number) {
        return "flow-%02d".formatted(number);
    }

    private static String realmRole(int number) {
        return "role-%04d".formatted(number);
    }

    /** Cookie or password, and a code for those who have one: three levels, five executions. */
    private void flows() {
        ArrayNode flows = realm.putArray("authenticationFlows");
        for (int i = 0; i < FLOWS; i++) {
            String forms = flow(i) + " forms";
            String code = flow(i) + " code";
            ArrayNode top = flow(flows, flow(i), true);
            step(top, "auth-cookie", "ALTERNATIVE");
            below(top, forms, "ALTERNATIVE");
            ArrayNode second = flow(flows, forms, false);
            step(second, "auth-username-password-form", "REQUIRED");
            below(second, code, "CONDITIONAL");
            ArrayNode third = flow(flows, code, false);
            step(third, "conditional-user-configured", "REQUIRED");
            step(third, "auth-otp-form", "REQUIRED");
        }
    }

    private static ArrayNode flow(ArrayNode flows, String alias, boolean top) {
        return flows.addObject()
                .put("alias", alias)
                .put("description", "Flow " + alias)
                .put("providerId", "basic-flow")
                .put("topLevel", top)
                .put("builtIn", false)
                .putArray("authenticationExecutions");
    }

    private static void step(ArrayNode steps, String authenticator, String requirement) {
        steps.addObject().put("authenticator", authenticator).put("requirement", requirement);
    }

    private static void below(ArrayNode steps, String alias, String requirement) {
        steps.addObject().put("flowAlias", alias).put("authenticatorFlow", true).put("requirement", requirement);
    }

    private void clientScopes() {
        ArrayNode scopes = realm.putArray("clientScopes");
        for (int i = 0; i < CLIENT_SCOPES; i++) {
            ObjectNode scope = scopes.addObject()
                    .put("name", "scope-%02d".formatted(i))
                    .put("description", "Client scope " + i)
                    .put("protocol", "openid-connect");
            scope.putObject("attributes")
                    .put("include.in.token.scope", "true")
                    .put("display.on.consent.screen", "false");
            ArrayNode mappers = scope.putArray("protocolMappers");
            for (String claim : List.of("tier", "region")) {
                mappers.addObject()
                        .put("name", claim)
                        .put("protocol", "openid-connect")
                        .put("protocolMapper", "oidc-hardcoded-claim-mapper")
                        .putObject("config")
                        .put("claim.name", claim)
                        .put("claim.value", claim + "-" + i)
                        .put("jsonType.label", "String")
                        .put("access.token.claim", "true");
            }
        }
    }

    private void identityProviders() {
        ArrayNode providers = realm.putArray("identityProviders");
        ArrayNode mappers = realm.putArray("identityProviderMappers");
        for (int i = 0; i < IDENTITY_PROVIDERS; i++) {
            String alias = "idp-%02d".formatted(i);
            String home = "https://" + alias + ".example.com";
            providers.addObject()
                    .put("alias", alias)
                    .put("displayName", "Provider " + i)
                    .put("providerId", "oidc")
                    .put("enabled", true)
                    .putObject("config")
                    .put("clientId", "realmform")
                    .put("clientSecret", "s3cret-" + alias)
                    .put("issuer", home)
                    .put("authorizationUrl", home + "/auth")
                    .put("tokenUrl", home + "/token");
            for (int j = 0; j < 2; j++) {
                mappers.addObject()
                        .put("name", "role " + j)
                        .put("identityProviderAlias", alias)
                        .put("identityProviderMapper", "oidc-role-idp-mapper")
                        .putObject("config")
                        .put("syncMode", "FORCE")
                        .put("claim", "groups")
                        .put("claim.value", "team-" + j)
                        .put("role", realmRole(j));
            }
        }
    }

    private void authorization() {
        for (int i = 0; i < RESOURCE_SERVERS; i++) {
            // Every second client is confidential, from the second on.
            ObjectNode client = (ObjectNode) realm.path("clients").path(2 * i + 1);
            client.put("serviceAccountsEnabled", true).put("authorizationServicesEnabled", true);
            ObjectNode settings = client.putObject("authorizationSettings")
                    .put("policyEnforcementMode", "ENFORCING")
                    .put("decisionStrategy", "UNANIMOUS");
            ArrayNode scopes = settings.putArray("scopes");
            ArrayNode resources = settings.putArray("resources");
            ArrayNode policies = settings.putArray("policies");
            for (int j = 0; j < OF_EACH; j++) {
                scopes.addObject().put("name", "do-" + j);
                resources.addObject()
                        .put("name", "thing-" + j)
                        .put("type", "urn:things")
                        .putArray("scopes")
                        .addObject()
                        .put("name", "do-" + j);
                ObjectNode policy = policy(policies, "has role " + j, "role");
                policy.putObject("config").putArray("roles").addObject().put("id", realmRole(j)).put("required", true);
            }
            for (int j = 0; j < OF_EACH; j++) {
                ObjectNode config = policy(policies, "may do " + j, "scope").putObject("config");
                config.putArray("scopes").add("do-" + j);
                config.putArray("applyPolicies").add("has role " + j);
            }
        }
    }

    private static ObjectNode policy(ArrayNode policies, String name, String type) {
        return policies.addObject()
                .put("name", name)
                .put("type", type)
                .put("logic", "POSITIVE")
                .put("decisionStrategy", "UNANIMOUS");
    }
}
