package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Steps that the server takes by itself, on events or in time, such as disabling idle users.
 *
 * <p>Seen on 26.7.3: reading them takes manage-realm; a PUT replaces everything; while something is scheduled, the server keeps
 * the steps that are there and refuses another number or order of them, in plain words.
 */
final class WorkflowType implements KeycloakType {

    static final String NAME = "workflow";

    private static final String SECTION = "workflows";
    static final String STEPS = "steps";
    static final String WITH = "with";

    /** So few are looked up by name. */
    private static final int FEW = 5;

    /** The server lists 10 unless told otherwise, and fails on -1 (26.7.3). */
    private static final int PAGE = 100;

    private static final Schema SCHEMA = Schema.of(Map.of(
            "id", Field.any().computed(),
            "name", Field.any().computed(),
            "state", Field.any().computed(),
            "enabled", Field.any().byDefault(true),
            STEPS, Field.sequence()));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    /** Settings are texts, several of one name have no order; what a step holds beside what was asked for is its state. */
    @Override
    public Value.MapOf tidy(Value.MapOf raw) {
        Value.MapOf tidy = Texts.in(raw, "concurrency");
        return tidy.get(STEPS).orElse(Value.NULL) instanceof Value.ListOf(List<Value> steps)
                ? tidy.with(STEPS, new Value.ListOf(steps.stream().map(WorkflowType::step).toList()))
                : tidy;
    }

    private static Value step(Value item) {
        if (!(item instanceof Value.MapOf step)) {
            return item;
        }
        Value.MapOf settings = step.map(WITH).each((name, value) -> Optional.of(setting(value)));
        Value.MapOf asked = step.without("id", "scheduled-at", "status", WITH);
        return settings.isEmpty() ? asked : asked.with(WITH, settings);
    }

    private static Value setting(Value value) {
        return switch (value) {
            case Value.ListOf(List<Value> items) when items.size() == 1 -> setting(items.getFirst());
            case Value.ListOf(List<Value> items) -> Schema.asSet(
                    new Value.ListOf(items.stream().map(WorkflowType::setting).toList()));
            case Value.Bool(boolean flag) -> Value.text(String.valueOf(flag));
            case Value.Num number -> Value.text(number.plain());
            default -> value;
        };
    }

    @Override
    public Set<Reference> references(Resource desired) {
        String realm = desired.address().root();
        Set<Reference> references = new HashSet<>(WorkflowReferences.of(realm, desired.value()));
        references.add(KeycloakType.realm(desired));
        return references;
    }

    @Override
    public Optional<String> collection() {
        return Optional.of(SECTION);
    }

    @Override
    public Optional<String> lossOnDelete(Resource live) {
        return Optional.of("what it has scheduled is dropped");
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        SortedSet<String> names = wanted.names(NAME);
        boolean all = wanted.all(this);
        for (Value.MapOf body : bodies(reader, wanted, names, found)) {
            String name = body.text("name").orElse("");
            if (all || names.contains(name)) {
                found.add(this, Address.of(NAME, wanted.realm(), name), body, body.text("id"), false);
            }
        }
    }

    /**
     * None of a server that has no workflows: then the review of the plan says so. Nor where none is declared or ours, and this
     * login may not see them, as none of {@code master} may but its administrators (26.7.3): then they are not what a plan is about.
     */
    private List<Value.MapOf> bodies(Reader reader, Wanted wanted, SortedSet<String> names, Found found) {
        String realm = wanted.realm();
        boolean isAskedFor = !names.isEmpty() || wanted.whole().contains(NAME);
        try {
            if (wanted.all(this) || names.size() > FEW) {
                return reader.pages(0, PAGE, Map.of(), realm, SECTION);
            }
            List<Value.MapOf> bodies = new CopyOnWriteArrayList<>();
            reader.each(names, name -> bodies.addAll(named(reader, realm, name)));
            return bodies;
        } catch (ProblemException e) {
            Problem.Kind kind = e.problems().getFirst().kind();
            if (kind == Problem.Kind.FORBIDDEN && !isAskedFor) {
                found.notice("This login may not see the workflows of realm " + realm
                        + ": if there are any, they go with it.");
            }
            if (kind == Problem.Kind.FAILED || (kind == Problem.Kind.FORBIDDEN && !isAskedFor)) {
                return List.of();
            }
            throw e;
        }
    }

    private static List<Value.MapOf> named(Reader reader, String realm, String name) {
        return reader.objects(Map.of("search", name, "exact", "true"), realm, SECTION);
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return named(reader, address.root(), address.name()).stream()
                .filter(body -> body.text("name").filter(address.name()::equals).isPresent())
                .findFirst()
                .flatMap(body -> body.text("id"));
    }

    @Override
    public Optional<String> since() {
        return Optional.of("26.6");
    }

    @Override
    public List<Call> calls(Change change) {
        Address address = change.address();
        Way workflows = Way.realm(address.root()).then(SECTION);
        return switch (change) {
            case Change.Create create -> List.of(Call
                    .post(workflows,
                            Wire.body(SCHEMA, create.planned().value()).with("name", Value.text(address.name())))
                    .making(address));
            case Change.Update update -> update(workflows, update, update.renamedFrom().isPresent());
            case Change.Adopt adopt -> update(workflows, adopt, false);
            case Change.Delete ignored -> List.of(Call.delete(workflows.id(address)));
            case Change.Replace ignored -> throw new IllegalStateException("a workflow is never replaced");
            case Change.Forget ignored -> Call.none();
        };
    }

    private static List<Call> update(Way workflows, Change change, boolean renamed) {
        Value.MapOf body = Wire.changed(SCHEMA, change);
        if (body.isEmpty() && !renamed) {
            return Call.none();
        }
        for (String field : body.fields().keySet()) {
            body = Wire.planned(change).value().has(field) ? body : body.with(field, Value.NULL);
        }
        return List.of(Call.put(workflows.id(change.address()), body.with("name", Value.text(change.address().name())))
                .reading(Again.ALL));
    }

    /** Older servers have none; on some it is a feature that is switched off. */
    @Override
    public List<Problem> review(Plan plan, Reader reader) {
        List<Problem> problems = new ArrayList<>();
        for (Change change : plan.changes()) {
            if (change instanceof Change.Create create && create.address().type().equals(NAME)
                    && !isOffered(plan, reader, create.address().root())) {
                problems.add(
                        Problem.invalid(reader.serverName() + " has no workflows, and " + create.address() + " is one",
                                create.desired().source().exact(),
                                "Take it out, start the server with the feature workflows, or take a newer one."));
            }
        }
        return problems;
    }

    private static boolean isOffered(Plan plan, Reader reader, String realm) {
        boolean anew = plan.change(RealmType.address(realm)).filter(Change.Create.class::isInstance).isPresent();
        try {
            return reader.value(anew ? "master" : realm, SECTION).isPresent();
        } catch (ProblemException e) {
            // Whoever may make a realm need not be allowed to look at those of master.
            return anew && e.problems().getFirst().kind() == Problem.Kind.FORBIDDEN;
        }
    }

    @Override
    public List<String> place(Address address) {
        return List.of(SECTION, address.name());
    }

    @Override
    public Set<String> sections() {
        return Set.of(SECTION);
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        List<Pieces.Member> workflows = new ArrayList<>(pieces.members(document, origin, SECTION, "name"));
        workflows.addAll(WorkflowComponents.of(document, origin, pieces));
        workflows.forEach(workflow -> pieces.add(this, Address.of(NAME, realm, workflow.name()), workflow.body(),
                workflow.origin()));
    }
}
