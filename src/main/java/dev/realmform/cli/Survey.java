package dev.realmform.cli;

import dev.realmform.model.Address;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.ServerIdentity;
import dev.realmform.plan.Ownership;
import dev.realmform.plan.PlanRequest;
import dev.realmform.plan.Planned;
import dev.realmform.plan.Planner;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Manage;
import dev.realmform.provider.Provider;
import dev.realmform.provider.ResourceType;
import dev.realmform.state.Evidence;
import dev.realmform.state.Guards;
import dev.realmform.state.Loaded;
import dev.realmform.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The one way from what is desired, live and owned to a plan. Every command that plans walks it.
 *
 * @param aim      towards the files, or towards nothing
 * @param inside   what to do with things that are not ours in containers that go
 * @param lenience which guards of the state are set aside
 * @param targets  what the command line asks for; none for everything
 */
record Survey(Provider provider, PlanRequest.Aim aim, PlanRequest.Inside inside, Set<Lenience> lenience,
        Targets targets) {

    /** A guard of the state that the command line sets aside. */
    enum Lenience {
        FEWER_FILES, NEW_SERVER
    }

    /**
     * What was found.
     *
     * @param request what the plan was made of
     * @param state   what is remembered, with what earlier runs left open settled by looking
     */
    record Found(Planned planned, PlanRequest request, State state, ServerIdentity server) {

        /** With what the files have to say about themselves before it. */
        Found with(List<Plan.Notice> more) {
            List<Plan.Notice> notices = new ArrayList<>(more);
            notices.addAll(planned.plan().notices());
            return with(planned.plan().noting(notices));
        }

        /** With more that speaks against it. */
        Found against(List<Problem> more) {
            List<Problem> problems = new ArrayList<>(planned.problems());
            problems.addAll(more);
            return new Found(new Planned(planned.plan(), problems, planned.matching()), request, state, server);
        }

        /** With a part of its plan in place of the whole. */
        Found with(Plan part) {
            return new Found(new Planned(part, planned.problems(), planned.matching()), request, state, server);
        }

        SortedMap<Address, Owned> owned() {
            return state.resources();
        }
    }

    /**
     * Reads and plans.
     *
     * @param loaded the state; empty before the first apply
     * @throws ProblemException if a guard of the state refuses, or something cannot be read
     */
    Found find(SortedMap<Address, Resource> desired, Manage manage, Set<String> files, Loaded loaded) {
        if (aim == PlanRequest.Aim.DESIRED && !lenience.contains(Lenience.FEWER_FILES)) {
            refuse(Guards.fewerFiles(loaded.state(), new TreeSet<>(files)));
        }
        Reach reach = Reach.of(this, desired, manage, loaded);
        Proof proof = Proof.begin(loaded.state(), desired);
        LiveState live = provider.read(reach.scope());
        ServerIdentity server = live.identity();
        Loaded valid = loaded;
        if (lenience.contains(Lenience.NEW_SERVER)) {
            valid = loaded.voidFor(server);
        } else {
            refuse(Guards.otherServer(loaded.state(), server));
            refuse(Guards.realmWasReset(loaded.state(), server));
        }
        State remembered = ours(moved(valid.settled(evidence(live, desired)), live), live);
        SortedMap<Address, Resource> read = reach.read(desired);
        Provider.Accepted accepted = provider.accepted(read, live);
        SortedMap<Address, Resource> declared = new TreeMap<>(desired);
        declared.keySet().removeAll(read.keySet());
        declared.putAll(accepted.declared());
        State state = proof.of(remembered, declared);
        Planner planner = new Planner(this::type);
        PlanRequest request = reach.narrowed(planner,
                new PlanRequest(declared, live, state.resources(), manage, aim, inside, reach.extent(),
                        provider.standsOn(declared, live)));
        return new Found(reviewed(planner.plan(request)), request, state, server).with(accepted.notices())
                .with(targets.warning());
    }

    private Evidence evidence(LiveState live, SortedMap<Address, Resource> desired) {
        return new Evidence() {
            @Override
            public boolean isLive(Address address) {
                return live.find(address).isPresent();
            }

            @Override
            public Optional<String> id(Address address) {
                return live.find(address).flatMap(LiveState.LiveObject::id);
            }

            @Override
            public boolean holds(Address address, Path path, Fingerprint print) {
                Optional<Resource> declared = Optional.ofNullable(desired.get(address));
                return live.find(address)
                        .filter(object -> Ownership.holds(type(address.type()), declared, object.resource(), path,
                                print))
                        .isPresent();
            }
        };
    }

    /** What somebody else has made in the place of ours is theirs. */
    private State ours(State state, LiveState live) {
        SortedMap<Address, Owned> resources = new TreeMap<>(state.resources());
        resources.replaceAll((address, owned) -> type(address.type()).isKnownById() && owned.created()
                && isAnother(live.find(address).flatMap(LiveState.LiveObject::id), owned.id())
                        ? new Owned(Optional.empty(), false, owned.protect(), owned.fields(), owned.needs())
                        : owned);
        return resources.equals(state.resources()) ? state : state.withResources(resources);
    }

    private static boolean isAnother(Optional<String> live, Optional<String> known) {
        return live.isPresent() && known.isPresent() && !live.equals(known);
    }

    /** Entries inside a container that is renamed move with it: theirs is the same object under another address. */
    private State moved(State state, LiveState live) {
        SortedMap<Address, Address> renamed = new TreeMap<>();
        live.objects().forEach((now, object) -> object.formerly().ifPresent(was -> renamed.put(was, now)));
        if (renamed.isEmpty()) {
            return state;
        }
        SortedMap<Address, Owned> resources = new TreeMap<>();
        state.resources().forEach((address, owned) -> resources.put(inside(address, renamed), owned));
        return state.withResources(resources);
    }

    private Address inside(Address address, SortedMap<Address, Address> renamed) {
        Optional<Address> container = type(address.type()).container(address);
        while (container.isPresent()) {
            Address was = container.get();
            Address now = renamed.get(was);
            if (now != null) {
                List<String> key = new ArrayList<>(now.key());
                key.addAll(address.key().subList(was.key().size(), address.key().size()));
                return new Address(address.type(), key);
            }
            container = type(was.type()).container(was);
        }
        return address;
    }

    private Planned reviewed(Planned planned) {
        List<Problem> problems = new ArrayList<>(planned.problems());
        problems.addAll(provider.review(planned.plan()));
        List<Plan.Notice> notices = new ArrayList<>(planned.plan().notices());
        notices.addAll(provider.notices(planned.plan()));
        return new Planned(planned.plan().noting(notices), problems, planned.matching());
    }

    ResourceType type(String name) {
        Optional<ResourceType> type = provider.type(name);
        if (type.isEmpty()) {
            throw Problem.refused(
                    "the state holds a resource of type \"" + name + "\", which this realmform does not know", name,
                    "Use the version of realmform that wrote the state, or a newer one.").asException();
        }
        return type.get();
    }

    private static void refuse(Optional<Problem> problem) {
        problem.ifPresent(found -> {
            throw found.asException();
        });
    }
}
