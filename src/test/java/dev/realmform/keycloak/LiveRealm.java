package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.json.Json;
import dev.realmform.keycloak.admin.CallLog;
import dev.realmform.keycloak.admin.Connection;
import dev.realmform.keycloak.admin.HttpAdmin;
import dev.realmform.keycloak.admin.Login;
import dev.realmform.keycloak.admin.Surroundings;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Origin;
import dev.realmform.model.Owned;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import dev.realmform.plan.Ownership;
import dev.realmform.plan.PlanRequest;
import dev.realmform.plan.Planned;
import dev.realmform.plan.Planner;
import dev.realmform.provider.Expansion;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Manage;
import dev.realmform.provider.Outcome;
import dev.realmform.provider.Provider;
import dev.realmform.provider.ResourceType;
import dev.realmform.provider.Scope;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One realm on the real server, planned and applied change by change through the provider, with what a state would
 * remember. Documents are JSON without the realm's name; plans are shown with {@code R} for it.
 */
final class LiveRealm implements AutoCloseable {

    private final String name;
    private final KeycloakProvider provider;
    private final List<CallLog> calls = new CopyOnWriteArrayList<>();
    private final NavigableMap<Address, Owned> owned = new TreeMap<>();
    private Manage manage = Manage.NOTHING;
    private List<String> leftAside = List.of();

    LiveRealm(KeycloakServer server, String name) {
        this.name = name;
        Login login = new Login.Password("admin-cli", Optional.empty(), server.adminUser(),
                Secret.of(server.adminPassword(), ""));
        this.provider = new KeycloakProvider(new HttpAdmin(Connection.of(server.url(), "master", login),
                new Surroundings(InstantSource.system(), Surroundings.Sleeper::real, new SecureRandom(), calls::add,
                        warning -> {
                        })));
    }

    /** Which collections are authoritative from now on. */
    void manage(Map<String, List<String>> patterns) {
        manage = new Manage(patterns);
    }

    /** What is wrong with a document by itself. */
    List<String> wrong(String json) {
        return expand(json).problems().stream().map(Problem::what).toList();
    }

    /** What speaks against the plan for a document. */
    List<Problem> refused(String json) {
        Planned planned = planned(json);
        List<Problem> problems = new ArrayList<>(planned.problems());
        problems.addAll(provider.review(planned.plan()));
        return problems;
    }

    /** What a reader of the plan for a document is warned of, by the plan itself and by what only the server can tell. */
    List<String> warnings(String json) {
        Plan plan = planned(json).plan();
        List<Plan.Notice> notices = new ArrayList<>(plan.notices());
        notices.addAll(provider.notices(plan));
        return notices.stream().filter(Plan.Notice.Warning.class::isInstance).map(Plan.Notice::text).toList();
    }

    /** What of the last document the server would have dropped. */
    List<String> leftAside() {
        return leftAside;
    }

    /** The plan for a document, a line for each change. */
    List<String> plan(String json) {
        return shown(planned(json));
    }

    /** Applies a document and returns what the plan was. */
    List<String> apply(String json) {
        Planned planned = planned(json);
        assertThat(planned.problems()).isEmpty();
        assertThat(provider.review(planned.plan())).isEmpty();
        for (Change change : planned.plan().changes()) {
            Outcome outcome = change.writes()
                    ? provider.write(List.of(change)).getFirst()
                    : new Outcome.Done(Optional.empty(), false);
            assertThat(outcome).as(() -> change.address() + ": " + outcome).isInstanceOf(Outcome.Done.class);
            remember(change, ((Outcome.Done) outcome).id());
        }
        for (Resource desired : planned.matching().values()) {
            Address address = desired.address();
            owned.put(address, ownership().unchanged(type(address.type()), desired, Optional.empty(),
                    Optional.ofNullable(owned.get(address)).orElseThrow()));
        }
        return shown(planned);
    }

    /** The requests since the last question, as {@code METHOD path}, ids and realm left out. The password, which is "admin", is blanked. */
    List<String> requests() {
        List<String> seen = calls.stream()
                .map(call -> call.method() + " " + call.path().replaceAll("[0-9a-f-]{36}", "ID").replace(name, "R"))
                .toList();
        calls.clear();
        return seen;
    }

    private void remember(Change change, Optional<String> id) {
        Address address = change.address();
        Optional<Owned> prior = Optional.ofNullable(owned.get(address))
                .or(() -> change instanceof Change.Update update
                        ? update.renamedFrom().map(owned::remove)
                        : Optional.empty());
        if (change instanceof Change.Delete || change instanceof Change.Forget) {
            owned.remove(address);
        } else {
            owned.put(address, ownership().after(type(address.type()), change, id, prior));
        }
    }

    private static Ownership ownership() {
        return new Ownership(new SecureRandom());
    }

    private ResourceType type(String type) {
        return provider.type(type).orElseThrow();
    }

    private Expansion expand(String json) {
        Value.MapOf document = ((Value.MapOf) Json.parse(json)).with("realm", Value.text(name));
        return new RealmDocument().expand(document, Origin.of(new Source("test.json", 1, 1)));
    }

    private Planned planned(String json) {
        Expansion expansion = expand(json);
        assertThat(expansion.problems()).isEmpty();
        SortedMap<Address, Resource> desired = new TreeMap<>();
        expansion.resources().forEach(resource -> desired.put(resource.address(), resource));
        Map<Address, Address> renames = new HashMap<>();
        Set<Address> going = new HashSet<>(owned.keySet());
        going.removeAll(desired.keySet());
        for (Resource resource : desired.values()) {
            resource.directives().was().ifPresent(was -> renames.put(was, resource.address()));
            if (resource.directives().delete()) {
                going.add(resource.address());
            }
        }
        Scope scope = new Scope(desired, Scope.remembered(owned), manage, renames, going);
        LiveState state = provider.read(scope);
        Provider.Accepted accepted = provider.accepted(desired, state);
        leftAside = accepted.notices().stream().map(Plan.Notice::text).toList();
        return new Planner(this::type).plan(new PlanRequest(accepted.declared(), state, owned, manage,
                PlanRequest.Aim.DESIRED, PlanRequest.Inside.REFUSE));
    }

    private List<String> shown(Planned planned) {
        return planned.plan().changes().stream().map(change -> shown(change).replace("/" + name, "/R")).toList();
    }

    private static String shown(Change change) {
        List<String> paths = change.edits().stream().map(Edit::path).map(Object::toString).toList();
        return change.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT) + " " + change.address()
                + (paths.isEmpty() ? "" : ": " + String.join(", ", paths));
    }

    @Override
    public void close() {
        provider.close();
    }
}
