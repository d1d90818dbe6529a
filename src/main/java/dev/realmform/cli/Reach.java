package dev.realmform.cli;

import dev.realmform.model.Action;
import dev.realmform.model.Address;
import dev.realmform.model.Resource;
import dev.realmform.plan.Extent;
import dev.realmform.plan.Needs;
import dev.realmform.plan.PlanRequest;
import dev.realmform.plan.Planner;
import dev.realmform.provider.Manage;
import dev.realmform.provider.Scope;
import dev.realmform.state.Loaded;
import dev.realmform.state.Pending;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far a survey goes: over everything, or over what its targets need.
 *
 * @param scope  what is to be read
 * @param extent what was read, and so can be planned
 */
record Reach(Survey survey, Scope scope, Extent extent) {

    static Reach of(Survey survey, SortedMap<Address, Resource> desired, Manage manage, Loaded loaded) {
        Targets targets = survey.targets();
        if (targets.isEmpty()) {
            return new Reach(survey, scope(desired, manage, loaded), new Extent.Everything());
        }
        Set<Address> known = known(desired, loaded);
        Optional<SortedSet<Address>> meant = targets.among(known, survey::type);
        if (meant.isEmpty() && manage.patterns().isEmpty()) {
            throw targets.unknown(known, survey::type).asException();
        }
        return meant.flatMap(addresses -> Needs.declared(desired, addresses, survey::type))
                .map(needed -> new Reach(survey, part(needed, desired, loaded), Extent.Only.of(needed)))
                .orElseGet(() -> new Reach(survey, scope(desired, manage, loaded), new Extent.Everything()));
    }

    /** The declared resources that were read. */
    SortedMap<Address, Resource> read(SortedMap<Address, Resource> desired) {
        return part(desired, extent);
    }

    /** The request about the targets alone, if there are any. */
    PlanRequest narrowed(Planner planner, PlanRequest request) {
        if (survey.targets().isEmpty()) {
            return request;
        }
        Set<Address> known = new TreeSet<>(request.desired().keySet());
        known.addAll(request.owned().keySet());
        request.live().objects().forEach((address, object) -> {
            known.add(address);
            object.formerly().ifPresent(known::remove);
        });
        SortedSet<Address> meant = survey.targets()
                .among(known, survey::type)
                .orElseThrow(() -> survey.targets().unknown(known, survey::type).asException());
        return planner.narrowed(request, meant);
    }

    private static Set<Address> known(SortedMap<Address, Resource> desired, Loaded loaded) {
        Set<Address> known = new TreeSet<>(desired.keySet());
        known.addAll(loaded.state().resources().keySet());
        loaded.pending().forEach(pending -> known.add(pending.address()));
        desired.values().forEach(resource -> resource.directives().was().ifPresent(known::remove));
        return known;
    }

    private static SortedMap<Address, Resource> part(SortedMap<Address, Resource> desired, Extent extent) {
        SortedMap<Address, Resource> part = new TreeMap<>(desired);
        part.keySet().removeIf(address -> !extent.includes(address));
        return part;
    }

    /** What an unfinished run left open is read whatever is asked for: it is settled by looking. */
    private static Scope part(Set<Address> needed, SortedMap<Address, Resource> desired, Loaded loaded) {
        SortedMap<Address, Resource> part = part(desired, Extent.Only.of(needed));
        SortedMap<Address, Set<String>> owned = Scope.remembered(loaded.state().resources(), needed::contains);
        return new Scope(part, withPending(owned, loaded), Manage.NOTHING, renames(part), Set.of(), past(loaded));
    }

    private static Scope scope(SortedMap<Address, Resource> desired, Manage manage, Loaded loaded) {
        return new Scope(desired, withPending(Scope.remembered(loaded.state().resources()), loaded), manage,
                renames(desired), going(desired, loaded), past(loaded));
    }

    private static SortedMap<Address, Set<String>> withPending(SortedMap<Address, Set<String>> known, Loaded loaded) {
        if (loaded.pending().isEmpty()) {
            return known;
        }
        SortedMap<Address, Set<String>> owned = new TreeMap<>(known);
        loaded.pending().forEach(pending -> {
            pending.becomes()
                    .map(entry -> Scope.remembered(Map.of(pending.address(), entry)))
                    .ifPresent(fields -> fields.forEach((address, names) -> owned.putIfAbsent(address, names)));
            owned.putIfAbsent(pending.address(), Set.of());
            pending.was().ifPresent(was -> owned.putIfAbsent(was, Set.of()));
        });
        return owned;
    }

    private static Scope.Past past(Loaded loaded) {
        Set<Address> held = loaded.state().resources().keySet();
        Set<Address> made = new HashSet<>();
        loaded.state().resources().forEach((address, owned) -> {
            if (owned.created()) {
                made.add(address);
            }
        });
        loaded.pending()
                .stream()
                .filter(pending -> pending.action() == Action.CREATE || pending.action() == Action.REPLACE)
                .map(Pending::address)
                .forEach(made::add);
        return new Scope.Past(held, made);
    }

    private static Map<Address, Address> renames(SortedMap<Address, Resource> desired) {
        Map<Address, Address> renames = new TreeMap<>();
        desired.values()
                .forEach(
                        resource -> resource.directives().was().ifPresent(was -> renames.put(was, resource.address())));
        return renames;
    }

    /** Whatever this plan may come to delete: what it holds has to be known. */
    private static Set<Address> going(SortedMap<Address, Resource> desired, Loaded loaded) {
        Set<Address> going = new HashSet<>();
        desired.values()
                .stream()
                .filter(resource -> resource.directives().delete())
                .map(Resource::address)
                .forEach(going::add);
        loaded.state().resources().forEach((address, owned) -> {
            if (owned.created() && !desired.containsKey(address)) {
                going.add(address);
            }
        });
        loaded.pending()
                .stream()
                .map(pending -> pending.address())
                .filter(address -> !desired.containsKey(address))
                .forEach(going::add);
        return going;
    }
}
