package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Nearness;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.provider.Manage;
import dev.realmform.provider.ResourceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What can be told of references without a server. What the files refer to is fine if they declare it or the server makes it by
 * itself. Else it may be live: an error only where it cannot be, since the files delete it, or declare all there is of its kind.
 */
public final class OfflineCheck {

    /** So many are named; of more, their number. */
    private static final int MOST_NAMED = 10;

    private final SortedMap<Address, Resource> desired;
    private final Function<String, ResourceType> types;
    private final Manage manage;
    private final Says says;

    private final List<Problem> problems = new ArrayList<>();
    private final SortedMap<Address, Plan.Notice> similar = new TreeMap<>();
    private final SortedMap<Address, String> open = new TreeMap<>();

    private OfflineCheck(SortedMap<Address, Resource> desired, Function<String, ResourceType> types, Manage manage,
            Says says) {
        this.desired = desired;
        this.types = types;
        this.manage = manage;
        this.says = says;
    }

    /** How much the files say. */
    public enum Says {
        /** What they do not declare may be live, but in collections that are authoritative. */
        PART,
        /** All there is, but what the server makes by itself ({@code --complete}). */
        ALL
    }

    /**
     * What was found.
     *
     * @param notices what only a server can tell
     */
    public record Found(List<Problem> problems, List<Plan.Notice> notices) {
        public Found {
            problems = List.copyOf(problems);
            notices = List.copyOf(notices);
        }
    }

    public static Found of(SortedMap<Address, Resource> desired, Function<String, ResourceType> types, Manage manage,
            Says says) {
        OfflineCheck check = new OfflineCheck(desired, types, manage, says);
        desired.values().stream().filter(resource -> !resource.directives().delete()).forEach(check::references);
        return new Found(check.problems, check.notices());
    }

    private void references(Resource resource) {
        types.apply(resource.address().type())
                .named(resource)
                .stream()
                .filter(reference -> reference.any().stream().noneMatch(this::isThere))
                .sorted(Comparator.comparing(Reference::at).thenComparing(Reference::to))
                .forEach(reference -> missing(resource, reference));
    }

    /** What everything lies in is made with the first thing in it. */
    private boolean isThere(Address to) {
        Resource declared = desired.get(to);
        ResourceType type = types.apply(to.type());
        return declared == null ? type.container(to).isEmpty() || type.isBuiltIn(to) : !declared.directives().delete();
    }

    private void missing(Resource resource, Reference reference) {
        String place = resource.origin().at(reference.at()).exact();
        String where = place + (reference.at().isRoot() ? "" : "  " + reference.at());
        Address to = reference.to();
        String what = to + " is not declared, and " + resource.address() + " refers to it";
        Optional<Address> near = Similar.to(to, desired.keySet().stream());
        String similarTo = near.map(it -> "Similar: " + it + ".").orElse("");
        if (desired.containsKey(to)) {
            problems.add(Problem.invalid(resource.address() + " refers to " + to + ", which the files delete", where,
                    "Take $delete out, or take the reference out."));
        } else if (reference.any().stream().noneMatch(this::mayBeLive)) {
            problems.add(Problem.invalid(what, where, ("Declare it, or take the reference out. "
                    + similarTo).strip()));
        } else if (near.filter(it -> Nearness.looksMistyped(to.name(), List.of(it.name()))).isPresent()) {
            similar.putIfAbsent(to, new Plan.Notice.Warning(Optional.empty(), what + " (" + where + "). " + similarTo));
        } else {
            open.putIfAbsent(to, resource.origin().at(reference.at()).toString());
        }
    }

    private boolean mayBeLive(Address to) {
        if (says == Says.ALL || desired.containsKey(to)) {
            return false;
        }
        ResourceType type = types.apply(to.type());
        boolean whole = type.collection().filter(name -> manage.covers(name, type.manageName(to))).isPresent();
        return !whole && type.container(to).filter(around -> !isThere(around) && !mayBeLive(around)).isEmpty();
    }

    private List<Plan.Notice> notices() {
        List<Plan.Notice> notices = new ArrayList<>(similar.values());
        if (!open.isEmpty()) {
            String named = open.entrySet()
                    .stream()
                    .limit(MOST_NAMED)
                    .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                    .collect(Collectors.joining(", "));
            notices.add(new Plan.Notice.General("not declared, so a plan looks for it on the server: " + named
                    + (open.size() > MOST_NAMED ? ", and " + (open.size() - MOST_NAMED) + " more" : "")));
        }
        return notices;
    }
}
