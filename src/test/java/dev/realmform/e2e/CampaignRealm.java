package dev.realmform.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.realmform.testing.AdminApi;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The realm of the campaign: something of every type, more than one of each, in two versions of a file; and what another
 * admin keeps in it. Whoever manages it must leave the latter alone.
 */
record CampaignRealm(String name, AdminApi admin) {

    private static final String FIRST = """
            realm: %s
            enabled: true
            displayName: First
            attributes: {ours: first, leaving: soon}
            smtpServer: {host: mail.example.com, from: a@example.com, auth: "true", user: mailer, password: "$(env:MAIL_PASSWORD)"}
            clients:
              shop:
                redirectUris: ["https://shop.example.com/*"]
                attributes: {ours: first, leaving: soon}
                serviceAccountsEnabled: true
                $serviceAccount: {realmRoles: [staff], clientRoles: {shop: [buyer]}}
              till:
                description: A till
                optionalClientScopes: {$add: [phone]}
                protocolMappers:
                  audience:
                    protocol: openid-connect
                    protocolMapper: oidc-audience-mapper
                    config: {included.client.audience: shop, access.token.claim: "true"}
                  leaving:
                    protocol: openid-connect
                    protocolMapper: oidc-audience-mapper
                    config: {included.client.audience: till, access.token.claim: "true"}
              kiosk: {publicClient: true}
            %s
            roles:
              realm:
                staff: {description: Works here, attributes: {ours: [first], leaving: [soon]}}
                boss: {composites: {realm: {$add: [staff]}, client: {shop: [buyer]}}}
            %s
              client:
                shop: {buyer: {description: Buys}, seller: {composites: {client: {shop: [buyer]}}}}
            groups:
              /Staff: {realmRoles: [staff], attributes: {ours: [first], leaving: [soon]}, $members: {$add: [ada, grace]}}
              /Staff/Tills: {clientRoles: {shop: [buyer]}}
              /Staff/Tills/Night: {$members: [user1]}
              /Leaving: {realmRoles: [boss]}
            %s
            users:
              ada: {enabled: true, firstName: Ada, lastName: Lovelace, email: ada@example.com, realmRoles: {$add: [staff]}}
              grace: {enabled: true, firstName: Grace, lastName: Hopper, email: grace@example.com, realmRoles: {$add: [boss]}, clientRoles: {shop: [seller]}}
            %s
            """;

    private static final String SECOND = """
            realm: %s
            enabled: true
            displayName: Second
            attributes: {ours: second, fresh: here}
            smtpServer: {host: mail.example.com, from: b@example.com, auth: "true", user: mailer, password: "$(env:MAIL_PASSWORD)"}
            clients:
              shop:
                redirectUris: ["https://shop.example.com/*", "https://shop.example.org/*"]
                attributes: {ours: second, fresh: here}
                serviceAccountsEnabled: true
                $serviceAccount: {realmRoles: [staff], clientRoles: {shop: [seller]}}
              desk:
                $was: till
                description: A desk
                optionalClientScopes: {$add: [address]}
                protocolMappers:
                  audience:
                    protocol: openid-connect
                    protocolMapper: oidc-audience-mapper
                    config: {included.client.audience: shop, access.token.claim: "false"}
                  fresh:
                    protocol: openid-connect
                    protocolMapper: oidc-audience-mapper
                    config: {included.client.audience: shop, id.token.claim: "true"}
              stand: {publicClient: true}
            %s
            roles:
              realm:
                staff: {description: Works there, attributes: {ours: [second], fresh: [here]}}
                chief: {$was: boss, composites: {realm: {$add: [staff]}, client: {shop: [seller]}}}
            %s
              client:
                shop: {buyer: {description: Buys more}, keeper: {description: Keeps}, seller: {composites: {client: {shop: [buyer]}}}}
            groups:
              /Team: {$was: /Staff, realmRoles: [staff], attributes: {ours: [second], fresh: [here]}, $members: {$add: [ada, user2]}}
              /Team/Tills: {clientRoles: {shop: [buyer, seller]}}
              /Team/Tills/Night: {$members: [user2, user3]}
              /Fresh: {realmRoles: [chief]}
            %s
            users:
              ada: {enabled: true, firstName: Ada, lastName: King, email: ada@example.com, realmRoles: {$add: [staff, chief]}}
              grace: {enabled: false, firstName: Grace, lastName: Hopper, email: grace@example.com, realmRoles: {$add: [chief]}, clientRoles: {shop: [buyer]}}
            %s
            """;

