package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.apply.Apply;
import dev.realmform.apply.Interrupt;
import dev.realmform.apply.Recorder;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Plan and apply against a real server, without files, state on disk and commands: realm documents as JSON in, plans out. */
final class Bench implements AutoCloseable {

    private final KeycloakProvider provider;
    private final Planner planner;
    private final Ownership ownership = new Ownership(new Random(1));
    private final SortedMap<Address, Owned> owned = new TreeMap<>();
    private final List<CallLog> calls = new CopyOnWriteArrayList<>();
    private Manage manage = Manage.NOTHING;
    private List<String> leftAside = List.of();

    /** With a long breath: on a busy machine a server may take half a minute to make a realm. */
    Bench(KeycloakServer server) {
        this(Connection.of(server.url(), "master", new Login.Password("admin-cli", Optional.empty(), server.adminUser(),
                Secret.of(server.adminPassword(), ""))).withTimeout(Duration.ofMinutes(2)));
    }

    Bench(Connection connection) {
        provider = new KeycloakProvider(new HttpAdmin(connection,
                new Surroundings(Instant::now, Surroundings.Sleeper::real, new Random(1), calls::add, warning -> {})));
        planner = new Planner(this::type);
    }

    private ResourceType type(String name) {
        return provider.type(name).orElseThrow(() -> new AssertionError("no type " + name));
    }

    /** Forgets what was applied: everything that is live is somebody else's. */
    Bench forget() {
        owned.clear();
        return this;
    }

    /** Makes collections authoritative. */
    Bench managing(Map<String, List<String>> patterns) {
        manage = new Manage(patterns);
        return this;
    }

    /** Every request so far. */
    List<CallLog> calls() {
        return calls;
    }

    KeycloakProvider provider() {
        return provider;
    }

    SortedMap<Address, Owned> owned() {
        return owned;
    }

    /** What of the last planned documents the server does not know. */
    List<String> leftAside() {
        return leftAside;
    }

    /** What speaks against the plan for a document, as far as the server tells. */
    List<Problem> refused(String document) {
        return provider.review(plan(document).plan());
    }

    Planned plan(String... documents) {
        SortedMap<Address, Resource> desired = new TreeMap<>();
        for (String document : documents) {
            Expansion expansion = new RealmDocument().expand((Value.MapOf) Json.parse(document), Origin.NONE);
            assertThat(expansion.problems()).isEmpty();
            expansion.resources().forEach(resource -> desired.put(resource.address(), resource));
        }
        LiveState live = read(desired);
        Provider.Accepted accepted = provider.accepted(desired, live);
        leftAside = accepted.notices().stream().map(Plan.Notice::text).toList();
        return planner.plan(new PlanRequest(accepted.declared(), live, owned, manage,
                PlanRequest.Aim.DESIRED,
                PlanRequest.Inside.REFUSE));
    }

    private LiveState read(SortedMap<Address, Resource> desired) {
        Map<Address, Address> renames = new HashMap<>();
        desired.values()
                .forEach(resource -> resource.directives()
                        .was()
                        .ifPresent(
                                was -> renames.put(was, resource.address())));
        List<Address> going = desired.values()
                .stream()
                .filter(resource -> resource.directives().delete())
                .map(Resource::address)
                .toList();
        return provider.read(new Scope(desired, Scope.remembered(owned), manage, renames, Set.copyOf(going)));
    }

    /** Carries a plan out, in its order. Fails the test at the first change that fails. */
    void apply(Planned planned) {
        assertThat(planned.problems()).extracting(Problem::what).isEmpty();
        for (Change change : planned.plan().changes()) {
            Outcome outcome = provider.write(List.of(change)).getFirst();
            assertThat(outcome).as(change.address() + ": " + outcome).isInstanceOf(Outcome.Done.class);
            remember(change, ((Outcome.Done) outcome).id());
        }
    }

    /** Carries a plan out as the product does: in parallel, and creations in bundles. */
    void applyTogether(Planned planned) {
        assertThat(planned.problems()).extracting(Problem::what).isEmpty();
        Recorder memory = new Recorder() {
            @Override
            public void pending(List<Change> bundle) {
                // Nothing of a test outlives it.
            }

            @Override
            public void ended(List<Ended> ends) {
                for (Ended end : ends) {
                    switch (end.outcome()) {
                        case Outcome.Done outcome -> remember(end.change(), outcome.id());
                        case Outcome.Failed outcome ->
                            throw new AssertionError(end.change().address() + ": " + outcome);
                    }
                }
            }
        };
        Apply apply = new Apply(change -> provider, address -> Optional.empty(), memory, event -> {
        }, 4, Instant::now, System::nanoTime, new Interrupt());
        assertThat(apply.run(planned.plan()).isComplete()).isTrue();
    }

    private void remember(Change change, Optional<String> id) {
        Address address = change.address();
        if (change instanceof Change.Delete || change instanceof Change.Forget) {
            owned.remove(address);
            return;
        }
        Optional<Owned> prior = Optional.ofNullable(owned.get(address));
        owned.put(address, ownership.after(type(address.type()), change, id, prior));
    }

    /** Applies documents, and finds that nothing is left to do. */
    Plan settle(String... documents) {
        Planned planned = plan(documents);
        apply(planned);
        assertThat(edits(plan(documents).plan())).as("the second plan").isEmpty();
        return planned.plan();
    }

    /** What a plan does, a line for each change and edit. */
    static List<String> edits(Plan plan) {
        List<String> lines = new ArrayList<>();
        for (Change change : plan.changes()) {
            if (change.edits().isEmpty() || change instanceof Change.Delete) {
                lines.add(change.getClass().getSimpleName() + " " + change.address());
            }
            change.edits().forEach(edit -> lines.add(change.address() + " " + shown(edit)));
        }
        return lines;
    }

    private static String shown(Edit edit) {
        return edit.path() + switch (edit) {
            case Edit.Add add -> " + " + Shown.of(add.after());
            case Edit.Remove remove -> " - " + Shown.of(remove.before());
            case Edit.Set set -> ": " + Shown.of(set.before()) + " -> " + Shown.of(set.after());
            case Edit.Items items -> " +" + items.added() + " -" + items.removed();
        };
    }

    @Override
    public void close() {
        provider.close();
    }
}
