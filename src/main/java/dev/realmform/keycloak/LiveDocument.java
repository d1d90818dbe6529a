package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState.LiveObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A live realm as a desired-state document, read with view roles alone.
 *
 * @param document what may be kept in a file: no secrets, nothing that the server computes
 * @param secrets  where in the document a secret was left out
 * @param notices  what could not be read or written
 */
public record LiveDocument(Value.MapOf document, List<Path> secrets, List<String> notices) {

    /** What no list of the server holds: asked for by the names of what it belongs to. */
    private static final Set<String> APART = Set.of(ServiceAccountType.NAME,
            ScopeMappingsType.Holder.CLIENT.mappings(), ScopeMappingsType.Holder.CLIENT_SCOPE.mappings());

    /** Who belongs where: of users, and read only with them. */
    private static final Set<String> OF_USERS = Set.of(OrganizationMembersType.NAME, OrganizationGroupMembersType.NAME);

    /** Said by users already, or no more than a request to be sent. */
    private static final Set<String> NEVER = Set.of(GroupMembersType.NAME, InvitationType.NAME);

    /** What is in it if somebody asks for it. */
    public enum With {
        /** Users with their groups and roles. */
        USERS,
        /** What each new realm of Keycloak has by itself, and each new object in it. */
        DEFAULTS
    }

    public LiveDocument {
        secrets = List.copyOf(secrets);
        notices = List.copyOf(notices);
    }

    /** Reads all of a realm that is there, and writes it out. */
    static LiveDocument of(Reader reader, Ids ids, String realm, Set<With> with) {
        Reading reading = new Reading(reader, realm, new Found(ids, new Renames(Map.of())),
                with.contains(With.USERS));
        reading.collections();
        reading.apart();
        Value.MapOf whole = written(reading.found.objects().values());
        Value.MapOf own = with.contains(With.DEFAULTS) ? whole : FreshRealm.without(realm, whole);
        Kept kept = Kept.of(own.with("realm", Value.text(realm)));
        List<String> notices = new ArrayList<>(reading.notices);
        reading.found.texts().forEach(notices::add);
        List<String> lacking = FreshRealm.lacking(realm, whole);
        if (!lacking.isEmpty()) {
            notices.add("a new realm has what this one has not, and what is made of the file will have it: "
                    + String.join(", ", lacking));
        }
        return new LiveDocument(kept.document(), kept.secrets(), notices);
    }

    /** Reads all there is, in two goes: what belongs to clients is asked for when the clients are known. */
    private record Reading(Reader reader, String realm, Found found, boolean users, Set<String> notices) {

        Reading(Reader reader, String realm, Found found, boolean users) {
            this(reader, realm, found, users, new ConcurrentSkipListSet<>());
        }

        void collections() {
            Set<String> left = new HashSet<>(NEVER);
            left.addAll(APART);
            left.addAll(OF_USERS);
            left.addAll(users ? Set.of() : Set.of(UserType.NAME));
            boolean organizations = reader.object(realm)
                    .filter(body -> body.isTrue("organizationsEnabled"))
                    .isPresent();
            left.addAll(organizations ? Set.of() : Set.of(OrganizationType.NAME, OrganizationGroupType.NAME));
            Set<String> names = names(type -> !left.contains(type));
            list(names, Wanted.all(realm, names, Set.of()));
        }

        void apart() {
            Set<Address> addresses = new TreeSet<>();
            for (LiveObject object : found.objects().values()) {
                addresses.addAll(
                        BuiltIn.isSealed(object.resource().address()) ? List.of() : belonging(object.resource()));
            }
            Set<String> names = names(type -> APART.contains(type) || (users && OF_USERS.contains(type)));
            list(names, Wanted.all(realm, names(type -> true), addresses));
        }

        private static Set<String> names(Predicate<String> which) {
            return KeycloakProvider.TYPES.stream().map(KeycloakType::name).filter(which).collect(Collectors.toSet());
        }

        private static List<Address> belonging(Resource resource) {
            Address address = resource.address();
            return switch (address.type()) {
                case ClientType.NAME -> {
                    List<Address> of = new ArrayList<>(
                            List.of(new Address(ScopeMappingsType.Holder.CLIENT.mappings(), address.key())));
                    if (resource.value().isTrue(ServiceAccountType.ENABLED)) {
                        of.add(ServiceAccountType.address(address.root(), address.name()));
                    }
                    yield of;
                }
                case ClientScopeType.NAME -> List
                        .of(new Address(ScopeMappingsType.Holder.CLIENT_SCOPE.mappings(), address.key()));
                case OrganizationType.NAME -> List.of(new Address(OrganizationMembersType.NAME, address.key()));
                case OrganizationGroupType.NAME -> List
                        .of(new Address(OrganizationGroupMembersType.NAME, address.key()));
                default -> List.of();
            };
        }

        private void list(Set<String> names, Wanted wanted) {
            Stream<KeycloakType> types = KeycloakProvider.TYPES.stream().filter(type -> names.contains(type.name()));
            reader.each(types.toList(), type -> {
                try {
                    type.list(reader, wanted, found);
                } catch (ProblemException e) {
                    Problem problem = e.problems().getFirst();
                    if (problem.kind() != Problem.Kind.FORBIDDEN || type.name().equals(RealmType.NAME)) {
                        throw e;
                    }
                    notices.add("not in it, since this login may not see them: resources of type " + type.name() + " ("
                            + problem.what() + ")");
                }
            });
        }
    }

    /** Resources as a document; what nobody may write is left out. */
    private static Value.MapOf written(Collection<LiveObject> objects) {
        Sheet sheet = new Sheet();
        for (LiveObject object : objects) {
            Resource live = object.resource();
            if (!BuiltIn.isSealed(live.address())) {
                KeycloakProvider.known(live.address()).ifPresent(type -> type.paste(live, sheet));
            }
        }
        return sheet.document();
    }

    /** A document without its secrets, its text safe from being taken for references. */
    private record Kept(Value.MapOf document, List<Path> secrets) {

        static Kept of(Value.MapOf document) {
            List<Path> secrets = new ArrayList<>();
            Value kept = kept(document, Path.ROOT, secrets).orElse(Value.EMPTY_MAP);
            return new Kept(kept instanceof Value.MapOf map ? map : Value.EMPTY_MAP, secrets);
        }

        private static Optional<Value> kept(Value value, Path at, List<Path> secrets) {
            return switch (value) {
                case Value.MapOf map -> Optional.of(map.each((name, field) -> kept(field, at.then(name), secrets)));
                case Value.ListOf(List<Value> items) -> {
                    List<Value> list = new ArrayList<>();
                    for (int i = 0; i < items.size(); i++) {
                        kept(items.get(i), at.then(String.valueOf(i)), secrets).ifPresent(list::add);
                    }
                    yield Optional.of(new Value.ListOf(list));
                }
                case Value.Text(String text) -> Optional.of(Value.text(text.replace("$(", "$$(")));
                case dev.realmform.model.Secret ignored -> left(at, secrets);
                case Value.Hidden ignored -> left(at, secrets);
                case Value.Unknown ignored -> Optional.empty();
                case Value.Null same -> Optional.of(same);
                case Value.Bool same -> Optional.of(same);
                case Value.Num same -> Optional.of(same);
            };
        }

        private static Optional<Value> left(Path at, List<Path> secrets) {
            secrets.add(at);
            return Optional.empty();
        }
    }
}
