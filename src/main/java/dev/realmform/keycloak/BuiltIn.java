package dev.realmform.keycloak;

import dev.realmform.model.Address;
import java.util.Set;

/** What a server makes by itself with every realm. Seen on 26.7.3: 6 clients, 3 realm roles, 15 client scopes. */
final class BuiltIn {

    private static final Set<String> CLIENTS = Set.of("account", "account-console", "admin-cli", "broker",
            "realm-management", "security-admin-console");

    private static final Set<String> CLIENT_SCOPES = Set.of("AuthnContextClassRef", "acr", "address", "basic", "email",
            "microprofile-jwt",
            "offline_access", "organization", "phone", "profile", "role_list", "roles", "saml_organization",
            "service_account", "web-origins");

    private static final Set<String> ACCOUNT_ROLES = Set.of("delete-account", "manage-account",
            "manage-account-links", "manage-consent", "view-applications", "view-consent", "view-groups",
            "view-profile");

    private static final Set<String> ADMIN_ROLES = Set.of("create-client", "impersonation", "manage-authorization",
            "manage-clients", "manage-events", "manage-identity-providers", "manage-organizations", "manage-realm",
            "manage-users", "manage-workflows", "query-clients", "query-groups", "query-realms", "query-users",
            "query-organizations", "realm-admin", "view-authorization", "view-clients", "view-events",
            "view-identity-providers", "view-organizations", "view-realm", "view-users", "view-system");

    private BuiltIn() {}

    static boolean is(Address address) {
        return switch (address.type()) {
            case RealmType.NAME -> address.root().equals("master");
            case ClientType.NAME -> isClient(address.root(), address.name());
            case RealmRoleType.NAME -> isRealmRole(address.root(), address.name());
            case ClientRoleType.NAME -> isClientRole(address.root(), address.key().get(1), address.name());
            case ClientScopeType.NAME -> CLIENT_SCOPES.contains(address.name());
            default -> false;
        };
    }

    /**
     * Whether nobody may change it, not even the server's own admin: the clients that carry the admin roles, and their roles
     * (26.7.3 answers 403 to each PUT, POST and DELETE there).
     */
    static boolean isSealed(Address address) {
        boolean inClient = address.type().equals(ClientType.NAME) || address.type().equals(ClientRoleType.NAME);
        return inClient && (address.key().get(1).equals("realm-management")
                || (address.root().equals("master") && address.key().get(1).endsWith("-realm")));
    }

    private static boolean isClient(String realm, String client) {
        return CLIENTS.contains(client) || (realm.equals("master") && client.endsWith("-realm"));
    }

    private static boolean isRealmRole(String realm, String role) {
        return role.equals("uma_authorization") || role.equals("offline_access")
                || role.equals("default-roles-" + realm.toLowerCase(java.util.Locale.ROOT))
                || (realm.equals("master") && (role.equals("admin") || role.equals("create-realm")));
    }

    private static boolean isClientRole(String realm, String client, String role) {
        return switch (client) {
            case "account" -> ACCOUNT_ROLES.contains(role);
            case "broker" -> role.equals("read-token");
            case "realm-management" -> ADMIN_ROLES.contains(role);
            default -> realm.equals("master") && client.endsWith("-realm") && ADMIN_ROLES.contains(role);
        };
    }
}
