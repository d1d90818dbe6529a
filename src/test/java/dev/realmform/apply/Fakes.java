package dev.realmform.apply;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Outcome;
import dev.realmform.provider.Provider;
import dev.realmform.provider.ResourceType;
import dev.realmform.provider.Schema;
import dev.realmform.provider.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Changes of every kind, and a provider that does what a function says. */
final class Fakes {

    private static final List<Edit> EDITS = List
            .of(new Edit.Set(Path.of("enabled"), Value.bool(false), Value.bool(true)));

    private Fakes() {}

    static Address at(String type, String name) {
        return Address.of(type, "r", name);
    }

    static Change.Create create(String type, String name) {
        return create(at(type, name));
    }

    static Change.Create create(Address address) {
        return new Change.Create(resource(address), resource(address));
    }

    static Change.Update update(String type, String name) {
        Resource resource = resource(at(type, name));
        return new Change.Update(resource, resource, resource, EDITS, Optional.empty());
    }

    static Change.Replace replace(String type, String name) {
        Resource resource = resource(at(type, name));
        return new Change.Replace(resource, resource, resource, EDITS, List.of(Path.of("enabled")));
    }

    static Change.Delete delete(String type, String name) {
        return new Change.Delete(resource(at(type, name)), Change.Delete.DeleteReason.ASKED, Optional.empty());
    }

    static Change.Delete deleteWith(Address container, String type, String name) {
        return new Change.Delete(resource(at(type, name)), Change.Delete.DeleteReason.INSIDE, Optional.of(container));
    }

    static Change.Adopt adopt(String type, String name, boolean differs) {
        Resource resource = resource(at(type, name));
        return new Change.Adopt(resource, resource, resource, differs ? EDITS : List.of());
    }

    static Change.Forget forget(String type, String name) {
        return new Change.Forget(at(type, name), Change.Forget.ForgetReason.GONE);
    }

    static Plan plan(List<Change> changes, Map<Address, Set<Address>> waitsFor) {
        SortedMap<Address, Set<Address>> sorted = new TreeMap<>(waitsFor);
        return new Plan(changes, sorted, 0, List.of());
    }

    static Outcome.Done done(Change change) {
        return new Outcome.Done(Optional.of("id of " + change.address()), false);
    }

    static List<Outcome> allDone(List<Change> bundle) {
        List<Outcome> outcomes = new ArrayList<>();
        bundle.forEach(change -> outcomes.add(done(change)));
        return outcomes;
    }

    private static Resource resource(Address address) {
        return Resource.live(address, Value.EMPTY_MAP);
    }

    record Type(String name, int bundleLimit) implements ResourceType {
        @Override
        public Schema schema() {
            return Schema.of(Map.of());
        }

        @Override
        public Set<Reference> references(Resource desired) {
            return Set.of();
        }
    }

    record World(List<ResourceType> types, Function<List<Change>, List<Outcome>> writing) implements Provider {
        @Override
        public LiveState read(Scope scope) {
            throw new IllegalStateException("nothing is read while applying");
        }

        @Override
        public List<Outcome> write(List<Change> bundle) {
            return writing.apply(bundle);
        }

        @Override
        public void close() {}
    }
}
