package dev.realmform.cli.training;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A realm that has so much of what most realms have that the compiler takes notice, and a little of other things. No secret that
 * the server hides: its hash is for the other compiler, and what the quick one has compiled in the training, stays with it.
 */
record TrainingRealm(String displayName) {

    private static final int CLIENTS = 20;
    private static final int ROLES = 30;
    private static final int GROUPS = 20;
    private static final int USERS = 100;
    private static final int FEW = 6;

    String text() {
        return "realm: training\ndisplayName: " + displayName + "\nattributes: {ours: \"1\"}\nroles:\n  realm:\n"
                + each(ROLES, "    role-#: {description: Role #, attributes: {tier: [\"#\"]}}")
                + "  client:\n"
                + each(CLIENTS, "    client-#: {reader: {description: Reads}, writer: {composites: {realm: [role-#]}}}")
                + section("clients", CLIENTS, "client-#: {name: Client #, secret: \"$(env:TRAINING_SECRET)\","
                        + " redirectUris: [\"https://client-#.example.com/*\"], attributes: {pkce.code.challenge.method: S256},"
                        + " protocolMappers: {aud: {protocolMapper: oidc-audience-mapper, config: {access.token.claim: \"true\"}}}}")
                + section("groups", GROUPS, "/group-#: {attributes: {cost: [\"#\"]}, realmRoles: [role-#]}")
                + each(GROUPS, "  /group-#/sub: {clientRoles: {client-#: [reader, writer]}}")
                + section("users", USERS, "user-#: {email: user-#@example.com, firstName: User, lastName: \"#\","
                        + " groups: [/group-~, /group-~/sub], realmRoles: {$add: [role-1]}}")
                + section("clientScopes", FEW, "scope-#: {protocol: openid-connect}")
                + section("identityProviders", FEW, "idp-#: {providerId: oidc, config: {clientId: a,"
                        + " tokenUrl: https://idp.example.com/token,"
                        + " authorizationUrl: https://idp.example.com/authorize}}");
    }

    private static String section(String name, int count, String line) {
        return name + ":\n" + each(count, "  " + line);
    }

    /** The line once for each number, which stands for {@code #}, and for {@code ~} where it names a group. */
    private static String each(int count, String line) {
        return IntStream.range(0, count)
                .mapToObj(i -> line.replace("#", String.valueOf(i)).replace("~", String.valueOf(i % GROUPS)) + "\n")
                .collect(Collectors.joining());
    }
}
