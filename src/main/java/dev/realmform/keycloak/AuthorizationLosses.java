package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * What a plan would take from the authorization services that is not ours.
 *
 * <p>Seen on 26.7.3: a policy or resource that goes, goes out of all permissions and aggregates that name it, and those that
 * hold nothing else go with it; a scope that a resource has cannot go.
 */
final class AuthorizationLosses {

    /** Which collection a type of ours is, and where the server lists what is linked to a member. */
    private record Links(String collection, String idField, Map<String, String> links) {}

    private static final Map<String, Links> LINKS = Map.of(
            AuthorizationPolicyType.NAME,
            new Links("policy", "id", Map.of("dependentPolicies", AuthorizationPolicyType.NAME)),
            AuthorizationResourceType.NAME,
            new Links("resource", "_id", Map.of("permissions", AuthorizationPolicyType.NAME)),
            AuthorizationScopeType.NAME,
            new Links("scope", "id", Map.of("permissions", AuthorizationPolicyType.NAME,
                    "resources", AuthorizationResourceType.NAME)));

    private final Plan plan;
    private final Reader reader;
    private final LiveClients server;

    AuthorizationLosses(Plan plan, Reader reader) {
        this.plan = plan;
        this.reader = reader;
        this.server = new LiveClients(plan, reader);
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>(ofOthers());
        plan.changes()
                .stream()
                .filter(change -> change.address().type().equals(ClientType.NAME))
                .forEach(client -> switchedOff(client).ifPresent(problems::add));
        return problems;
    }

    /** With the services goes all that is in them, whoever made it (26.7.3). */
    private Optional<Problem> switchedOff(Change change) {
        boolean off = !(change instanceof Change.Delete)
                && change.before().filter(live -> live.value().isTrue(ResourceServer.ENABLED)).isPresent()
                && !Wire.planned(change).value().isTrue(ResourceServer.ENABLED);
        if (!off) {
            return Optional.empty();
        }
        List<String> lost = server.id(change.address())
                .stream()
                .flatMap(client -> LINKS.entrySet()
                        .stream()
                        .flatMap(type -> ResourceServer
                                .members(reader, server.realm(change.address()), client, type.getValue().collection())
                                .stream()
                                .flatMap(body -> body.text("name").stream())
                                .map(name -> Address.of(type.getKey(), change.address().root(),
                                        change.address().name(), name))))
                .filter(part -> plan.change(part).filter(Change.Delete.class::isInstance).isEmpty())
                .filter(part -> !BuiltIn.mayComeWithRealm(part))
                .map(Address::toString)
                .sorted()
                .toList();
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.refused("without authorization services " + change.address() + " would lose\n  "
                        + String.join("\n  ", lost),
                        change.declared().map(desired -> desired.source().exact()).orElse(change.address().toString()),
                        "Keep " + ResourceServer.ENABLED + ", or delete those first."));
    }

    /** What the objects of others would lose. */
    private List<Problem> ofOthers() {
        ConcurrentSkipListMap<Address, Problem> found = new ConcurrentSkipListMap<>();
        List<Change> going = plan.changes().stream().filter(AuthorizationLosses::goes).toList();
        reader.each(going, change -> {
            Address address = change.address();
            List<Address> hurt = linked(address).filter(other -> !letsGo(other, address)).sorted().toList();
            if (!hurt.isEmpty()) {
                found.put(address, Problem.refused(
                        "with " + address + " would go what it does for\n  "
                                + String.join("\n  ", hurt.stream().map(Address::toString).toList()),
                        change.declared().map(desired -> desired.source().exact()).orElse(address.toString()),
                        change instanceof Change.Replace
                                ? "Another type makes it another policy: declare it under a new name, and let those use"
                                        + " that."
                                : "Keep it, or take it out of those first."));
            }
        });
        return List.copyOf(found.values());
    }

    private static boolean goes(Change change) {
        boolean deleted = change instanceof Change.Delete delete && delete.goesWith().isEmpty();
        return LINKS.containsKey(change.address().type()) && (deleted || change instanceof Change.Replace);
    }

    private Stream<Address> linked(Address address) {
        Links links = LINKS.getOrDefault(address.type(), new Links("", "", Map.of()));
        String realm = server.realm(address);
        return server.id(address)
                .stream()
                .flatMap(client -> ResourceServer.members(reader, realm, client, links.collection())
                        .stream()
                        .filter(body -> body.text("name").filter(address.name()::equals).isPresent())
                        .flatMap(body -> body.text(links.idField()).stream())
                        .flatMap(id -> links.links()
                                .entrySet()
                                .stream()
                                .flatMap(link -> ResourceServer
                                        .linked(reader, realm, client, links.collection(), id, link.getKey())
                                        .stream()
                                        .flatMap(body -> body.text("name").stream())
                                        .map(name -> Address.of(link.getValue(), address.root(),
                                                address.key().get(1), name)))));
    }

    /** Whether a plan takes one thing out of another, or that too away. */
    private boolean letsGo(Address other, Address gone) {
        return plan.change(other).filter(change -> switch (change) {
            case Change.Delete ignored -> true;
            case Change.Create ignored -> true;
            case Change.Forget ignored -> false;
            case Change.Replace ignored -> true;
            case Change.Update update -> !refers(update.planned(), gone);
            case Change.Adopt adopt -> !refers(adopt.planned(), gone);
        }).isPresent();
    }

    private static boolean refers(Resource planned, Address to) {
        return KeycloakProvider.known(planned.address())
                .stream()
                .flatMap(type -> type.references(planned).stream())
                .map(Reference::to)
                .anyMatch(to::equals);
    }
}
