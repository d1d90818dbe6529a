package dev.realmform.access;

import dev.realmform.model.AccessFacts;
import dev.realmform.model.AccessFacts.Person;
import dev.realmform.model.Address;
import dev.realmform.model.Entitlement;
import dev.realmform.model.Proof.Check;
import dev.realmform.model.Proof.Cure;
import dev.realmform.model.Proof.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether those who are to be in a group effectively have what the group is to give; and if not, which link of the way is
 * missing: the role, the group's hold on it, or the membership.
 *
 * @param labels what a group is called
 */
public record RoleChecks(AccessFacts facts, Cure cure, Function<Address, String> labels) {

    /** What somebody lacks, and why: the same for all who lack it so. */
    private record Lack(String what, String cause, String remedy) {}

    /** A check for each group of which somebody is said to be a member. */
    public List<Check> of(List<Entitlement> entitlements) {
        return entitlements.stream().filter(one -> !one.users().isEmpty()).map(this::check).toList();
    }

    private Check check(Entitlement entitlement) {
        SequencedMap<Lack, SortedSet<String>> lacks = new LinkedHashMap<>();
        int there = 0;
        for (Address user : entitlement.users()) {
            Optional<Person> person = Optional.ofNullable(facts.people().get(user));
            there += person.isPresent() ? 1 : 0;
            person.ifPresent(found -> lacking(entitlement, user, found)
                    .forEach(lack -> lacks.computeIfAbsent(lack, unseen -> new TreeSet<>()).add(user.name())));
        }
        String label = labels.apply(entitlement.group());
        if (there == 0) {
            return Check.note(label, "nobody who is to be in it is in the realm yet");
        }
        List<Fault> faults = new ArrayList<>();
        lacks.forEach((lack, who) -> faults.add(new Fault(lack.what(), lack.cause(), lack.remedy(),
                List.copyOf(who))));
        return Check.of(label, has(entitlement, there), faults);
    }

    private static String has(Entitlement entitlement, int there) {
        return (there == 1 ? "1 member has " : there + " members have ") + told(entitlement.roles());
    }

    /** {@code osmo-group1 on osmo-browser-flow and osmo-device}. */
    static String told(Set<Address> roles) {
        SequencedMap<String, List<String>> clients = new LinkedHashMap<>();
        for (Address role : roles) {
            clients.computeIfAbsent(role.name(), unseen -> new ArrayList<>())
                    .addAll(AccessFacts.clientOf(role).stream().toList());
        }
        return clients.entrySet()
                .stream()
                .collect(Collectors.groupingBy(Map.Entry::getValue, LinkedHashMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.joining(", "))))
                .entrySet()
                .stream()
                .map(group -> group.getValue()
                        + (group.getKey().isEmpty() ? "" : " on " + String.join(" and ", group.getKey())))
                .collect(Collectors.joining("; "));
    }

    private List<Lack> lacking(Entitlement entitlement, Address user, Person person) {
        return entitlement.roles()
                .stream()
                .filter(role -> !person.roles().contains(role))
                .map(role -> lack(entitlement.group(), user, person, role))
                .toList();
    }

    private Lack lack(Address group, Address user, Person person, Address role) {
        String what = "no role " + told(Set.of(role));
        String called = path(group);
        Optional<Set<Address>> gives = Optional.ofNullable(facts.groups().get(group));
        if (!facts.roles().contains(role)) {
            return new Lack(what, standsElsewhere(role), cure.of(role, "Make the role, or declare it in the file."));
        }
        if (gives.isEmpty()) {
            return new Lack(what, "there is no group " + called, cure.of(group, "Make the group."));
        }
        if (!gives.get().contains(role)) {
            return new Lack(what, "the group " + called + " does not give it", cure.of(group,
                    "Give the group the role. The files do not ask for it: does a section say otherwise?"));
        }
        if (!person.groups().contains(group)) {
            return new Lack(what, "not in the group " + called, cured(List.of(members(group), user),
                    "Put them into the group."));
        }
        return new Lack(what, "none that is known: they are in the group, and the group gives it",
                "Look again; a server with several nodes may need a moment.");
    }

    private String cured(List<Address> any, String otherwise) {
        return any.stream()
                .filter(cure.pending()::contains)
                .findFirst()
                .map(pending -> cure.command())
                .orElse(otherwise);
    }

    /** Where the role stands besides, for one of another client is easily taken for it. */
    private String standsElsewhere(Address role) {
        List<String> others = facts.roles()
                .stream()
                .filter(other -> other.name().equals(role.name()))
                .map(other -> AccessFacts.clientOf(other).orElse("the realm"))
                .toList();
        return others.isEmpty() ? "there is no such role"
                : "the role stands on " + String.join(", ", others) + " only";
    }

    private static Address members(Address group) {
        return new Address("group-members", group.key());
    }

    /** A group by its path, as people write it. */
    public static String path(Address group) {
        return group.key()
                .stream()
                .skip(1)
                .map(name -> "/" + name.replace("/", "~/"))
                .collect(Collectors.joining());
    }
}
