package dev.realmform.json;

import dev.realmform.model.Access;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Directives;
import dev.realmform.model.Edit;
import dev.realmform.model.Expectation;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.Sentence;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Plans at random, from a seed: every kind of change, edit and notice. */
final class RandomPlans {

    static final SavedPlan.Made MADE = new SavedPlan.Made("0.1.0", Instant.parse("2026-01-02T03:04:05Z"),
            List.of("b.yaml", "a.yaml"), "lineage-1", 41);

    private static final List<Expectation.Verdict> VERDICTS = List.of(Expectation.Verdict.values());

    private final SplittableRandom random;
    private final RandomValues values;
    private final SortedMap<Address, Resource> desired = new TreeMap<>();

    RandomPlans(long seed) {
        random = new SplittableRandom(seed);
        values = new RandomValues(random);
    }

    SavedPlan saved() {
        List<Change> changes = new ArrayList<>();
        SortedMap<Address, Set<Address>> waitsFor = new TreeMap<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            Change change = change(address(i));
            if (!changes.isEmpty() && random.nextBoolean()) {
                waitsFor.put(change.address(), Set.of(changes.getLast().address()));
            }
            changes.add(change);
        }
        desired(address(99));
        List<Plan.Notice> notices = List.of(new Plan.Notice.Warning(Optional.of(address(1)), values.text()),
                new Plan.Notice.Warning(Optional.empty(), "w"), new Plan.Notice.About(address(2), "a"),
                new Plan.Notice.General(values.text()));
        SavedPlan.Inputs inputs = new SavedPlan.Inputs(
                new Value.MapOf(Map.of("url", Value.text("https://sso.example"), "login", values.map(2))),
                new Value.MapOf(Map.of("smtp", new Value.MapOf(Map.of("env", Value.text("SMTP_PASSWORD"))))),
                new TreeMap<>(Map.of("clients", List.of("pay-*"))), Value.EMPTY_MAP);
        return SavedPlan.of(MADE, new ServerIdentity("https://sso.example", new TreeMap<>(Map.of("$r", "id-1"))),
                inputs, desired, new Plan(changes, waitsFor, random.nextInt(100), notices, access(), expected()));
    }

    private Access access() {
        List<Access.Move> moves = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Access.Who who = random.nextBoolean() ? new Access.Who.Users(List.of(address(7), address(8)))
                    : new Access.Who.NotCounted(address(9), values.text());
            moves.add(new Access.Move(address(i), random.nextBoolean() ? Access.Way.GAIN : Access.Way.LOSE,
                    List.of(address(6)), who));
        }
        return new Access(moves,
                new TreeMap<>(Map.of("$r", new Access.Lifespan(60, new TreeMap<>(Map.of(address(5), 90L))))));
    }

    private List<Expectation.Outcome> expected() {
        List<Expectation.Outcome> outcomes = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            String text = "ada can role-" + i;
            Source source = random.nextBoolean() ? new Source("a.yaml", i, 0) : Source.NONE;
            outcomes.add(new Expectation.Outcome(
                    new Expectation("retail", text, Sentence.parse(text).orElseThrow(), source),
                    VERDICTS.get(random.nextInt(VERDICTS.size())), List.of(values.text())));
        }
        return outcomes;
    }

    private Address address(int i) {
        return Address.of("client", "retail", i + values.text());
    }

    private Resource desired(Address address) {
        Directives directives = new Directives(random.nextBoolean() ? Optional.of(address(5)) : Optional.empty(),
                random.nextBoolean(), random.nextBoolean() ? Optional.of(random.nextBoolean()) : Optional.empty(),
                random.nextBoolean() ? Set.of(Path.of("a.b", "c"), Path.of("d")) : Set.of());
        Origin origin = random.nextBoolean() ? Origin.of(new Source("a.yaml", 3, 7)) : Origin.NONE;
        Resource resource = new Resource(address, values.map(3), origin, directives);
        desired.put(address, resource);
        return random.nextInt(4) == 0 ? resource.withValue(values.map(2)) : resource;
    }

    private Resource live(Address address) {
        return Resource.live(address, (Value.MapOf) Shape.known(values.map(3)));
    }

    private Change change(Address address) {
        return switch (random.nextInt(6)) {
            case 0 -> new Change.Create(desired(address), live(address));
            case 1 -> new Change.Update(live(address), desired(address), live(address), edits(),
                    random.nextBoolean() ? Optional.of(address(7)) : Optional.empty());
            case 2 -> new Change.Replace(live(address), desired(address), live(address), edits(),
                    List.of(Path.of("a", "b")));
            case 3 -> new Change.Delete(live(address), Change.Delete.DeleteReason.LEFT_THE_FILE,
                    random.nextBoolean() ? Optional.of(address(8)) : Optional.empty());
            case 4 -> new Change.Adopt(live(address), desired(address), live(address), edits());
            default -> random.nextBoolean() ? new Change.Forget(address, Change.Forget.ForgetReason.GONE)
                    : new Change.Forget(address, Change.Forget.ForgetReason.ADOPTED, Optional.of(live(address)));
        };
    }

    private List<Edit> edits() {
        List<Edit> edits = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Path path = Path.of(i + values.text(), values.text());
            edits.add(switch (random.nextInt(4)) {
                case 0 -> new Edit.Add(path, values.any(2));
                case 1 -> new Edit.Remove(path, values.any(2));
                case 2 -> new Edit.Set(path, values.any(2), values.any(2));
                default -> new Edit.Items(path, List.of(values.any(1)), List.of(values.any(1), values.any(1)),
                        random.nextInt(9), random.nextBoolean());
            });
        }
        return edits;
    }
}
