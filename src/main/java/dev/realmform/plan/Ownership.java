package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Concealment;
import dev.realmform.model.Edit;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.ResourceType;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** What the state remembers of a resource once it is as declared. */
public final class Ownership {

    private final SlowHashes slow;

    /** Salts come from {@code random}. */
    public Ownership(RandomGenerator random) {
        this.slow = new SlowHashes(random);
    }

    /** Begins with the slow hashes of an entry that {@link #after} will be asked for; those are at hand sooner then. */
    public void begin(ResourceType type, Change change, Optional<Owned> prior) {
        change.declared().ifPresent(desired -> Leaves.of(desired.value()).forEach((path, value) -> {
            if (value instanceof Secret secret && secret.isGiven() && isHashed(type, path)) {
                slow.begin(desired.address(), path, secret, prior.map(entry -> entry.fields().get(path))
                        .map(Owned.Mark::print));
            }
        }));
    }

    /**
     * The entry after a change that leaves the resource there has succeeded.
     *
     * @param id    the server's id, if it has one
     * @param prior the entry before
     */
    public Owned after(ResourceType type, Change change, Optional<String> id, Optional<Owned> prior) {
        return after(type, change, id, prior, this::print);
    }

    /**
     * The entry that a change will leave if it succeeds; empty if the resource goes. Without prints of secrets: they are slow to
     * make, and what cannot be seen again is better written again.
     */
    public Optional<Owned> intended(ResourceType type, Change change, Optional<Owned> prior) {
        return change.declared()
                .map(ignored -> after(type, change, Optional.empty(), prior, (_, _, _, value, _) -> open(value)));
    }

    private Owned after(ResourceType type, Change change, Optional<String> id, Optional<Owned> prior, Prints prints) {
        boolean created = switch (change) {
            case Change.Create ignored -> !type.comesWithContainer();
            case Change.Replace ignored -> true;
            // Without an entry it was made by a run that did not end, unless it is another's that gets a new name.
            case Change.Update update -> prior.map(Owned::created).orElse(update.renamedFrom().isEmpty());
            case Change.Adopt ignored -> false;
            case Change.Delete ignored -> false;
            case Change.Forget ignored -> false;
        };
        boolean writesAll = change instanceof Change.Create || change instanceof Change.Replace;
        Set<Path> written = new HashSet<>();
        change.edits().stream().map(Edit::path).forEach(written::add);
        Resource desired = change.declared().orElseThrow();
        return entry(type, desired, id, created, prior, path -> writesAll || touches(written, path), prints);
    }

    /** The entry of a resource that is ours and matches already: fields may have come or gone in the file. */
    public Owned unchanged(ResourceType type, Resource desired, Optional<String> id, Owned prior) {
        return entry(type, desired, id, prior.created(), Optional.of(prior), path -> false, this::kept);
    }

    /** The slow hash of a secret stays as it is: that it fits, the plan has found out, or the resource would not match. */
    private Fingerprint kept(ResourceType type, Address address, Path path, Value value,
            Optional<Owned.Mark> before) {
        return before.map(Owned.Mark::print)
                .filter(print -> print.isSlow() && value instanceof Secret)
                .orElseGet(() -> print(type, address, path, value, before));
    }

    private Owned entry(ResourceType type, Resource desired, Optional<String> id, boolean created,
            Optional<Owned> prior,
            java.util.function.Predicate<Path> written, Prints prints) {
        SortedMap<Path, Owned.Mark> fields = new TreeMap<>();
        for (Map.Entry<Path, Value> leaf : Leaves.of(desired.value()).entrySet()) {
            Path path = leaf.getKey();
            Optional<Owned.Mark> before = prior.map(entry -> entry.fields().get(path));
            boolean ours = written.test(path) || before.map(Owned.Mark::written).orElse(false);
            fields.put(path, new Owned.Mark(prints.of(type, desired.address(), path, leaf.getValue(), before), ours));
        }
        Set<Address> needs = new HashSet<>();
        type.references(desired).stream().map(Reference::any).forEach(needs::addAll);
        boolean protect = desired.directives().protect().orElse(false);
        return new Owned(id.or(() -> prior.flatMap(Owned::id)), created && !type.comesWithContainer(), protect, fields,
                needs);
    }

    /** How the hash of a field is made. */
    private interface Prints {
        Fingerprint of(ResourceType type, Address address, Path path, Value value, Optional<Owned.Mark> before);
    }

    /** A hash that still fits is kept, so that an unchanged secret does not change the state file. */
    private Fingerprint print(ResourceType type, Address address, Path path, Value value,
            Optional<Owned.Mark> before) {
        if (!(value instanceof Secret secret)) {
            return open(value);
        }
        if (!isHashed(type, path)) {
            return Fingerprint.NONE;
        }
        Optional<Fingerprint> kept = before.map(Owned.Mark::print);
        return secret.isGiven() ? slow.get(address, path, secret, kept) : kept.orElse(Fingerprint.NONE);
    }

    /** Whether a secret there cannot be seen again on the server, and may be written again. */
    private static boolean isHashed(ResourceType type, Path path) {
        Field field = type.schema().at(path);
        boolean hidden = field.is(Field.Trait.WRITE_ONLY) || field.is(Field.Trait.MASKED);
        return hidden && !field.is(Field.Trait.CREATE_ONLY) && !isInCreateOnly(type, path);
    }

    private static Fingerprint open(Value value) {
        return Concealment.isNeeded(value) ? Fingerprint.NONE : Fingerprint.of(value);
    }

    private static boolean isInCreateOnly(ResourceType type, Path path) {
        for (Path up = path; !up.isRoot(); up = up.parent()) {
            if (type.schema().at(up).is(Field.Trait.CREATE_ONLY)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a field of a live resource has the value of this hash, or what that value becomes on the server: a set of roles
     * leaves alone what the server gives to all. The latter can be told only if the value is still declared.
     */
    public static boolean holds(ResourceType type, Optional<Resource> declared, Resource live, Path path,
            Fingerprint print) {
        return Leaves.at(live.value(), path).filter(print::matches).isPresent()
                || declared.filter(desired -> Optional.ofNullable(Leaves.of(desired.value()).get(path))
                        .filter(print::matches)
                        .isPresent())
                        .map(desired -> type.propose(desired, live).value())
                        .filter(planned -> planned.at(path).isPresent()
                                && planned.at(path).equals(live.value().at(path)))
                        .isPresent();
    }

    /** Whether an edit at, above or below the path was made; members of a set count as written with their set. */
    private static boolean touches(Set<Path> written, Path path) {
        return written.stream().anyMatch(edit -> path.startsWith(edit) || edit.startsWith(path));
    }
}
