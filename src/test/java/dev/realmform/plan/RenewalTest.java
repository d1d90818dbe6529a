package dev.realmform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What follows from a value that is made anew. */
class RenewalTest {

    private static final Address WEB = Address.of("client", "osmo", "web");
    private static final Address PROXY = Address.of("Secret", "osmo", "proxy");
    private static final Address OTHER = Address.of("Secret", "osmo", "other");
    private static final Address POD = Address.of("Deployment", "osmo", "proxy");
    private static final Path SECRET = Path.of("secret");
    private static final Value NEW = new Value.Unknown(WEB, "secret");

    private final SortedMap<Address, Resource> declared = new TreeMap<>();

    private void declare(Address address, Value value) {
        declared.put(address, Resource.desired(address, FakeType.map("data", FakeType.map("key", value)),
                Planning.origin(1)));
    }

    private static Change.Update update(Address address) {
        Resource resource = Resource.live(address, Value.EMPTY_MAP);
        return new Change.Update(resource, resource, resource, List.of(), Optional.empty());
    }

    @Test
    void whoHoldsItIsFoundByTheWholeAddressAndByItsEndAndByNothingElse() {
        declare(WEB, NEW);
        declare(PROXY, NEW);
        declare(OTHER, new Value.Unknown(Address.of("client", "web"), "secret"));
        declare(Address.of("Secret", "osmo", "id"), new Value.Unknown(WEB, Value.Unknown.ID));
        declare(Address.of("Secret", "osmo", "another"),
                new Value.Unknown(Address.of("client", "osmo", "api"), "secret"));
        declare(Address.of("Secret", "osmo", "text"), Value.text("secret"));

        assertThat(Renewal.holders(declared, WEB, "secret")).containsExactly(OTHER, PROXY);
    }

    @Test
    void theValueChangesBesideWhateverElseDoes() {
        Resource live = Resource.live(WEB, FakeType.map("secret", Secret.of("old", ""), "name", "a"));
        Resource planned = live.withValue(live.value().with("name", Value.text("b")));
        Edit renamed = new Edit.Set(Path.of("name"), Value.text("a"), Value.text("b"));
        Edit stale = new Edit.Set(SECRET, Secret.of("old", ""), Secret.of("older", ""));

        Change.Update change = Renewal.of(
                new Change.Update(live, live, planned, List.of(stale, renamed), Optional.empty()),
                new TreeMap<>(Map.of(SECRET, NEW)));

        assertThat(change.edits()).containsExactly(renamed, new Edit.Set(SECRET, Secret.of("old", ""), NEW));
        assertThat(change.planned().value()).isEqualTo(FakeType.map("secret", NEW, "name", "b"));
    }

    @Test
    void whatWasNotThereIsAdded() {
        Change.Update change = Renewal.of(update(WEB), new TreeMap<>(Map.of(SECRET, NEW)));

        assertThat(change.edits()).containsExactly(new Edit.Add(SECRET, NEW));
    }

    @Test
    void whatHasToBeDoneBeforehandIsFoundAllTheWay() {
        Change.Update namespace = update(Address.of("Namespace", "osmo"));
        SortedMap<Address, Set<Address>> waits = new TreeMap<>(
                Map.of(PROXY, Set.of(OTHER), OTHER, Set.of(namespace.address(), PROXY)));
        Plan plan = new Plan(List.of(namespace, update(WEB), update(OTHER), update(PROXY)), waits, 0, List.of());

        assertThat(Renewal.before(plan, Set.of(OTHER))).extracting(Change::address)
                .containsExactly(namespace.address(), OTHER, PROXY);
        assertThat(Renewal.before(plan, Set.of(WEB))).isEmpty();
    }

    @Test
    void theSourceComesFirstThenWhoHoldsItThenWhatIsStartedAnewAndNothingElse() {
        Change.Update other = update(OTHER);
        SortedMap<Address, Set<Address>> waits = new TreeMap<>(
                Map.of(PROXY, Set.of(OTHER, Address.of("Namespace", "osmo"))));
        Plan found = new Plan(List.of(update(Address.of("realm", "osmo")), other, update(PROXY)), waits, 4, List.of());

        Plan plan = Renewal.plan(update(WEB), found, Set.of(OTHER, PROXY), List.of(update(POD)));

        assertThat(plan.changes()).extracting(Change::address).containsExactly(WEB, OTHER, PROXY, POD);
        assertThat(plan.waitsFor()).isEqualTo(Map.of(OTHER, Set.of(WEB), PROXY, Set.of(WEB, OTHER), POD,
                Set.of(WEB, OTHER, PROXY)));
    }
}
