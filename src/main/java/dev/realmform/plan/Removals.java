package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Change.Delete.DeleteReason;
import dev.realmform.model.Change.Forget.ForgetReason;
import dev.realmform.model.Owned;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState.LiveObject;
import dev.realmform.provider.ResourceType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What goes, and why: what we created and the file no longer holds, what the file asks to delete, what an authoritative
 * collection does not declare, and what lies inside a container that goes.
 */
final class Removals {

    private final PlanRequest request;
    private final Function<String, ResourceType> types;
    private final SortedMap<Address, Change> changes;
    private final List<Plan.Notice> notices = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /** Adds to {@code changes}. */
    Removals(PlanRequest request, Function<String, ResourceType> types, SortedMap<Address, Change> changes) {
        this.request = request;
        this.types = types;
        this.changes = changes;
    }

    List<Plan.Notice> notices() {
        return notices;
    }

    List<Problem> problems() {
        return problems;
    }

    void collect() {
        asked();
        left();
        undeclared();
        inside();
        for (Change change : List.copyOf(changes.values())) {
            if (change instanceof Change.Delete delete) {
                types.apply(delete.address().type())
                        .lossOnDelete(delete.live())
                        .filter(loss -> delete.why() != DeleteReason.INSIDE)
                        .ifPresent(loss -> notices.add(new Plan.Notice.Warning(Optional.of(delete.address()), loss)));
            }
        }
    }

    private void asked() {
        for (Resource desired : request.desired().values()) {
            if (desired.directives().delete() && request.extent().includes(desired.address())) {
                Optional<LiveObject> live = request.live().find(desired.address());
                if (live.isPresent()) {
                    delete(live.get(), DeleteReason.ASKED, desired.source().exact());
                } else if (request.owned(desired.address()).isPresent()) {
                    forget(desired.address(), ForgetReason.GONE, Optional.empty());
                }
            }
        }
    }

    private void left() {
        Set<Address> oldNames = oldNames();
        for (Map.Entry<Address, Owned> entry : request.owned().entrySet()) {
            Address address = entry.getKey();
            if (request.desired().containsKey(address) || oldNames.contains(address)
                    || !request.extent().includes(address)) {
                continue;
            }
            Optional<LiveObject> live = request.live().find(address);
            if (live.isEmpty()) {
                forget(address, ForgetReason.GONE, Optional.empty());
            } else {
                leave(entry, live.get());
            }
        }
    }

    private void leave(Map.Entry<Address, Owned> entry, LiveObject live) {
        Optional<LiveObject> going = going(entry, live);
        if (going.isEmpty() || live.builtIn()) {
            forget(entry.getKey(), ForgetReason.ADOPTED, Optional.of(live.resource()));
        } else {
            delete(going.get(),
                    request.aim() == PlanRequest.Aim.NOTHING ? DeleteReason.DESTROY : DeleteReason.LEFT_THE_FILE, "");
        }
    }

    /** What of a resource goes that has left the file: all of one that we made, our fields of one that is shared. */
    private Optional<LiveObject> going(Map.Entry<Address, Owned> entry, LiveObject live) {
        ResourceType type = types.apply(entry.getKey().type());
        if (!type.isShared()) {
            return Optional.of(live).filter(ignored -> isOurs(entry));
        }
        Value.MapOf ours = Release.ours(type.schema(), live.resource().value(), entry.getValue());
        return Optional.of(new LiveObject(live.resource().withValue(ours), live.id(), live.builtIn(), live.formerly()))
                .filter(ignored -> !ours.isEmpty());
    }

    /** What comes with its container goes with it; a killed run's creation of it counts as one only until it is settled. */
    private boolean isOurs(Map.Entry<Address, Owned> entry) {
        return entry.getValue().created() && !types.apply(entry.getKey().type()).comesWithContainer();
    }

    /** Former names: the entry of a renamed resource moves with it. */
    private Set<Address> oldNames() {
        Set<Address> names = new HashSet<>();
        request.live().objects().values().forEach(object -> object.formerly().ifPresent(names::add));
        request.desired()
                .values()
                .forEach(desired -> desired.directives()
                        .was()
                        .filter(was -> request.live().find(was).isEmpty())
                        .ifPresent(names::add));
        return names;
    }

