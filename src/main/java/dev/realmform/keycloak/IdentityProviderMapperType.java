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
import dev.realmform.provider.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is taken over from an identity provider when somebody logs in with it. Its address holds the alias of the provider.
 *
 * <p>Seen on 26.7.3: a PUT replaces everything; the server takes roles and groups that do not exist, and types of mapper that
 * it has not got; it follows the renames of roles, clients and groups.
 */
final class IdentityProviderMapperType implements KeycloakType {

    static final String NAME = "identity-provider-mapper";

    static final String SECTION = "identityProviderMappers";

    private static final String ALIAS = "identityProviderAlias";
    private static final String KIND = "identityProviderMapper";
    private static final String CONFIG = "config";
    private static final Path ROLE = Path.of(CONFIG, "role");
    private static final Path GROUP = Path.of(CONFIG, "group");

    private static final NamedProvider PROVIDER = new NamedProvider(NAME, KIND, "type of mapper",
            "Give it an identityProviderMapper, such as oidc-user-attribute-idp-mapper.");

    private static final Schema SCHEMA = Schema.of(Map.of(
            "id", Field.any().computed(),
            "name", Field.any().computed(),
            ALIAS, Field.any().computed(),
            CONFIG, Field.mapOf(Field.any()).secretsByName()));

    static Address address(Address provider, String name) {
        return Address.of(NAME, provider.root(), provider.name(), name);
    }

