package dev.realmform.keycloak;

import dev.realmform.model.AccessFacts;
import dev.realmform.model.AccessFacts.Person;
import dev.realmform.model.AccessFacts.Question;
import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Reads what a server says about the access of some people in one realm. All at once; the transport bounds the calls in
 * flight. Needs the view roles alone (26.7.3): the id token of a user is shown to whoever may view users and clients.
 */
final class AccessLook {

    private static final Map<String, String> BRIEF = Map.of("briefRepresentation", "true");

    private final Reader reader;
    private final Ids ids;
    private final Question question;
    private final String realm;
    private final Map<String, Value.MapOf> clients = new ConcurrentHashMap<>();
    private final Map<String, Address> groupsById = new ConcurrentHashMap<>();

    AccessLook(Reader reader, Ids ids, Question question) {
        this.reader = reader;
        this.ids = ids;
        this.question = question;
        this.realm = question.realm();
    }

    AccessFacts facts() {
        Set<String> named = new TreeSet<>(question.clients());
        question.roles().forEach(role -> AccessFacts.clientOf(role).ifPresent(named::add));
        reader.each(named, name -> reader.objects(Map.of("clientId", name), realm, "clients")
                .stream()
                .filter(client -> client.text("clientId").filter(name::equals).isPresent())
                .findFirst()
                .ifPresent(client -> clients.put(name, client.without("secret", "registrationAccessToken"))));
        Set<Address> roles = new ConcurrentSkipListSet<>();
        SortedMap<Address, Set<Address>> groups = new ConcurrentSkipListMap<>();
        SortedMap<String, Value.MapOf> scopes = new ConcurrentSkipListMap<>();
        List<Runnable> parts = new ArrayList<>();
        clients.forEach((name, client) -> parts.add(() -> roles.addAll(rolesOf(name, client))));
        parts.add(() -> roles.addAll(ofRealm(reader.objects(BRIEF, realm, "roles"))));
        question.groups().forEach(group -> parts.add(() -> group(group).ifPresent(gives -> groups.put(group, gives))));
        if (!question.clients().isEmpty()) {
            parts.add(() -> reader.objects(realm, "client-scopes")
                    .forEach(scope -> scopes.put(scope.text("name").orElse(""), scope)));
        }
        reader.each(parts, Runnable::run);
        SortedMap<Address, Person> people = new ConcurrentSkipListMap<>();
        reader.each(question.users(), user -> person(user).ifPresent(found -> people.put(user, found)));
        roles.retainAll(question.roles());
        return new AccessFacts(people, groups, new TreeSet<>(roles), new TreeMap<>(clients), scopes);
    }

    private Set<Address> rolesOf(String client, Value.MapOf body) {
        return ofClient(client, reader.objects(BRIEF, realm, "clients", id(body), "roles"));
    }

    private Set<Address> ofClient(String client, List<Value.MapOf> bodies) {
        Set<Address> roles = new HashSet<>();
        bodies.forEach(role -> roles.add(Address.of(ClientRoleType.NAME, realm, client, role.text("name").orElse(""))));
        return roles;
    }

    private Set<Address> ofRealm(List<Value.MapOf> bodies) {
        Set<Address> roles = new HashSet<>();
        bodies.forEach(role -> roles.add(Address.of(RealmRoleType.NAME, realm, role.text("name").orElse(""))));
        return roles;
    }

    private static String id(Value.MapOf body) {
        return body.text("id").orElse("");
    }

    /** The roles that a group gives by itself; empty if there is no such group. */
    private Optional<Set<Address>> group(Address group) {
        Optional<String> id = ids.find(group);
        Optional<Value.MapOf> body = id.flatMap(found -> reader.object(realm, "groups", found));
        return body.map(there -> {
            groupsById.put(id.orElseThrow(), group);
            Set<Address> gives = new TreeSet<>();
            there.texts(RoleGrants.REALM_ROLES)
                    .forEach(role -> gives.add(Address.of(RealmRoleType.NAME, realm, role)));
            Value.MapOf byClient = there.map(RoleGrants.CLIENT_ROLES);
            byClient.fields()
                    .keySet()
                    .forEach(client -> byClient.texts(client)
                            .forEach(role -> gives.add(Address.of(ClientRoleType.NAME, realm, client, role))));
            return gives;
        });
    }

    private Optional<Person> person(Address user) {
        Optional<Value.MapOf> found = user.type().equals(ServiceAccountType.NAME)
                ? ids.find(user).flatMap(id -> reader.object(realm, "users", id))
                : UserSearch.user(reader, user);
        return found.map(account -> {
            String id = id(account);
            Set<Address> groups = new TreeSet<>();
            reader.pages(0, Joined.PAGE, BRIEF, realm, "users", id, "groups")
                    .forEach(group -> Optional.ofNullable(groupsById.get(id(group))).ifPresent(groups::add));
            Set<Address> roles = ConcurrentHashMap.newKeySet();
            Map<String, Optional<Value.MapOf>> tokens = new ConcurrentHashMap<>();
            List<Runnable> parts = new ArrayList<>();
            parts.add(() -> roles.addAll(
                    ofRealm(reader.objects(BRIEF, realm, "users", id, "role-mappings", "realm", "composite"))));
            clients.forEach((name, client) -> parts.add(() -> roles.addAll(ofClient(name,
                    reader.objects(BRIEF, realm, "users", id, "role-mappings", "clients", id(client), "composite")))));
            question.tokensOf(user)
                    .stream()
                    .filter(clients::containsKey)
                    .forEach(name -> parts.add(() -> tokens.put(name, token(id, clients.getOrDefault(name,
                            Value.EMPTY_MAP)))));
            reader.each(parts, Runnable::run);
            return new Person(account, groups, roles, new TreeMap<>(tokens));
        });
    }

    /** The claims of the id token that the user would get; empty if the server refuses to make one. */
    private Optional<Value.MapOf> token(String user, Value.MapOf client) {
        try {
            return reader.objectAsked(Map.of("scope", "openid", "userId", user), realm, "clients", id(client),
                    "evaluate-scopes", "generate-example-id-token");
        } catch (ProblemException e) {
            if (e.problems().getFirst().kind() != Problem.Kind.FAILED) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
