package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Nearness;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What speaks against a plan's changes of flows: told before anything is written, not half-way through. */
final class FlowReview {

    private final Plan plan;
    private final Reader reader;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Map<String, String>> subFlows = new HashMap<>();

    private FlowReview(Plan plan, Reader reader) {
        this.plan = plan;
        this.reader = reader;
    }

    static List<Problem> of(Plan plan, Reader reader) {
        FlowReview review = new FlowReview(plan, reader);
        plan.changes()
                .stream()
                .filter(change -> change.address().type().equals(FlowType.NAME))
                .forEach(review::change);
        return review.problems;
    }

    private void change(Change change) {
        switch (change) {
            case Change.Delete delete when delete.goesWith().isEmpty() ->
                bound(delete.address(), delete.address().name(),
                        "deletes it", delete.address().toString());
            case Change.Delete ignored -> {
            }
            case Change.Create create -> made(create, create.desired(), Value.EMPTY_MAP);
            case Change.Update update -> {
                renamed(update);
                made(update, update.desired(), update.live().value());
            }
            case Change.Adopt adopt -> made(adopt, adopt.desired(), adopt.live().value());
            case Change.Replace ignored -> {
            }
            case Change.Forget ignored -> {
            }
        }
    }

    private void bound(Address flow, String alias, String does, String where) {
        List<String> uses = new FlowUses(reader, flow.root(), plan).of(alias);
        if (!uses.isEmpty()) {
            problems.add(Problem.refused(
                    flow + " is in use by " + String.join(", ", uses) + ", and this plan " + does, where,
                    "Bind another flow there in the same file: that is done first."));
        }
    }

    private static String liveName(Change change) {
        return change instanceof Change.Update update
                ? update.renamedFrom().orElse(update.address()).name()
                : change.address().name();
    }

    private void renamed(Change.Update update) {
        update.renamedFrom()
                .filter(BuiltIn::is)
                .ifPresent(old -> problems.add(Problem.refused(old + " is Keycloak's own and keeps its name",
                        update.desired().source().exact(), "Take $was out; declare a copy under another alias.")));
    }

    private void made(Change change, Resource desired, Value.MapOf before) {
        Value.MapOf planned = Wire.planned(change).value();
        if (BuiltIn.is(change.address())) {
            builtIn(change.address(), desired, before);
        }
        String kind = planned.text("providerId").orElse(FlowType.BASIC);
        if (before.has("providerId") && !before.text("providerId").equals(Optional.of(kind))) {
            bound(change.address(), liveName(change), "makes it a " + kind + ", which takes a new flow",
                    desired.origin().at(Path.of("providerId")).exact());
        }
        String home = before.isEmpty() && !isThere(change.address().root()) ? reader.home() : change.address().root();
        new Steps.Walk(step -> added(change, desired, step, home)).added(planned, before, kind);
    }

    /** What this server's own flow lacks; a file that says builtIn: true has been cut to it before. */
    private void builtIn(Address flow, Resource desired, Value.MapOf before) {
        Optional<Value.MapOf> there = before.isEmpty() ? FlowStructure.elsewhere(desired, reader) : Optional.of(before);
        for (Path step : there.map(tree -> FlowStructure.missing(desired.value(), tree, Path.ROOT)).orElse(List.of())) {
            problems.add(Problem.refused(
                    flow + " is Keycloak's own: no step can be added, and " + step.last() + " is none of its",
                    at(desired, step),
                    "That takes another flow: declare a copy under another alias, and bind it where " + flow.name()
                            + " is bound."));
        }
        for (Path step : gone(desired.value(), Path.ROOT)) {
            problems.add(Problem.refused(flow + " is Keycloak's own: " + step.last() + " cannot be taken out",
                    at(desired, step), "Set its requirement to DISABLED."));
        }
    }

    private static List<Path> gone(Value.MapOf declared, Path at) {
        List<Path> gone = new ArrayList<>();
        declared.map(Steps.NAME).fields().forEach((key, step) -> {
            Path path = at.then(Steps.NAME).then(key);
            if (step instanceof Value.Null) {
                gone.add(path);
            } else if (step instanceof Value.MapOf map) {
                gone.addAll(gone(map, path));
            }
        });
        return gone;
    }

