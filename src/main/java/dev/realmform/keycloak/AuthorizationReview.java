package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What speaks against the changes of authorization services in a plan, before Keycloak says so half-way through. */
final class AuthorizationReview {

    private final Plan plan;
    private final Reader reader;
    private final LiveClients server;
    private final List<Problem> problems = new ArrayList<>();

    AuthorizationReview(Plan plan, Reader reader) {
        this.plan = plan;
        this.reader = reader;
        this.server = new LiveClients(plan, reader);
    }

    List<Problem> problems() {
        Set<Address> clients = new HashSet<>();
        for (Change change : plan.changes()) {
            Address address = change.address();
            switch (address.type()) {
                case ClientType.NAME -> serviceAccount(change);
                case AuthorizationType.NAME, AuthorizationScopeType.NAME, AuthorizationResourceType.NAME -> {
                    if (change instanceof Change.Create create && clients.add(ResourceServer.client(address))) {
                        servicesAreOn(create.desired());
                    }
                }
                case AuthorizationPolicyType.NAME -> {
                    if (change instanceof Change.Create create && clients.add(ResourceServer.client(address))) {
                        servicesAreOn(create.desired());
                    }
                    change.declared().ifPresent(declared -> policy(declared, isMade(change)));
                }
                default -> {
                }
            }
        }
        problems.addAll(new AuthorizationLosses(plan, reader).problems());
        return problems;
    }

    /** The server answers 500 to such a client (26.7.3). */
    private void serviceAccount(Change change) {
        Value.MapOf planned = Wire.planned(change).value();
        boolean without = planned.isTrue(ResourceServer.ENABLED) && !planned.isTrue("serviceAccountsEnabled");
        change.declared()
                .filter(desired -> without)
                .ifPresent(desired -> invalid(
                        desired.address() + " has authorization services and no service account, which they need",
                        desired, Path.of(ResourceServer.ENABLED), "Set serviceAccountsEnabled: true on the client."));
    }

    private void servicesAreOn(Resource desired) {
        Address client = ResourceServer.client(desired.address());
        if (AdminPermissions.holds(desired.address())) {
            adminPermissions(desired);
            return;
        }
        boolean on = plan.change(client)
                .map(change -> Wire.planned(change).value())
                .or(() -> server.body(client))
                .filter(body -> body.isTrue(ResourceServer.ENABLED))
                .isPresent();
        if (!on) {
            invalid(client + " has no authorization services", desired, Path.ROOT, BuiltIn.isSealed(client)
                    ? "Nobody can switch them on there: they held the fine-grained admin permissions of version 1. Take its"
                            + " authorizationSettings out; those of version 2 stand in the client admin-permissions."
                    : "Set serviceAccountsEnabled: true and authorizationServicesEnabled: true on the client.");
        }
    }

    /** 26.1.4 shows the switch, takes true for it, and leaves it off: there they are an experiment. */
    private void adminPermissions(Resource desired) {
        Address realm = RealmType.address(desired.address().root());
        boolean lacking = reader.isUpTo(AdminPermissions.LAST_WITHOUT)
                || new ServerProviders(reader).isOff(AdminPermissions.FEATURE);
        boolean on = plan.change(realm)
                .map(planned -> Wire.planned(planned).value())
                .or(() -> reader.object(server.realm(realm)))
                .filter(body -> body.isTrue(AdminPermissions.ENABLED))
                .isPresent();
        if (lacking) {
            invalid(reader.serverName() + " has no fine-grained admin permissions of version 2, and "
                    + desired.address() + " is one", desired, Path.ROOT,
                    "They need Keycloak 26.2 or newer, with the feature on. Take the client admin-permissions out.");
        } else if (!on) {
            invalid(realm + " has no fine-grained admin permissions", desired, Path.ROOT,
                    "Set adminPermissionsEnabled: true on the realm.");
        }
    }

    /**
     * Whether it is made or changed by us. One that is there may be of a type that nobody can make any more, and up to 26.4 the
     * server puts one of the type js into new services.
     */
    private boolean isMade(Change change) {
        boolean comes = change instanceof Change.Create && AuthorizationPolicyType.isDefault(change.address())
                && reader.isUpTo(AuthorizationPolicyType.LAST_WITH_DEFAULTS)
                && plan.change(ResourceServer.client(change.address()))
                        .filter(Change.Create.class::isInstance)
                        .isPresent();
        return change.writes() && !comes;
    }

    private void policy(Resource desired, boolean isMade) {
        String type = desired.value().text("type").orElse("");
        Address address = desired.address();
        if (AdminPermissions.holds(address) && type.equals("resource")) {
            invalid("permissions of administrators are of the type scope, and " + address + " is of the type resource",
                    desired, Path.of("type"), "Write type: scope, and which scopes.");
        } else if (isMade && !PolicyBody.isTyped(type)) {
            Set<String> offered = offered(address);
            if (!offered.isEmpty() && !offered.contains(type)) {
                invalid("the server has no policies of the type " + type, desired, Path.of("type"),
                        "It offers " + String.join(", ", offered) + ". Another one needs a provider on the server.");
            }
        }
        if (isMade) {
            settings(desired);
        }
        scopesOfKind(desired);
        if (AdminPermissions.holds(address)) {
            kindIsKnown(desired);
            unexplained(desired);
        }
    }

