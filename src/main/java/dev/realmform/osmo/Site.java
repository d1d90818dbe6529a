package dev.realmform.osmo;

import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;

/**
 * What is the same for everybody: the realm's settings, the two clients, the roles and groups that OSMO has itself.
 *
 * @param section  the whole section
 * @param domain   where the host of OSMO is named
 * @param wildcard whether any address of OSMO may be redirected to, as in the guide
 */
record Site(Part section, Part domain, boolean wildcard) {

    private static final int A_WEEK = 604_800;

    private static final List<String> DEFAULT_SCOPES = List.of("acr", "basic", "email", "profile", "roles",
            "web-origins");

    private static final List<String> OPTIONAL_SCOPES = List.of("address", "microprofile-jwt", "offline_access",
            "phone");

    void draw(Sheet sheet) {
        realm(sheet);
        browser(client(sheet, Roles.BROWSER));
        device(client(sheet, Roles.DEVICE));
        Roles.STANDARD.forEach((client, roles) -> roles.forEach((role, description) -> {
            Sheet drawn = sheet.at(section.source(), "roles", "client", client, role);
            if (!description.isEmpty()) {
                drawn.put("description", description);
            }
        }));
        Roles.GROUPS.forEach((group, byClient) -> byClient.forEach((client, roles) -> sheet
                .at(section.source(), "groups", group, "clientRoles")
                .add(client, roles)));
    }

    private static void realm(Sheet sheet) {
        sheet.put("enabled", true)
                .put("sslRequired", "external")
                .put("loginWithEmailAllowed", false)
                .put("bruteForceProtected", true)
                .put("maxFailureWaitSeconds", Value.num(300))
                .put("ssoSessionIdleTimeout", Value.num(A_WEEK))
                .put("ssoSessionMaxLifespan", Value.num(A_WEEK));
    }

    private String url() {
        return "https://" + domain.text();
    }

    private Sheet client(Sheet sheet, String clientId) {
        Sheet client = sheet.at(domain.source(), "clients", clientId)
                .put("protocol", "openid-connect")
                .put("enabled", true)
                .put("rootUrl", url())
                .put("baseUrl", url())
                .put("adminUrl", url())
                .add("redirectUris", List.of(url() + (wildcard ? "/*" : "/oauth2/callback")))
                .add("webOrigins", List.of(url()))
                .put("clientAuthenticatorType", "client-secret")
                .put("implicitFlowEnabled", false)
                .put("serviceAccountsEnabled", false)
                .put("frontchannelLogout", true)
                .put("fullScopeAllowed", true)
                .add("defaultClientScopes", DEFAULT_SCOPES)
                .add("optionalClientScopes", OPTIONAL_SCOPES);
        client.at(domain.source(), "attributes")
                .put("backchannel.logout.session.required", "true")
                .put("frontchannel.logout.session.required", "true");
        rolesClaim(client, clientId);
        return client;
    }

    /** A mapper that names the other client would put that one's roles into the token, without a word. */
    private void rolesClaim(Sheet client, String clientId) {
        Sheet mapper = client.at(domain.source(), "protocolMappers", "Create \"roles\" claim")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-usermodel-client-role-mapper");
        Sheet config = mapper.at(domain.source(), "config");
        Map.of("usermodel.clientRoleMapping.clientId", clientId, "claim.name", "roles", "jsonType.label", "String",
                "multivalued", "true", "userinfo.token.claim", "true", "id.token.claim", "true",
                "access.token.claim", "true").forEach((name, text) -> config.put(name, text));
    }

    /**
     * After a logout the browser may be sent to any page of OSMO, as in the guide; {@code +} would allow the addresses of the
     * login alone.
     */
    private void browser(Sheet client) {
        client.put("name", "Osmo Browser Flow")
                .put("description", "Allow logging into osmo using the authorization code based browser flow")
                .put("publicClient", false)
                .put("standardFlowEnabled", true)
                .put("directAccessGrantsEnabled", false);
        client.at(domain.source(), "attributes")
                .put("oauth2.device.authorization.grant.enabled", "false")
                .put("use.refresh.tokens", "true")
                .put("post.logout.redirect.uris", wildcard ? "+" : url() + "/*");
    }

    /** Logs in by device code and by password, neither of which redirects: its address only has to be no wider than the other's. */
    private void device(Sheet client) {
        client.put("name", "Osmo device flow")
                .put("description", "Allow login with devices such as cli")
                .put("publicClient", true)
                .put("standardFlowEnabled", false)
                .put("directAccessGrantsEnabled", true);
        client.at(domain.source(), "attributes")
                .put("oauth2.device.authorization.grant.enabled", "true")
                .put("post.logout.redirect.uris", "+");
    }
}
