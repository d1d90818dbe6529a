package dev.realmform.cli;

import dev.realmform.model.Address;
import dev.realmform.model.Nearness;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.provider.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The resources that the command line asks for ({@code --target}), as they are written there: whole addresses, or their ends
 * where those are unambiguous.
 */
record Targets(List<String> written) {

    static final Targets NONE = new Targets(List.of());

    Targets {
        written = List.copyOf(written);
    }

    boolean isEmpty() {
        return written.isEmpty();
    }

    /**
     * The addresses that are meant.
     *
     * @return empty if one names nothing that is known
     * @throws dev.realmform.model.ProblemException if one may be any of several
     */
    Optional<SortedSet<Address>> among(Collection<Address> known, Function<String, ResourceType> types) {
        SortedSet<Address> meant = new TreeSet<>();
        for (String one : written) {
            List<Address> found = matches(one, known, types);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            if (found.size() > 1) {
                throw ambiguous("--target " + one, found).asException();
            }
            meant.addAll(found);
        }
        return Optional.of(meant);
    }

    private static Problem ambiguous(String what, List<Address> found) {
        return Problem.refused(what + " may be any of " + String.join(", ",
                found.stream().map(Address::toString).toList()), "", "Write the whole address.");
    }

    /**
     * The one resource that is meant.
     *
     * @throws dev.realmform.model.ProblemException if it is not among those that are declared, or may be any of several
     */
    static Address one(String text, Collection<Address> declared, Function<String, ResourceType> types) {
        List<Address> found = matches(text, declared, types);
        if (found.isEmpty()) {
            throw unknown(text + " is not declared in these files", text, declared).asException();
        }
        if (found.size() > 1) {
            throw ambiguous(text, found).asException();
        }
        return found.getFirst();
    }

    /** Why not all of them are known. */
    Problem unknown(Collection<Address> known, Function<String, ResourceType> types) {
        String one = written.stream().filter(text -> matches(text, known, types).isEmpty()).findFirst().orElse("");
        return unknown("--target " + one + " is neither declared nor in the state", one, known);
    }

    private static Problem unknown(String what, String one, Collection<Address> known) {
        List<String> names = new ArrayList<>();
        known.forEach(address -> {
            names.add(address.toString());
            names.add(address.name());
            names.add(address.toString().replace("/" + address.root() + "/", "/"));
        });
        String similar = Nearness.similar(one, names);
        return Problem.refused(what, "",
                "Write an address as plans print it: client/my-realm/my-client."
                        + (similar.isEmpty() ? "" : " " + similar));
    }

    private static List<Address> matches(String text, Collection<Address> known, Function<String, ResourceType> types) {
        Optional<Address> exact = known.stream().filter(address -> address.toString().equals(text)).findFirst();
        if (exact.isPresent()) {
            return List.of(exact.get());
        }
        List<Address> ends = known.stream().filter(address -> endsIn(address, text)).distinct().sorted().toList();
        List<Address> own = ends.stream()
                .filter(address -> !types.apply(address.type()).comesWithContainer())
                .toList();
        return own.isEmpty() ? ends : own;
    }

    /** {@code name}, {@code container/name}, or {@code type/name} with keys left out before the name. */
    private static boolean endsIn(Address address, String text) {
        String whole = address.toString();
        String type = address.type() + "/";
        return whole.endsWith("/" + text)
                || (text.startsWith(type) && whole.endsWith("/" + text.substring(type.length())));
    }

    /** What a reader of such a plan should know. */
    List<Plan.Notice> warning() {
        return isEmpty() ? List.of()
                : List.of(new Plan.Notice.Warning(Optional.empty(),
                        "This plan holds only what --target asks for, and what"
                                + " that needs: it may be incomplete. Meant for exceptional use."));
    }

    /** What is said after an apply; empty without targets. */
    String reminder() {
        return isEmpty() ? ""
                : "! Applied for --target alone: other changes may be left. Run realmform plan without --target to see"
                        + " them.";
    }
}
