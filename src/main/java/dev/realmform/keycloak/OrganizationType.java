package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Overlay;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An organization: customers or partners with their domains and identity providers. Its address holds the alias, which never
 * changes; without one in the file, the name is the alias, as the server has it.
 *
 * <p>Seen on 26.7.3: a PUT replaces everything but the links to identity providers; a domain that goes takes the
 * {@code kc.org.domain} of an identity provider along; deleting it deletes the accounts of its managed members.
 */
final class OrganizationType implements KeycloakType {

    static final String NAME = "organization";

    static final String SECTION = "organizations";
    static final String MEMBERS = "members";
    static final String GROUPS = "groups";

    private static final String ENABLES = "organizationsEnabled";
    private static final String PROVIDERS = "identityProviders";
    private static final String DOMAINS = "domains";
    private static final String VERIFIED = "verified";

    /** Up to this version an organization had to have a domain (400 on 26.1.4, 201 on 26.4.7). */
    private static final String LAST_WITH_DOMAINS = "26.3";

    private static final Schema SCHEMA = Schema.of(Map.of(
            "id", Field.any().computed(),
            "alias", Field.any().computed(),
            MEMBERS, Field.any().computed(),
            GROUPS, Field.any().computed(),
            "enabled", Field.any().byDefault(true),
            DOMAINS, Field.named("name", Field.object(Map.of(VERIFIED, Field.any().byDefault(false)))),
            Attributes.FIELD, Field.mapOf(Field.set()).secretsByName(),
            PROVIDERS, Field.set()));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    /** Exports hold whole identity providers; a domain may be written as its name, which the server keeps in lower case. */
    @Override
    public Value.MapOf tidy(Value.MapOf raw) {
        Value.MapOf tidy = Attributes.tidy(SCHEMA, raw);
        if (tidy.get(PROVIDERS).orElse(Value.NULL) instanceof Value.ListOf(List<Value> items)) {
            tidy = tidy.with(PROVIDERS, new Value.ListOf(items.stream()
                    .map(item -> item instanceof Value.MapOf body ? body.get("alias").orElse(item) : item)
                    .toList()));
        }
        return switch (tidy.get(DOMAINS).orElse(Value.NULL)) {
            case Value.ListOf(List<Value> items) -> tidy.with(DOMAINS,
                    new Value.ListOf(items.stream().map(OrganizationType::domain).toList()));
            case Value.MapOf byName -> tidy.with(DOMAINS, lowerCase(byName));
            default -> tidy;
        };
    }

    private static Value domain(Value item) {
        return switch (item) {
            case Value.Text(String name) -> Value.EMPTY_MAP.with("name", Value.text(name.toLowerCase(Locale.ROOT)));
            case Value.MapOf body -> body.with("name",
                    Value.text(body.text("name").orElse("").toLowerCase(Locale.ROOT)));
            default -> item;
        };
    }

    private static Value lowerCase(Value.MapOf byName) {
        SortedMap<String, Value> domains = new TreeMap<>();
        byName.fields().forEach((name, body) -> domains.put(name.toLowerCase(Locale.ROOT), body));
        return new Value.MapOf(domains);
    }

    /** A domain that is new is not verified unless the file says so. */
    @Override
    public Resource propose(Resource desired, Resource live) {
        Value.MapOf planned = Overlay.of(SCHEMA, desired.value(), live.value());
        Value.MapOf domains = planned.map(DOMAINS)
                .each((name, body) -> Optional.of(body instanceof Value.MapOf domain && !domain.has(VERIFIED)
                        ? domain.with(VERIFIED, Value.bool(false))
                        : body));
        return live.withValue(domains.isEmpty() ? planned : planned.with(DOMAINS, domains));
    }

    @Override
    public Set<Reference> references(Resource desired) {
        String realm = desired.address().root();
        Set<Reference> references = new HashSet<>();
        references.add(KeycloakType.realm(desired));
        RoleNames.asked(desired.value().get(PROVIDERS).orElse(Value.NULL))
                .forEach(alias -> references.add(
                        new Reference(IdentityProviderType.address(realm, alias), Path.of(PROVIDERS))));
        return references;
    }

    @Override
    public Set<String> exclusive(Resource organization) {
        return organization.value().map(DOMAINS).fields().keySet();
    }

    /** The realm has to have organizations switched on before. */
    @Override
    public boolean awaits(Address resource, Address needed) {
        return needed.type().equals(RealmType.NAME);
    }

    @Override
    public Optional<String> collection() {
        return Optional.of(SECTION);
    }

    @Override
    public Optional<String> lossOnDelete(Resource live) {
        return Optional
                .of("its memberships and groups are lost, and the accounts of members whom its identity providers"
                        + " manage are deleted");
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        SortedMap<String, Value.MapOf> bodies = wanted.all(this)
                ? Organizations.all(reader, wanted.realm())
                : Organizations.some(reader, wanted, wanted.names(NAME));
        reader.each(bodies.entrySet(), entry -> {
            Address address = Organizations.address(wanted.realm(), entry.getKey());
            Value.MapOf body = entry.getValue();
            String id = body.text("id").orElse("");
            if (wanted.asks(address, Attributes.FIELD) && !body.has(Attributes.FIELD)) {
                // The list of 26.1.4 has none.
                body = reader.object(wanted.realm(), SECTION, id).orElse(body);
            }
            if (wanted.asks(address, PROVIDERS)) {
                body = body.with(PROVIDERS,
                        Value.texts(Organizations.identityProviders(reader, wanted.realm(), id)));
            }
            found.add(this, address, body, Optional.of(id), false);
        });
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return Organizations.named(reader, address.root(), address.name(), address.name())
                .flatMap(body -> body.text("id"));
    }

