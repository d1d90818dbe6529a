package dev.realmform.plan;

import static dev.realmform.plan.FakeType.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Directives;
import dev.realmform.model.Edit;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Origin;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.LiveState.LiveObject;
import dev.realmform.provider.Manage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final FakeType TYPE = new FakeType("thing");
    private static final Address A = Address.of("thing", "a");
    private static final Address B = Address.of("thing", "b");
    private static final Address INNER = Address.of("thing", "a", "inner");

    private final SortedMap<Address, Resource> desired = new TreeMap<>();
    private final SortedMap<Address, LiveObject> live = new TreeMap<>();
    private final SortedMap<Address, Owned> owned = new TreeMap<>();
    private Manage manage = Manage.NOTHING;
    private PlanRequest.Aim aim = PlanRequest.Aim.DESIRED;
    private PlanRequest.Inside inside = PlanRequest.Inside.REFUSE;

    @Test
    void whatIsDeclaredAndNotLiveIsCreated() {
        desire(A, map("title", "x"));
        assertThat(only(plan())).isInstanceOf(Change.Create.class);
        assertThat(plan().plan().counts().summary()).isEqualTo("Plan: 1 to add, 0 to change, 0 to destroy.");
    }

    @Test
    void aFieldThatTheFileDoesNotMentionIsNotCompared() {
        desire(A, map("title", "x"));
        live(A, map("title", "x", "other", "y"));
        own(A, true, map("title", "x"));
        assertThat(plan().plan().isEmpty()).isTrue();
        assertThat(plan().plan().unchanged()).isEqualTo(1);
    }

    @Test
    void anAbsentFieldCountsAsItsDefault() {
        desire(A, map("enabled", true));
        live(A, map());
        own(A, true, map("enabled", true));
        assertThat(plan().plan().isEmpty()).isTrue();
    }

    @Test
    void nullEmptiesAFieldAndIsEqualToAnAbsentOne() {
        desire(A, map("title", Value.NULL, "note", Value.NULL));
        live(A, map("title", "x"));
        own(A, true, map());
        assertThat(only(plan()).edits()).containsExactly(new Edit.Remove(Path.of("title"), Value.text("x")));
    }

    @Test
    void aLiveResourceThatIsNotOursIsAdoptedAndWrittenOnlyWhereItDiffers() {
        desire(A, map("title", "x", "uris", List.of("u")));
        live(A, map("title", "x", "uris", List.of("u", "v")));
        Change change = only(plan());
        assertThat(change).isInstanceOf(Change.Adopt.class);
        assertThat(change.edits())
                .containsExactly(new Edit.Items(Path.of("uris"), List.of(), List.of(Value.text("v")), 1, false));
    }

    @Test
    void orderMattersInASequenceAndNotInASet() {
        desire(A, TYPE.schema().canonical(map("uris", List.of("b", "a"), "order", List.of("b", "a"))));
        live(A, TYPE.schema().canonical(map("uris", List.of("a", "b"), "order", List.of("a", "b"))));
        own(A, true, map());
        assertThat(only(plan()).edits())
                .containsExactly(new Edit.Items(Path.of("order"), List.of(), List.of(), 2, true));
    }

    @Test
    void partOfASetLeavesTheOtherMembersAlone() {
        desire(A, map("uris", map("$add", List.of("mine"), "$remove", List.of("bad"))));
        live(A, map("uris", List.of("bad", "theirs")));
        own(A, true, map());
        Change.Update update = (Change.Update) only(plan());
        assertThat(update.planned().value().texts("uris")).containsExactly("mine", "theirs");
    }

    @Test
    void aResourceThatLeftTheFileGoesOnlyIfWeCreatedIt() {
        live(A, map());
        live(B, map());
        own(A, true, map());
        own(B, false, map());
        assertThat(change(A)).isInstanceOf(Change.Delete.class);
        assertThat(change(B)).isEqualTo(new Change.Forget(B, Change.Forget.ForgetReason.ADOPTED));
    }

    @Test
    void aResourceThatLeftTheFileAndIsGoneIsForgotten() {
        own(A, true, map());
        assertThat(only(plan())).isEqualTo(new Change.Forget(A, Change.Forget.ForgetReason.GONE));
    }

    @Test
    void protectionOutlivesTheBlockInTheFile() {
        live(A, map());
        owned.put(A, new Owned(Optional.of("1"), true, true, new TreeMap<>(), Set.of()));
        assertThat(plan().problems()).singleElement().extracting(Problem::kind).isEqualTo(Problem.Kind.REFUSED);
    }

    @Test
    void builtInsAreNeverDeleted() {
        desired.put(A,
                new Resource(A, map(), origin(3), new Directives(Optional.empty(), true, Optional.empty(), Set.of())));
        live.put(A, new LiveObject(Resource.live(A, map()), Optional.of("1"), true, Optional.empty()));
        assertThat(plan().problems()).singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("built into the server");
        assertThat(plan().plan().isEmpty()).isTrue();
    }

    @Test
    void anAuthoritativeCollectionDeletesWhatIsNotDeclaredButNoBuiltIns() {
        live(A, map());
        live.put(B, new LiveObject(Resource.live(B, map()), Optional.of("1"), true, Optional.empty()));
        manage = new Manage(Map.of("things", List.of("*")));
        assertThat(only(plan())).isInstanceOfSatisfying(Change.Delete.class,
                delete -> assertThat(delete.why()).isEqualTo(Change.Delete.DeleteReason.NOT_DECLARED));
    }

    @Test
    void deletingAContainerListsWhatIsNotOursInside() {
        live(A, map());
        live(INNER, map());
        own(A, true, map());
        assertThat(plan().problems()).singleElement().extracting(Problem::what).asString().contains(INNER.toString());
        inside = PlanRequest.Inside.CASCADE;
        assertThat(plan().problems()).isEmpty();
        assertThat(change(INNER)).isInstanceOfSatisfying(Change.Delete.class,
                delete -> assertThat(delete.goesWith()).contains(A));
        assertThat(plan().plan().waitsFor().get(INNER)).containsExactly(A);
    }

    @Test
    void aDeclaredResourceInsideAContainerThatGoesIsRefused() {
        desire(INNER, map());
        live(A, map());
        live(INNER, map());
        own(A, true, map());
        own(INNER, true, map());
        assertThat(plan().problems()).extracting(Problem::kind).contains(Problem.Kind.REFUSED);
    }

    @Test
    void makingFollowsWhatItNeeds() {
        desire(A, map("needs", List.of("thing/b")));
        desire(B, map());
        assertThat(plan().plan().changes()).extracting(Change::address).containsExactly(B, A);
    }

    @Test
    void deletingWaitsUntilNothingRefersToIt() {
        desire(B, map("needs", List.of()));
        live(A, map());
        live(B, map("needs", List.of("thing/a")));
        own(A, true, map());
        own(B, true, map("needs", List.of("thing/a")));
        assertThat(plan().plan().changes()).extracting(Change::address).containsExactly(B, A);
        assertThat(plan().plan().waitsFor().get(A)).containsExactly(B);
    }

    @Test
    void aReferenceToNothingIsAnErrorAtItsLine() {
        desire(A, map("needs", List.of("thing/bb")));
        desire(B, map());
        assertThat(plan().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).startsWith("test.yaml:1:1");
            assertThat(problem.remedy()).contains("Similar: thing/b.");
        });
    }

    @Test
    void aCycleIsReportedWithItsPath() {
        desire(A, map("needs", List.of("thing/b")));
        desire(B, map("needs", List.of("thing/a")));
        assertThat(plan().problems()).singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("thing/a → thing/b → thing/a");
    }

    @Test
    void anImmutableFieldIsRefusedUnlessTheTypeMayBeReplaced() {
        desire(A, map("kind", "two"));
        live(A, map("kind", "one"));
        own(A, true, map());
        assertThat(plan().problems()).singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("cannot be changed in place");
    }

    @Test
    void aRenamedResourceIsUpdatedInPlaceAndItsEntryMoves() {
        desired.put(B, new Resource(B, map("title", "x"), origin(1),
                new Directives(Optional.of(A), false, Optional.empty(), Set.of())));
        live.put(B, new LiveObject(Resource.live(B, map("title", "x")), Optional.of("1"), false, Optional.of(A)));
        own(A, true, map("title", "x"));
        assertThat(only(plan())).isInstanceOfSatisfying(Change.Update.class,
                update -> assertThat(update.renamedFrom()).contains(A));
    }

    @Test
    void aMapKeyThatLeftTheFileGoesIfWeWroteItAndNobodyChangedIt() {
        desire(A, map("attributes", map("keep", "1")));
        live(A, map("attributes", map("keep", "1", "ours", "2", "found", "3", "moved", "other", "foreign", "5")));
        own(A, true, map("attributes", map("keep", "1", "ours", "2", "moved", "4")), Path.of("attributes", "found"),
                "3");
        Planned planned = plan();
        assertThat(only(planned).edits())
                .containsExactly(new Edit.Remove(Path.of("attributes", "ours"), Value.text("2")));
        assertThat(planned.plan().notices()).extracting(Plan.Notice::text)
                .containsExactlyInAnyOrder("attributes.found: no longer managed",
                        "attributes.moved: no longer managed");
    }

    @Test
    void aNamedMemberThatLeftTheFileGoesWhole() {
        desire(A, map("title", "x"));
        live(A, map("title", "x", "mappers",
                map("m", map("config", map("k", "v", "servers", "own")), "foreign", map())));
        own(A, true, map("title", "x", "mappers", map("m", map("config", map("k", "v")))));
        assertThat(FakeType.paths(only(plan()).edits())).containsExactly(Path.of("mappers", "m"));
    }

    @Test
    void aScalarThatLeftTheFileStays() {
        desire(A, map());
        live(A, map("title", "x"));
        own(A, true, map("title", "x"));
        assertThat(plan().plan().isEmpty()).isTrue();
        assertThat(plan().plan().notices()).extracting(Plan.Notice::text).containsExactly("title: no longer managed");
    }

    @Test
    void aMemberThatWeAddedToASetGoesWhenItLeavesTheFile() {
        desire(A, map("uris", map("$add", List.of("x"))));
        live(A, map("uris", List.of("theirs", "x", "y")));
        own(A, true, map("uris", map("$add", List.of("x", "y"))));
        assertThat(only(plan()).edits())
                .containsExactly(new Edit.Items(Path.of("uris"), List.of(), List.of(Value.text("y")), 2, false));
    }

    @Test
    void ignoredFieldsAreLeftToOthers() {
        desired.put(A, new Resource(A, map("title", "mine", "note", "n"), origin(1),
                new Directives(Optional.empty(), false, Optional.empty(), Set.of(Path.of("title")))));
        live(A, map("title", "theirs", "note", "n"));
        own(A, true, map("note", "n"));
        assertThat(plan().plan().isEmpty()).isTrue();
    }

    @Test
    void aWriteOnlySecretIsWrittenOnceAndThenComparedByItsFingerprint() {
        desire(A, map("password", Secret.of("p1", "$(secret:p)")));
        live(A, map("password", new Value.Hidden(Value.Hidden.Reason.MASKED)));
        own(A, true, map());
        assertThat(FakeType.paths(only(plan()).edits())).containsExactly(Path.of("password"));
        own(A, true, map("password", Secret.of("p1", "$(secret:p)")));
        assertThat(plan().plan().isEmpty()).isTrue();
        desire(A, map("password", Secret.of("p2", "$(secret:p)")));
        assertThat(FakeType.paths(only(plan()).edits())).containsExactly(Path.of("password"));
    }

    @Test
    void aReadableSecretThatThisServerHidesIsNoChange() {
        desire(A, map("secret", Secret.of("s", "$(secret:s)")));
        live(A, map("secret", new Value.Hidden(Value.Hidden.Reason.MASKED)));
        own(A, true, map("secret", Secret.of("s", "$(secret:s)")));
        assertThat(plan().plan().isEmpty()).isTrue();
    }

    @Test
    void aSecretThatWasNotGivenIsAHoleAndNoChange() {
        desire(A, map("secret", Secret.notGiven("$(secret:s)")));
        live(A, map("secret", Secret.of("live", "")));
        own(A, true, map());
        assertThat(plan().plan().isEmpty()).isTrue();
        assertThat(plan().plan().notices()).extracting(Plan.Notice::text)
                .containsExactly("secret: secret, not given here; compared at apply");
    }

    @Test
    void anInitialPasswordIsLookedAtOnlyByACreation() {
        desire(A, map("initial", Secret.of("p", "$(secret:p)")));
        live(A, map());
        own(A, true, map());
        assertThat(plan().plan().isEmpty()).isTrue();
        live.clear();
        assertThat(((Change.Create) only(plan())).planned().value().has("initial")).isTrue();
    }

    @Test
    void aShortReferenceFindsItsResourceAndAnUnknownOneIsAnError() {
        desire(B, map("title", new Value.Unknown(Address.of("thing", "inner"), "secret")));
        desire(A, map());
        desire(INNER, map());
        assertThat(plan().problems()).isEmpty();
        assertThat(((Change.Create) change(B)).desired().value().get("title"))
                .contains(new Value.Unknown(INNER, "secret"));
        desire(B, map("title", new Value.Unknown(Address.of("thing", "nobody"), "secret")));
        assertThat(plan().problems()).singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("$(ref:thing/nobody.secret)");
    }

    @Test
    void whatLiesWhereTheFilePutsASecretIsOneToo() {
        desire(A, map("attributes", map("token", Secret.of("new", "$(secret:t)"))));
        live(A, map("attributes", map("token", "old")));
        own(A, true, map());
        Change.Update update = (Change.Update) only(plan());
        assertThat(update.edits()).singleElement()
                .isInstanceOfSatisfying(Edit.Set.class,
                        set -> assertThat(set.before()).isInstanceOf(Secret.class));
        assertThat(update.live().value().at(Path.of("attributes", "token"))).get().isInstanceOf(Secret.class);
        live(A, map("attributes", map("token", "new")));
        assertThat(plan().plan().isEmpty()).isTrue();
    }

    @Test
    void whatIsToBeDoneOnceAndHasBeenDoneIsNoDifference() {
        desire(A, map("todo", List.of("x")));
        live(A, map());
        own(A, true, map("todo", List.of("x")));
        assertThat(plan().plan().isEmpty()).isTrue();
        desire(A, map("todo", List.of("x", "y")));
        assertThat(FakeType.paths(only(plan()).edits())).containsExactly(Path.of("todo"));
    }

    @Test
    void aReferenceToAFieldIsFilledFromTheFileOrTheServerOrWaits() {
        desire(A, map("title", new Value.Unknown(B, "secret")));
        desire(B, map());
        assertThat(plan().plan().waitsFor().get(A)).containsExactly(B);
        live(B, map("secret", Secret.of("s", "")));
        assertThat(((Change.Create) change(A)).desired().value().get("title")).contains(Secret.of("s", ""));
    }

    @Test
    void aDestroyDeletesWhatWeCreatedAndForgetsTheRest() {
        live(A, map());
        live(INNER, map());
        live(B, map());
        own(A, true, map());
        own(INNER, true, map());
        own(B, false, map());
        aim = PlanRequest.Aim.NOTHING;
        assertThat(plan().problems()).isEmpty();
        assertThat(plan().plan().counts().summary())
                .isEqualTo("Plan: 0 to add, 0 to change, 2 to destroy, 1 to forget.");
    }

    @Test
    void driftKeepsWhatMovedOnTheLiveSide() {
        desire(A, map("title", "new", "note", "n", "both", "file"));
        live(A, map("title", "old", "note", "live", "both", "live"));
        own(A, true, map("title", "old", "note", "n", "both", "then"));
        desire(B, map());
        own(B, true, map());
        Drift drift = Drift.of(plan().plan(), owned);
        assertThat(FakeType.paths(drift.plan().change(A).orElseThrow().edits())).containsExactly(Path.of("both"),
                Path.of("note"));
        assertThat(drift.alsoChanged()).containsExactly(Map.entry(A, Set.of(Path.of("both"))));
        assertThat(drift.plan().change(B)).get().isInstanceOf(Change.Create.class);
    }

    /** Random desired and live trees: applying a plan to the live side and planning again is empty. */
    @Test
    void applyingAPlanAndPlanningAgainIsEmpty() {
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            desired.clear();
            live.clear();
            owned.clear();
            for (String name : List.of("a", "b", "c", "d")) {
                Address address = Address.of("thing", name);
                if (random.nextInt(4) > 0) {
                    desire(address, TYPE.schema().canonical(randomMap(random, 0)));
                }
                if (random.nextInt(3) > 0) {
                    live(address, TYPE.schema().canonical(randomMap(random, 0)));
                    if (random.nextBoolean()) {
                        own(address, random.nextBoolean(), TYPE.schema().canonical(randomMap(random, 0)));
                    }
                }
            }
            Planned first = plan();
            carryOut(first);
            assertThat(plan().plan().changes()).as("seed %d, after %s", seed, first.plan().changes()).isEmpty();
        }
    }

    private void carryOut(Planned planned) {
        Ownership ownership = new Ownership(new Random(1));
        for (Change change : planned.plan().changes()) {
            Address address = change.address();
            Optional<Owned> prior = Optional.ofNullable(owned.get(address));
            switch (change) {
                case Change.Create create -> live(address, create.planned().value());
                case Change.Update update -> live(address, update.planned().value());
                case Change.Replace replace -> live(address, replace.planned().value());
                case Change.Adopt adopt -> live(address, adopt.planned().value());
                case Change.Delete ignored -> live.remove(address);
                case Change.Forget ignored -> {
                }
            }
            if (change.declared().isPresent()) {
                owned.put(address, ownership.after(TYPE, change, Optional.of("1"), prior));
            } else {
                owned.remove(address);
            }
        }
        planned.matching()
                .forEach((address, resource) -> owned.put(address,
                        ownership.unchanged(TYPE, resource, Optional.of("1"), entry(address))));
    }

    private static Value.MapOf randomMap(Random random, int depth) {
        List<String> names = depth == 0
                ? List.of("title", "enabled", "uris", "order", "attributes", "mappers", "secret", "free")
                : List.of("x", "y", "config");
        Value.MapOf map = Value.EMPTY_MAP;
        for (String name : names) {
            if (random.nextBoolean()) {
                map = map.with(name, randomValue(random, name, depth));
            }
        }
        return map;
    }

    private static Value randomValue(Random random, String name, int depth) {
        return switch (name) {
            case "enabled" -> Value.bool(random.nextBoolean());
            case "uris", "order" -> random.nextInt(5) == 0 && name.equals("uris")
                    ? map("$add", List.of("u" + random.nextInt(3)))
                    : Value.texts(new ArrayList<>(List.of("u" + random.nextInt(3), "w" + random.nextInt(2))));
            case "attributes", "mappers", "config" -> depth < 3 ? randomMap(random, depth + 1) : Value.EMPTY_MAP;
            case "secret" -> Secret.of("s" + random.nextInt(2), "$(secret:s)");
            default -> random.nextInt(4) == 0 ? Value.NULL : Value.text("v" + random.nextInt(2));
        };
    }

    private Planned plan() {
        LiveState state = new LiveState(live, new ServerIdentity("issuer", new TreeMap<>()), List.of());
        return new Planner(name -> TYPE)
                .plan(new PlanRequest(aim == PlanRequest.Aim.NOTHING ? new TreeMap<>() : desired,
                        state, owned, manage, aim, inside));
    }

    private static Change only(Planned planned) {
        assertThat(planned.plan().changes()).hasSize(1);
        return planned.plan().changes().getFirst();
    }

    private Change change(Address address) {
        return plan().plan().change(address).orElseThrow();
    }

    private void desire(Address address, Value.MapOf value) {
        desired.put(address, Resource.desired(address, value, origin(1)));
    }

    private void live(Address address, Value.MapOf value) {
        live.put(address, new LiveObject(Resource.live(address, value), Optional.of("1"), false, Optional.empty()));
    }

    private void own(Address address, boolean created, Value.MapOf written) {
        Resource resource = Resource.desired(address, written, origin(1));
        Change change = new Change.Create(resource, resource);
        Owned entry = new Ownership(new Random(1)).after(TYPE, change, Optional.of("1"), Optional.empty());
        owned.put(address, new Owned(entry.id(), created, false, entry.fields(), entry.needs()));
    }

    private void own(Address address, boolean created, Value.MapOf written, Path found, String value) {
        own(address, created, written);
        Owned entry = entry(address);
        SortedMap<Path, Owned.Mark> fields = new TreeMap<>(entry.fields());
        fields.put(found, new Owned.Mark(Fingerprint.of(Value.text(value)), false));
        owned.put(address, new Owned(entry.id(), created, false, fields, entry.needs()));
    }

    private Owned entry(Address address) {
        return Optional.ofNullable(owned.get(address)).orElseThrow();
    }

    private static Origin origin(int line) {
        return Origin.of(new Source("test.yaml", line, 1));
    }
}
