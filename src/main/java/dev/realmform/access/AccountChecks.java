package dev.realmform.access;

import dev.realmform.model.AccessFacts;
import dev.realmform.model.AccessFacts.Person;
import dev.realmform.model.Address;
import dev.realmform.model.Proof.Check;
import dev.realmform.model.Proof.Cure;
import dev.realmform.model.Proof.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether the people whom the files name can log in at all. */
public record AccountChecks(AccessFacts facts, Cure cure) {

    /** One check, and notes on who is waited for. */
    public List<Check> of(SortedSet<Address> users) {
        if (users.isEmpty()) {
            return List.of();
        }
        List<Fault> faults = new ArrayList<>();
        SortedMap<String, SortedSet<String>> disabled = new TreeMap<>();
        SortedMap<String, SortedSet<String>> pending = new TreeMap<>();
        SortedSet<String> awaited = new TreeSet<>();
        int there = 0;
        for (Address user : users) {
            Person person = facts.people().get(user);
            if (person == null) {
                awaited.add(user.name());
                continue;
            }
            there++;
            if (!person.isEnabled()) {
                disabled.computeIfAbsent(
                        cure.of(user, "Enable the user in Keycloak, or say enabled: true of it in the file."),
                        unseen -> new TreeSet<>()).add(user.name());
            }
            person.account()
                    .texts("requiredActions")
                    .forEach(action -> pending.computeIfAbsent(action, unseen -> new TreeSet<>()).add(user.name()));
        }
        disabled.forEach((remedy, who) -> faults
                .add(new Fault("cannot log in", "the account is disabled", remedy, List.copyOf(who))));
        return told(there, faults, pending, awaited);
    }

    private static List<Check> told(int there, List<Fault> faults, Map<String, SortedSet<String>> pending,
            SortedSet<String> awaited) {
        List<Check> checks = new ArrayList<>();
        if (there > 0) {
            checks.add(Check.of("accounts", there == 1 ? "1 is there and enabled" : there + " are there and enabled",
                    faults));
        }
        if (!awaited.isEmpty()) {
            checks.add(Check.note("not in the realm yet", "wait for their first login: " + String.join(", ", awaited)));
        }
        pending.forEach((action, who) -> checks.add(Check.note("required action " + action,
                "has to be done in a browser; until then no login by password on the command line (\"Account is not fully"
                        + " set up\"): " + String.join(", ", who))));
        return checks;
    }
}