    private boolean isThere(String realm) {
        return reader.object(realm).isPresent();
    }

    private void added(Change change, Resource desired, Steps.Added step, String home) {
        FlowProviders offered = new FlowProviders(reader, home);
        Address flow = change.address();
        Value.MapOf declared = desired.value().at(step.path()).orElse(Value.NULL) instanceof Value.MapOf map
                ? map
                : Value.EMPTY_MAP;
        if (!Steps.isFlow(step.body())) {
            missing(flow, desired, step.path(), step.name(), offered.steps(step.kind()));
            unsaid(flow, desired, step.path(), declared);
            return;
        }
        step.body()
                .text("authenticator")
                .ifPresent(form -> missing(flow, desired, step.path().then("authenticator"), form, offered.forms()));
        if (!declared.has(Steps.NAME)) {
            problems.add(
                    Problem.invalid("the sub-flow " + step.name() + " of " + flow + " is neither declared nor live",
                            at(desired, step.path()),
                            "Declare it in authenticationFlows with topLevel: false, or write its steps right here."));
        }
        taken(change, desired, step, home);
    }

    private void missing(Address flow, Resource desired, Path path, String id, Optional<Set<String>> offered) {
        if (offered.isPresent() && !offered.get().contains(id)) {
            problems.add(Problem.invalid("this server has no " + id + ", which " + flow + " names", at(desired, path),
                    "A typing error, or a provider that is not installed or switched off." + similar(id,
                            offered.get())));
        }
    }

    private static String similar(String id, Set<String> offered) {
        List<String> near = Nearness.nearest(id, offered);
        return near.isEmpty() ? offered.stream()
                .filter(other -> other.contains(id) || id.contains(other))
                .findFirst()
                .map(other -> " Similar: " + other + ".")
                .orElse("") : " Similar: " + String.join(", ", near) + ".";
    }

    private void unsaid(Address flow, Resource desired, Path path, Value.MapOf step) {
        Value.MapOf settings = step.map(Steps.CONFIG);
        if (!settings.isEmpty() && !settings.has("config")) {
            problems.add(Problem.invalid(
                    "the settings " + settings.text("alias").orElse("") + " of " + flow
                            + " are neither declared nor live",
                    at(desired, path.then(Steps.CONFIG)),
                    "Declare them in authenticatorConfig, or write config right here."));
        }
        if (settings.has("config") && settings.text("alias").isEmpty()) {
            problems.add(Problem.invalid("settings without an alias in " + flow, at(desired, path.then(Steps.CONFIG)),
                    "Give them an alias that no other settings in the realm have."));
        }
    }

    /** Aliases are unique in a realm, over all flows and sub-flows. */
    private void taken(Change change, Resource desired, Steps.Added step, String home) {
        boolean here = home.equals(change.address().root());
        String holder = subFlows.computeIfAbsent(home, realm -> aliases(realm, here)).get(step.name());
        if (holder != null && !holder.equals(liveName(change))) {
            problems.add(Problem.refused("the alias " + step.name() + " is taken: flow " + holder
                    + " has a sub-flow of that name", at(desired, step.path()), "Give the sub-flow another alias."));
        }
    }

    /** The flow that each sub-flow lies in; of a realm that is still to be made, only of flows that it will have. */
    private Map<String, String> aliases(String realm, boolean all) {
        Map<String, String> aliases = new HashMap<>();
        for (Value.MapOf flow : reader.objects(realm, "authentication", "flows")) {
            if (all || flow.isTrue("builtIn")) {
                String alias = flow.text("alias").orElse("");
                Value.MapOf tree = new FlowReading(reader, FlowType.address(realm, alias), (part, id) -> {})
                        .tree(false);
                FlowCalls.subFlows(tree, new TreeSet<>()).forEach(sub -> aliases.put(sub, alias));
            }
        }
        return aliases;
    }

    private static String at(Resource desired, Path path) {
        return desired.origin().at(path).exact() + "  " + path;
    }
}