    /** To a setting that its type does not have, the server answers 500 "unknown_error" (26.7.3). */
    private void settings(Resource desired) {
        String type = desired.value().text("type").orElse("");
        Set<String> known = PolicyConfig.settings(type);
        if (!known.isEmpty()) {
            new TreeSet<>(desired.value().map(PolicyConfig.FIELD).fields().keySet())
                    .stream()
                    .filter(setting -> !known.contains(setting))
                    .forEach(setting -> invalid("policies of the type " + type + " have no setting " + setting, desired,
                            Path.of(PolicyConfig.FIELD, setting),
                            "They have " + String.join(", ", new TreeSet<>(known)) + "."));
        }
    }

    /** An older server answers 400 "unknown_error" (26.4.7). */
    private void kindIsKnown(Resource desired) {
        boolean isLate = desired.value()
                .map(PolicyConfig.FIELD)
                .text(AdminPermissions.KIND)
                .filter(AdminPermissions.LATE_KIND::equals)
                .isPresent();
        if (isLate && reader.isUpTo(AdminPermissions.LAST_WITHOUT_KIND)) {
            invalid(reader.serverName() + " has no permissions of administrators on organizations", desired,
                    Path.of(PolicyConfig.FIELD, AdminPermissions.KIND),
                    "Take it out, or take a newer server: they came with 26.7.");
        }
    }

    /** Ids mean something on one server only: an export without the users calls them so. */
    private void unexplained(Resource desired) {
        Value.MapOf config = desired.value().map(PolicyConfig.FIELD);
        String kind = config.text(AdminPermissions.KIND).orElse("");
        AdminPermissions.collection(kind)
                .ifPresent(collection -> config.texts(PolicyConfig.RESOURCES)
                        .stream()
                        .filter(AdminPermissions::isId)
                        .filter(id -> reader.object(server.realm(desired.address()), collection, id).isEmpty())
                        .forEach(id -> invalid("the server has nothing of the kind " + kind + " with the id " + id
                                + ", and no file says what it stands for", desired,
                                Path.of(PolicyConfig.FIELD, PolicyConfig.RESOURCES),
                                "Write the name in its place, or declare what has that id, with its id.")));
    }

    /** Empty if nobody can tell. A client that is not there yet will be offered what the server has. */
    private Set<String> offered(Address policy) {
        Set<String> types = new TreeSet<>();
        server.id(policy)
                .ifPresent(client -> reader
                        .objects(server.realm(policy), "clients", client, "authz", "resource-server", "policy",
                                "providers")
                        .forEach(provider -> provider.text("type").ifPresent(types::add)));
        return types.isEmpty() ? new ServerProviders(reader).policies() : types;
    }

    /** The server's whole answer to a scope of another kind is 400 "unknown_error" (26.7.3). */
    private void scopesOfKind(Resource desired) {
        Value.MapOf config = desired.value().map(PolicyConfig.FIELD);
        Optional<String> kind = config.text(AdminPermissions.KIND);
        if (!AdminPermissions.holds(desired.address()) || kind.isEmpty()) {
            return;
        }
        Value.MapOf kinds = server.id(desired.address())
                .flatMap(client -> ResourceServer.settings(reader, server.realm(desired.address()), client))
                .map(server -> server.map("authorizationSchema").map("resourceTypes"))
                .orElse(Value.EMPTY_MAP);
        if (kinds.isEmpty()) {
            return;
        }
        Path at = Path.of(PolicyConfig.FIELD, AdminPermissions.KIND);
        if (!kinds.has(kind.get())) {
            invalid("there is nothing of the kind " + kind.get() + " to give permissions for", desired, at,
                    "It is one of " + String.join(", ", kinds.fields().keySet()) + ".");
            return;
        }
        Set<String> scopes = new TreeSet<>(kinds.map(kind.get()).texts("scopes"));
        config.texts(PolicyConfig.SCOPES)
                .stream()
                .filter(scope -> !scopes.contains(scope))
                .forEach(scope -> invalid(
                        "the scope " + scope + " is none of " + kind.get(), desired,
                        Path.of(PolicyConfig.FIELD, PolicyConfig.SCOPES),
                        "Those are " + String.join(", ", scopes) + "."));
    }

    private void invalid(String what, Resource desired, Path at, String remedy) {
        problems.add(Problem.invalid(what,
                desired.origin().at(at).exact() + (at.isRoot() ? "" : "  " + at), remedy));
    }
}
