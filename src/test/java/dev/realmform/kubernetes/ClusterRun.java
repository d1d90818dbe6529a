package dev.realmform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.kubernetes.section.Charts;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Owned;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.plan.Extent;
import dev.realmform.plan.Ownership;
import dev.realmform.plan.PlanRequest;
import dev.realmform.plan.Planned;
import dev.realmform.plan.Planner;
import dev.realmform.provider.Expansion;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Manage;
import dev.realmform.provider.Outcome;
import dev.realmform.provider.Provider;
import dev.realmform.provider.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Plans and applies sections {@code cluster} against a cluster, one after the other, with a state in memory. */
final class ClusterRun {

    private final ClusterPort cluster;
    private final SortedMap<Address, Owned> owned = new TreeMap<>();
    private boolean takeOver;
    private boolean cascade;
    private Charts charts = Charts.UNRENDERED;
    private KubernetesProvider provider;

    ClusterRun(ClusterPort cluster) {
        this.cluster = cluster;
        this.provider = opened();
    }

    ClusterRun takingOver() {
        takeOver = true;
        return this;
    }

    ClusterRun cascading() {
        cascade = true;
        return this;
    }

    /** With charts that become these objects. */
    ClusterRun rendering(Charts how) {
        charts = how;
        return this;
    }

    private KubernetesProvider opened() {
        return new KubernetesProvider(cluster, new KubernetesProvider.Dealing(takeOver, Duration.ofMillis(300)),
                new Waiting.Patience(Duration.ofMillis(300), Duration.ofMillis(5), System::nanoTime),
                hole -> Secret.of("from elsewhere", ""), new Random(7));
    }

    /** What was planned, with all that speaks against it. */
    record Found(Plan plan, List<Problem> problems, SortedMap<Address, Resource> matching, LiveState live) {

        Optional<Change> change(String address) {
            return plan.change(Address.parse(address));
        }

        String notices() {
            return String.join("\n", plan.notices().stream().map(Plan.Notice::text).toList());
        }
    }

    Found plan(String section) {
        return plan((Value.MapOf) Json.parse(section));
    }

    Found plan(Value.MapOf section) {
        return plan(section, PlanRequest.Aim.DESIRED);
    }

    private Found plan(Value.MapOf section, PlanRequest.Aim aim) {
        provider = opened();
        Expansion expansion = new ClusterDocument(charts, left -> {
        }).expand(section, Origin.NONE);
        assertThat(expansion.problems()).isEmpty();
        SortedMap<Address, Resource> declared = new TreeMap<>();
        if (aim == PlanRequest.Aim.DESIRED) {
            expansion.resources().forEach(resource -> declared.put(resource.address(), resource));
        }
        Set<Address> going = new HashSet<>(owned.keySet());
        going.removeAll(declared.keySet());
        LiveState live = provider.read(new Scope(declared, Scope.remembered(owned), Manage.NOTHING, Map.of(), going,
                new Scope.Past(owned.keySet(), owned.keySet())));
        Provider.Accepted accepted = provider.accepted(declared, live);
        Planned planned = new Planner(name -> provider.type(name).orElseThrow())
                .plan(new PlanRequest(accepted.declared(), live, owned, Manage.NOTHING, aim,
                        cascade ? PlanRequest.Inside.CASCADE : PlanRequest.Inside.REFUSE, new Extent.Everything(),
                        provider.standsOn(accepted.declared(), live)));
        List<Problem> problems = new ArrayList<>(planned.problems());
        problems.addAll(provider.review(planned.plan()));
        return new Found(planned.plan(), problems, planned.matching(), live);
    }

    /** Plans and carries out; everything has to go well. */
    Found apply(String section) {
        return apply((Value.MapOf) Json.parse(section));
    }

    Found apply(Value.MapOf section) {
        Found found = plan(section);
        assertThat(found.problems()).isEmpty();
        carryOut(found).forEach((address, outcome) -> assertThat(outcome).as(address.toString())
                .isInstanceOf(Outcome.Done.class));
        return found;
    }

    /** Deletes all that is ours. */
    Found destroy() {
        Found found = plan(Value.EMPTY_MAP, PlanRequest.Aim.NOTHING);
        assertThat(found.problems()).isEmpty();
        carryOut(found);
        return found;
    }

    SortedMap<Address, Outcome> carryOut(Found found) {
        SortedMap<Address, Outcome> outcomes = new TreeMap<>();
        for (Change change : found.plan().changes()) {
            if (!change.writes()) {
                owned.remove(change.address());
                continue;
            }
            Outcome outcome = provider.write(List.of(change)).getFirst();
            outcomes.put(change.address(), outcome);
            if (outcome instanceof Outcome.Done(Optional<String> id, boolean ignored)) {
                remember(change, id);
            }
        }
        return outcomes;
    }

    private void remember(Change change, Optional<String> id) {
        if (change instanceof Change.Delete) {
            owned.remove(change.address());
        } else {
            owned.put(change.address(), new Ownership(new Random(1)).after(
                    provider.type(change.address().type()).orElseThrow(), change, id,
                    Optional.ofNullable(owned.get(change.address()))));
        }
    }

    /** What the state remembers. */
    SortedMap<Address, Owned> owned() {
        return owned;
    }
}