    /** The file as it is at first. */
    String first() {
        return filled(FIRST, 1);
    }

    /** The file as it is later: of each type something is new, gone, renamed and changed. */
    String second() {
        return filled(SECOND, 3);
    }

    /** Many of a kind: from the given one on, so that some go and some come. */
    private String filled(String file, int from) {
        return file.formatted(name, many(from, 6, "  client%d: {description: Client %d, publicClient: true}"),
                many(from, 12, "    role%d: {description: Role %d}"),
                many(from, 8, "  /Group%d: {description: Group %d, realmRoles: [staff]}"),
                many(1, 10,
                        "  user%d: {enabled: true, firstName: User, lastName: Number%d, email: user%d@example.com}"));
    }

    private static String many(int from, int count, String line) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> line.replace("%d", String.valueOf(i)))
                .collect(
                        Collectors.joining("\n"));
    }

    /** Another admin makes the realm and what is his in it. */
    void foreign() {
        admin.post("",
                """
                {"realm": "%s", "enabled": true, "displayName": "Theirs", "accessTokenLifespan": 4711, "attributes": {"theirs": "kept"}}"""
                        .formatted(name));
        admin.put(name, admin.get(name).toString()); // as whoever saves it in the console does: attributes are completed
        admin.post(name + "/roles", "{\"name\": \"theirs\", \"attributes\": {\"theirs\": [\"kept\"]}}");
        admin.post(name + "/clients", "{\"clientId\": \"theirs\", \"attributes\": {\"theirs\": \"kept\"}}");
        admin.post(name + "/groups", "{\"name\": \"Theirs\", \"attributes\": {\"theirs\": [\"kept\"]}}");
        admin.post(name + "/users", "{\"username\": \"theirs\", \"enabled\": true}");
        admin.post(name + "/client-scopes", "{\"name\": \"theirs\", \"protocol\": \"openid-connect\"}");
        admin.post(name + "/users/" + user("theirs") + "/role-mappings/realm", "[" + theirRole() + "]");
    }

    /** Another admin puts what is his onto the objects of the first file. */
    void foreignInOurs() {
        String theirs = "[" + theirRole() + "]";
        for (String role : List.of(name + "/roles/staff", name + "/roles/boss", client("shop") + "/roles/buyer")) {
            change(role, "/attributes", "[\"kept\"]");
            admin.post(role + "/composites", theirs);
        }
        for (String id : List.of("shop", "till")) {
            String client = client(id);
            change(client, "/attributes", "\"kept\"");
            admin.post(client + "/protocol-mappers/models", "{\"name\": \"theirs\", \"protocol\": \"openid-connect\","
                    + " \"protocolMapper\": \"oidc-audience-mapper\", \"config\": {\"included.client.audience\": \"x\"}}");
        }
        String group = name + "/groups/" + admin.get(name + "/group-by-path/Staff").path("id").asText();
        change(group, "/attributes", "[\"kept\"]");
        admin.put(name + "/users/" + user("theirs") + "/groups/" + group.substring(group.lastIndexOf('/') + 1), "{}");
        for (String who : List.of("ada", "grace")) {
            String user = name + "/users/" + user(who);
            admin.post(user + "/role-mappings/realm", theirs);
            admin.put(user + "/groups/" + admin.get(name + "/group-by-path/Theirs").path("id").asText(), "{}");
        }
    }

    private void change(String object, String field, String value) {
        ObjectNode found = (ObjectNode) admin.get(object);
        found.withObject(field).set("theirs", AdminApi.json(value));
        admin.put(object, found.toString());
    }

    private JsonNode theirRole() {
        return admin.get(name + "/roles/theirs");
    }

    private String client(String id) {
        return name + "/clients/" + admin.get(name + "/clients?clientId=" + id).get(0).path("id").asText();
    }

    private String user(String who) {
        return admin.get(name + "/users?exact=true&username=" + who).get(0).path("id").asText();
    }
}
