package dev.realmform.cli;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.plan.Ownership;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Provider;
import dev.realmform.provider.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The entries of a state that was lost, as far as files and server tell. A field that differs gets no mark: what was last
 * applied there, nobody knows any more.
 *
 * @param claimed   which of them count as created
 * @param unknown   what was claimed and is not there
 * @param missing   how many resources are declared and not there
 * @param different how many are there with other values
 */
record Rebuilt(SortedMap<Address, Owned> entries, SortedSet<Address> claimed, List<Problem> unknown, long missing,
        long different) {

    private static final String ALL = "all";

    static Rebuilt of(Survey.Found found, Provider provider, RandomGenerator random, List<String> created) {
        Ownership ownership = new Ownership(random);
        SortedMap<Address, Owned> entries = new TreeMap<>();
        SortedSet<Address> claimed = new TreeSet<>();
        List<Pattern> patterns = created.stream().map(Rebuilt::pattern).toList();
        List<Change> changes = found.planned().plan().changes();
        for (Change change : changes) {
            if (change instanceof Change.Adopt) {
                Address address = change.address();
                ResourceType type = provider.type(address.type()).orElseThrow();
                Optional<String> id = found.request().live().find(address).flatMap(LiveState.LiveObject::id);
                boolean ours = !type.comesWithContainer()
                        && patterns.stream().anyMatch(one -> one.matcher(address.toString()).matches());
                entries.put(address, entry(ownership.after(type, change, id, Optional.empty()), change, ours));
                if (ours) {
                    claimed.add(address);
                }
            }
        }
        return new Rebuilt(entries, claimed,
                unknown(created, entries.keySet().stream().map(Address::toString).toList()),
                changes.stream().filter(Change.Create.class::isInstance).count(),
                changes.stream().filter(change -> change instanceof Change.Adopt && !change.edits().isEmpty()).count());
    }

    private static Owned entry(Owned whole, Change change, boolean ours) {
        SortedMap<Path, Owned.Mark> fields = new TreeMap<>();
        whole.fields().forEach((path, mark) -> {
            boolean differs = change.edits()
                    .stream()
                    .map(Edit::path)
                    .anyMatch(
                            edit -> path.startsWith(edit) || edit.startsWith(path));
            if (!differs) {
                fields.put(path, mark);
            }
        });
        return new Owned(whole.id(), ours, whole.protect(), fields, whole.needs());
    }

    private static List<Problem> unknown(List<String> created, List<String> there) {
        List<Problem> problems = new ArrayList<>();
        for (String one : created) {
            Pattern pattern = pattern(one);
            if (!one.equals(ALL) && there.stream().noneMatch(address -> pattern.matcher(address).matches())) {
                problems.add(Problem.refused("--created " + one + " fits nothing that is declared and there", "",
                        "Write addresses as realmform state list prints them: client/retail/pay-*."));
            }
        }
        return problems;
    }

    private static Pattern pattern(String written) {
        return written.equals(ALL) ? Pattern.compile(".*")
                : Pattern.compile(
                        Stream.of(written.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