    private static Address provider(Address mapper) {
        return IdentityProviderType.address(mapper.root(), mapper.key().get(1));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Value.MapOf tidy(Value.MapOf raw) {
        return Settings.tidy(raw, CONFIG);
    }

    @Override
    public Optional<Address> container(Address address) {
        return Optional.of(provider(address));
    }

    @Override
    public Set<Reference> references(Resource desired) {
        String realm = desired.address().root();
        Set<Reference> references = new HashSet<>();
        references.add(KeycloakType.realm(desired));
        references.add(new Reference(provider(desired.address()), Path.ROOT));
        Value.MapOf config = desired.value().map(CONFIG);
        config.text("role").ifPresent(role -> references.add(RoleText.reference(realm, role, ROLE)));
        config.text("group")
                .filter(group -> !group.replace("/", "").isEmpty())
                .ifPresent(group -> references.add(GroupPath.reference(realm, group, GROUP)));
        return references;
    }

    @Override
    public Optional<String> collection() {
        return Optional.of(SECTION);
    }

    @Override
    public String manageName(Address address) {
        return address.key().get(1) + "/" + address.name();
    }

    @Override
    public boolean isUsed(Wanted wanted) {
        return !wanted.of(NAME).isEmpty() || !goingProviders(wanted).isEmpty();
    }

    private static SortedSet<Address> goingProviders(Wanted wanted) {
        SortedSet<Address> providers = new TreeSet<>();
        wanted.going().forEach(container -> {
            if (container.type().equals(IdentityProviderType.NAME) && container.root().equals(wanted.realm())) {
                providers.add(container);
            }
        });
        return providers;
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        boolean all = wanted.all(this);
        SortedSet<Address> addresses = wanted.of(NAME);
        SortedSet<Address> whole = goingProviders(wanted);
        SortedSet<Address> providers = new TreeSet<>(whole);
        addresses.forEach(address -> providers.add(provider(address)));
        if (all) {
            IdentityProviders.all(reader, wanted.realm())
                    .forEach(body -> providers.add(
                            IdentityProviderType.address(wanted.realm(), body.text("alias").orElse(""))));
        }
        reader.each(providers, provider -> {
            for (Value.MapOf body : IdentityProviders.mappers(reader, provider)) {
                Address address = address(provider, body.text("name").orElse(""));
                if (all || whole.contains(provider) || addresses.contains(address)) {
                    found.add(this, address, renamed(wanted.realm(), body, found.renames()), body.text("id"), false);
                }
            }
        });
    }

    private static Value.MapOf renamed(String realm, Value.MapOf mapper, Renames renames) {
        Value.MapOf config = mapper.map(CONFIG);
        if (renames.isEmpty()) {
            return mapper;
        }
        return mapper.with(CONFIG, config.each((key, value) -> Optional.of(switch (value) {
            case Value.Text(String role) when key.equals("role") -> Value.text(RoleText.renamed(renames, realm, role));
            case Value.Text(String path) when key.equals("group") -> Value.text(renamed(renames, realm, path));
            default -> value;
        })));
    }

    private static String renamed(Renames renames, String realm, String path) {
        Address live = GroupPath.address(realm, path);
        Address now = renames.now(live);
        return now.equals(live) ? path : GroupPath.text(now);
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return IdentityProviders.mappers(reader, provider(address))
                .stream()
                .filter(body -> body.text("name").filter(address.name()::equals).isPresent())
                .findFirst()
                .flatMap(body -> body.text("id"));
    }

    @Override
    public List<Call> calls(Change change) {
        Address address = change.address();
        Way mappers = IdentityProviders.way(provider(address)).then("mappers");
        return switch (change) {
            case Change.Create create -> List.of(Call
                    .post(mappers, named(address, Wire.body(SCHEMA, create.planned().value())))
                    .making(address));
            case Change.Update update -> update(mappers, update, update.renamedFrom().isPresent());
            case Change.Adopt adopt -> update(mappers, adopt, false);
            case Change.Delete ignored -> List.of(Call.delete(mappers.id(address)));
            case Change.Replace ignored -> throw new IllegalStateException("a mapper is never replaced");
            case Change.Forget ignored -> Call.none();
        };
    }

    private static Value.MapOf named(Address address, Value.MapOf body) {
        return body.with("name", Value.text(address.name())).with(ALIAS, Value.text(address.key().get(1)));
    }

    private static List<Call> update(Way mappers, Change change, boolean renamed) {
        Value.MapOf changed = Wire.changed(SCHEMA, change);
        Address address = change.address();
        return changed.isEmpty() && !renamed ? Call.none()
                : List.of(Call.put(mappers.id(address), named(address, changed).with("id", Way.idOf(address)))
                        .reading(Again.allWith(CONFIG)));
    }

    /** The server takes a mapper of any type, and then runs none (26.7.3). */
    @Override
    public List<Problem> review(Plan plan, Reader reader) {
        return PROVIDER.review(plan, (change, kind, where) -> {
            Address provider = provider(change.address());
            return IdentityProviders.mapperTypes(reader, plan, provider)
                    .filter(types -> !types.contains(kind))
                    .map(types -> Problem.invalid(provider + " takes no mapper of type \"" + kind + "\"", where,
                            "It takes " + String.join(", ", types) + "."));
        });
    }

    @Override
    public List<String> place(Address address) {
        return List.of(SECTION, address.key().get(1), address.name());
    }

    @Override
    public Set<String> sections() {
        return Set.of(SECTION);
    }

    /** A list of mappers that name their provider, or a map from the alias to its mappers. */
    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        Origin at = origin.at(SECTION);
        switch (document.get(SECTION).orElse(Value.NULL)) {
            case Value.MapOf byAlias -> byAlias.fields()
                    .keySet()
                    .forEach(alias -> pieces.members(byAlias, at, alias, "name")
                            .forEach(mapper -> add(IdentityProviderType.address(realm, alias), mapper, pieces)));
            case Value.ListOf ignored -> pieces.members(document, origin, SECTION, "name")
                    .forEach(mapper -> listed(realm, mapper, pieces));
            case Value.Null ignored -> {
            }
            default -> pieces.problem(SECTION + " is neither a list nor a map", at,
                    "Write a list, or a map by the alias of the provider.");
        }
    }

    private void listed(String realm, Pieces.Member mapper, Pieces pieces) {
        Optional<String> alias = mapper.body() instanceof Value.MapOf body ? body.text(ALIAS) : Optional.empty();
        if (alias.isPresent()) {
            add(IdentityProviderType.address(realm, alias.get()), mapper, pieces);
        } else {
            pieces.problem("the mapper " + mapper.name() + " names no identity provider", mapper.origin(),
                    "Give it an " + ALIAS + ".");
        }
    }

    private void add(Address provider, Pieces.Member mapper, Pieces pieces) {
        Value body = mapper.body();
        if (body instanceof Value.MapOf map && map.text(ALIAS).filter(provider.name()::equals).isPresent()) {
            body = map.without(ALIAS);
        } else if (body instanceof Value.MapOf map && map.has(ALIAS)) {
            pieces.problem("the mapper " + mapper.name() + " stands among those of " + provider.name()
                    + ", and names another identity provider", mapper.origin().at(ALIAS), "Take one of the two out.");
        }
        pieces.add(this, address(provider, mapper.name()), body, mapper.origin());
    }
}