    @Override
    public List<Call> calls(Change change) {
        return switch (change) {
            case Change.Create create -> create(create);
            case Change.Update update -> update(update);
            case Change.Adopt adopt -> update(adopt);
            case Change.Delete delete -> List.of(Call.delete(Organizations.way(delete.address())));
            case Change.Replace ignored -> throw new IllegalStateException("an organization is never replaced");
            case Change.Forget ignored -> Call.none();
        };
    }

    private static List<Call> create(Change.Create create) {
        Address address = create.address();
        Value.MapOf planned = create.planned().value();
        Value.MapOf body = Wire.body(SCHEMA, planned.without(PROVIDERS)).with("alias", Value.text(address.name()));
        body = body.has("name") ? body : body.with("name", Value.text(address.name()));
        List<Call> calls = new ArrayList<>();
        calls.add(Call.post(Organizations.way(address.root()), body).making(address));
        calls.addAll(links(address, Value.EMPTY_MAP, planned));
        return calls;
    }

    private static List<Call> update(Change change) {
        Value.MapOf planned = Wire.planned(change).value();
        Value.MapOf body = Wire.changed(SCHEMA, change).without(PROVIDERS);
        for (String field : body.fields().keySet()) {
            body = planned.has(field) ? body : body.with(field, Value.NULL);
        }
        List<Call> calls = new ArrayList<>();
        if (!body.isEmpty()) {
            calls.add(Call.put(Organizations.way(change.address()), body)
                    .reading(Again.allWith(Attributes.FIELD, DOMAINS)));
        }
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
        calls.addAll(links(change.address(), before, planned));
        return calls;
    }

    private static List<Call> links(Address address, Value.MapOf before, Value.MapOf after) {
        Way providers = Organizations.way(address).then("identity-providers");
        Sets sets = Sets.between(before, after, Path.of(PROVIDERS));
        List<Call> calls = new ArrayList<>();
        sets.removed().forEach(alias -> calls.add(Call.delete(providers.then(alias))));
        sets.added().forEach(alias -> calls.add(Call.post(providers, Value.text(alias))));
        return calls;
    }

    @Override
    public List<Problem> review(Plan plan, Reader reader) {
        List<Problem> problems = new ArrayList<>();
        for (Change change : plan.changes()) {
            change.declared()
                    .filter(desired -> change.address().type().equals(NAME))
                    .ifPresent(desired -> review(plan, change, desired, reader, problems));
        }
        return problems;
    }

    /** A realm in which they are switched off answers 404 to everything about organizations (26.7.3). */
    private static void review(Plan plan, Change change, Resource desired, Reader reader, List<Problem> problems) {
        Address address = change.address();
        Address realm = RealmType.address(address.root());
        if (!isOn(plan, reader, realm)) {
            problems.add(Problem.invalid(realm + " has organizations switched off, and " + address + " is to be in it",
                    desired.source().exact(), "Set organizationsEnabled: true on the realm."));
        }
        if (Wire.planned(change).value().map(DOMAINS).isEmpty() && reader.isUpTo(LAST_WITH_DOMAINS)) {
            problems.add(Problem.invalid(reader.serverName() + " takes no organization without a domain, and " + address
                    + " has none", desired.source().exact(),
                    "Give it a domain, or take a newer server: those after " + LAST_WITH_DOMAINS + " do without."));
        }
    }

    private static boolean isOn(Plan plan, Reader reader, Address realm) {
        return plan.change(realm)
                .map(change -> Wire.planned(change).value())
                .or(() -> reader.object(realm.root()))
                .filter(body -> body.isTrue(ENABLES))
                .isPresent();
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
        boolean off = document.get(ENABLES).filter(Value.bool(false)::equals).isPresent();
        for (Pieces.Member organization : members(document, origin, pieces)) {
            Value body = organization.body();
            if (off) {
                pieces.problem("the organization " + organization.name() + " is declared, and " + ENABLES
                        + " is false at " + origin.at(ENABLES).source().exact(), organization.origin(),
                        "Write " + ENABLES + ": true, or take the organizations out.");
            }
            if (body instanceof Value.MapOf map) {
                if (map.has("$was")) {
                    pieces.problem("the alias of an organization cannot be changed: Keycloak refuses another one",
                            organization.origin().at("$was"),
                            "Keep the alias, and give it another name.");
                }
                body = map.without(MEMBERS, GROUPS, "$was");
            }
            pieces.add(this, Organizations.address(realm, organization.name()), body, organization.origin());
        }
    }

    /** The organizations of a document, by alias. In a list, one without an alias has its name for it. */
    static List<Pieces.Member> members(Value.MapOf document, Origin origin, Pieces pieces) {
        if (!(document.get(SECTION).orElse(Value.NULL) instanceof Value.ListOf(List<Value> items))) {
            return pieces.members(document, origin, SECTION, "alias");
        }
        List<Value> named = items.stream()
                .map(item -> item instanceof Value.MapOf map && !map.has("alias")
                        ? map.get("name").map(name -> map.with("alias", name)).orElse(map)
                        : item)
                .toList();
        return pieces.members(document.with(SECTION, new Value.ListOf(named)), origin, SECTION, "alias");
    }
}