    private void undeclared() {
        for (LiveObject live : request.live().objects().values()) {
            Address address = live.resource().address();
            ResourceType type = types.apply(address.type());
            boolean covered = type.collection()
                    .filter(name -> request.manage().covers(name, type.manageName(address)))
                    .isPresent();
            boolean stays = !changes.containsKey(address) || changes.get(address) instanceof Change.Forget;
            if (covered && stays && !live.builtIn() && !request.desired().containsKey(address)
                    && request.extent().includes(address)) {
                delete(live, DeleteReason.NOT_DECLARED, "");
            }
        }
    }

    /** Contents of containers that go: ours go along, others are refused or taken along knowingly. */
    private void inside() {
        Map<Address, List<Address>> foreign = new TreeMap<>();
        for (LiveObject live : request.live().objects().values()) {
            Address address = live.resource().address();
            Optional<Address> going = goingContainer(address);
            if (going.isEmpty()) {
                continue;
            }
            Change change = changes.get(address);
            if (change instanceof Change.Delete delete) {
                changes.put(address, new Change.Delete(delete.live(), delete.why(), going));
            } else if (types.apply(address.type()).comesWithContainer()) {
                forgetIfOwned(live.resource());
            } else if (request.desired().containsKey(address)) {
                problems.add(
                        Problem.refused(going.get() + " is to be deleted, and " + address + " inside it is declared",
                                request.desired().get(address).source().exact(),
                                "Declare " + going.get() + " as well, or take " + address + " out of the file."));
            } else if (!live.builtIn()) {
                foreign.computeIfAbsent(going.get(), ignored -> new ArrayList<>()).add(address);
                changes.put(address, new Change.Delete(live.resource(), DeleteReason.INSIDE, going));
            } else {
                changes.remove(address);
            }
        }
        if (request.inside() == PlanRequest.Inside.REFUSE) {
            foreign.forEach((container, contents) -> problems.add(notOurs(container, contents)));
        }
    }

    private void forgetIfOwned(Resource live) {
        if (request.owned(live.address()).isPresent()) {
            forget(live.address(), ForgetReason.GONE, Optional.of(live));
        }
    }

    private static Problem notOurs(Address container, List<Address> contents) {
        String listed = String.join("\n  ", contents.stream().limit(10).map(Address::toString).toList());
        String more = contents.size() > 10 ? "\n  … and " + (contents.size() - 10) + " more" : "";
        return Problem.refused(
                "deleting " + container + " would take along what is not ours:\n  " + listed + more,
                container.toString(),
                "Move them away first, or run again with --cascade to delete them too.");
    }

    /** The outermost container of an address that this plan deletes. */
    private Optional<Address> goingContainer(Address address) {
        Optional<Address> found = Optional.empty();
        Optional<Address> container = types.apply(address.type()).container(address);
        while (container.isPresent()) {
            if (changes.get(container.get()) instanceof Change.Delete) {
                found = container;
            }
            container = types.apply(container.get().type()).container(container.get());
        }
        return found;
    }

    private void delete(LiveObject live, DeleteReason why, String where) {
        Address address = live.resource().address();
        if (live.builtIn()) {
            problems.add(Problem.refused(address + " is built into the server and cannot be deleted", where,
                    "Take $delete out. " + types.apply(address.type()).insteadOfDeleting()));
            return;
        }
        Boolean protect = Optional.ofNullable(request.desired().get(address))
                .flatMap(r -> r.directives().protect())
                .or(() -> request.owned(address).map(Owned::protect))
                .orElse(false);
        if (protect) {
            problems.add(Problem.refused(address + " is protected, and this plan would delete it",
                    where.isEmpty() ? address.toString() : where,
                    "Set $protect: false and apply that first, or put the block back into the file."));
        }
        changes.put(address, new Change.Delete(live.resource(), why, Optional.empty()));
    }

    private void forget(Address address, ForgetReason why, Optional<Resource> live) {
        changes.put(address, new Change.Forget(address, why, live));
    }
}
