package dev.realmform.keycloak;

import dev.realmform.model.Address;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The client that holds the permissions of a realm's administrators (fine-grained admin permissions, version 2), and what is
 * special about its authorization services.
 *
 * <p>Seen on 26.7.3: the client appears once the realm has {@code adminPermissionsEnabled}, and stays when that is switched
 * off. Neither it nor its settings, scopes and resources can be written (400); policies and scope permissions can. The
 * resources of a permission are called by the id of a user, group, role or client; one about all of a kind has the kind itself.
 */
final class AdminPermissions {

    static final String CLIENT = "admin-permissions";

    /** The field of a realm that switches them on. */
    static final String ENABLED = "adminPermissionsEnabled";

    /** What the server calls them in its list of features. */
    static final String FEATURE = "ADMIN_FINE_GRAINED_AUTHZ_V2";

    /** The newest version that has them as an experiment at most. */
    static final String LAST_WITHOUT = "26.1";

    /** A kind that came late, and the newest version without it. */
    static final String LATE_KIND = "Organizations";
    static final String LAST_WITHOUT_KIND = "26.6";

    /** The setting of a permission that says of which kind its resources are. */
    static final String KIND = "defaultResourceType";

    private static final Set<String> KINDS = Set.of("Users", "Groups", "Roles", "Clients", LATE_KIND);

    private static final Set<String> SCOPES = Set.of("impersonate", "impersonate-members", "manage",
            "manage-group-membership", "manage-members", "manage-membership", "manage-membership-of-members",
            "map-role", "map-role-client-scope", "map-role-composite", "map-roles", "map-roles-client-scope",
            "map-roles-composite", "reset-password", "view", "view-members");

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private AdminPermissions() {}

    /** Whether an address is that of the client, or of something in it. */
    static boolean holds(Address address) {
        return address.key().size() > 1 && address.key().get(1).equals(CLIENT);
    }

    /** Whether the server makes it when it makes the client. */
    static boolean isBuiltIn(Address address) {
        return holds(address) && switch (address.type()) {
            case ClientType.NAME -> true;
            case AuthorizationScopeType.NAME -> SCOPES.contains(address.name());
            case AuthorizationResourceType.NAME -> KINDS.contains(address.name()) || isId(address.name());
            default -> false;
        };
    }

    /** Whether it cannot be written. */
    static boolean isSealed(Address address) {
        return Set.of(ClientType.NAME, AuthorizationType.NAME, AuthorizationScopeType.NAME,
                AuthorizationResourceType.NAME).contains(address.type());
    }

    static boolean isId(String name) {
        return ID.matcher(name).matches();
    }

    /** Whom a resource of a permission stands for; empty for a whole kind, an id, or a kind that is not known by name. */
    static Optional<Address> meant(String realm, String kind, String name) {
        if (name.equals(kind) || isId(name)) {
            return Optional.empty();
        }
        return switch (kind) {
            case "Users" -> Optional.of(UserType.address(realm, name));
            case "Groups" -> Optional.of(GroupPath.address(realm, name));
            case "Roles" -> Optional.of(RoleName.address(realm, name));
            case "Clients" -> Optional.of(ClientType.address(realm, name));
            case LATE_KIND -> Optional.of(Organizations.address(realm, name));
            default -> Optional.empty();
        };
    }

    /** The collection of the server that holds what permissions of a kind are about; empty if the kind is not known. */
    static Optional<String> collection(String kind) {
        return switch (kind) {
            case "Roles" -> Optional.of("roles-by-id");
            case "Users", "Groups", "Clients", LATE_KIND -> Optional.of(kind.toLowerCase(Locale.ROOT));
            default -> Optional.empty();
        };
    }

    /** The name of a resource of a permission, in its one notation. */
    static String canonical(String kind, String name) {
        return switch (kind) {
            case "Users" -> name.equals(kind) ? name : UserType.canonicalName(name);
            case "Groups" -> name.equals(kind) || isId(name) ? name : GroupPath.canonical(name);
            default -> name;
        };
    }
}
