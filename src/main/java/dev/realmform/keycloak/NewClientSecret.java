package dev.realmform.keycloak;

import dev.realmform.model.AccessGraph;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.LiveState.LiveObject;
import dev.realmform.provider.Outcome;
import dev.realmform.provider.Provider;
import dev.realmform.provider.ResourceType;
import dev.realmform.provider.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A server on which the secret of one client is made anew. To whoever plans, that secret is not known any more, so that all who
 * hold it by reference change; and the change of the client lets Keycloak make the new one, and writes nothing else.
 */
public final class NewClientSecret implements Provider {

    /** The field of a client that holds it. */
    public static final String FIELD = "secret";

    private static final Path PATH = Path.of(FIELD);

    /** What takes a secret, and nothing else, from a client that logs in (26.7.3). */
    private static final Set<String> BY_SECRET = Set.of("client-secret", "client-secret-jwt");

    private final KeycloakProvider provider;
    private final Address client;
    private Optional<Resource> live = Optional.empty();

    public NewClientSecret(KeycloakProvider provider, Address client) {
        this.provider = provider;
        this.client = client;
    }

    /** Whether an address is that of a client. */
    public static boolean isClient(Address address) {
        return address.type().equals(ClientType.NAME);
    }

    /** Why Keycloak is not the one who makes the secret of a client: the files say it. */
    public static Optional<Problem> givenByFiles(Resource declared) {
        if (declared.directives().ignore().contains(PATH)) {
            return Optional.empty();
        }
        Address client = declared.address();
        String where = declared.origin().at(PATH).exact() + "  " + FIELD;
        return switch (declared.value().get(FIELD).orElse(Value.NULL)) {
            case Secret given -> Optional.of(given.reference().startsWith("$(literal:")
                    ? Problem.refused("the secret of " + client + " is written in the files", where,
                            "Take the line out and apply: then Keycloak's own is kept, and can be rotated. Or write another"
                                    + " one there, and apply.")
                    : Problem.refused("the secret of " + client + " comes from " + given.reference(), where,
                            "Put another value where that comes from, and apply. What reads a Secret that holds it is then"
                                    + " to be restarted: kubectl rollout restart."));
            case Value.Unknown(Address source, String ignored) -> Optional.of(Problem.refused(
                    "the secret of " + client + " is that of " + source, where, "Rotate that one."));
            case Value.Text ignored -> Optional.of(Problem.refused(
                    "the secret of " + client + " is one that the files name, in Keycloak's vault", where,
                    "Put another value into the vault."));
            default -> Optional.empty();
        };
    }

    /** Why a client has no secret that it logs in with. */
    public static Optional<Problem> needsNone(Resource live) {
        Value.MapOf value = live.value();
        String where = live.address().toString();
        if (value.isTrue("publicClient")) {
            return Optional.of(Problem.refused(where + " is a public client, so it has no secret", where, ""));
        }
        if (value.isTrue("bearerOnly")) {
            return Optional.of(Problem.refused(where + " only checks tokens (bearerOnly), so it needs no secret", where,
                    ""));
        }
        Optional<String> protocol = value.text("protocol").filter(name -> !name.equals("openid-connect"));
        if (protocol.isPresent()) {
            return Optional.of(Problem.refused(where + " speaks " + protocol.get() + ", which knows no client secret",
                    where, "Its keys are attributes: change them in the files, and apply."));
        }
        return value.text("clientAuthenticatorType")
                .filter(way -> !BY_SECRET.contains(way))
                .map(way -> Problem.refused(where + " logs in by " + way + ", not by a secret", where,
                        "Change what it logs in with (its key or certificate, among its attributes) in the files, and"
                                + " apply."));
    }

    /** The client as it was last read, with its secret; empty if it is not there. */
    public Optional<Resource> live() {
        return live;
    }

    /** How long the old secret will be good for. */
    public SecretGrace grace() {
        return provider.secrets().grace(client);
    }

    @Override
    public LiveState read(Scope scope) {
        LiveState read = provider.read(scope);
        live = read.find(client).map(LiveObject::resource);
        SortedMap<Address, LiveObject> objects = new TreeMap<>(read.objects());
        objects.computeIfPresent(client, (_, object) -> new LiveObject(
                object.resource().withValue(object.resource().value().without(FIELD)), object.id(), object.builtIn(),
                object.formerly()));
        return new LiveState(objects, read.identity(), read.notices());
    }

    @Override
    public List<Outcome> write(List<Change> bundle) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Change change : bundle) {
            outcomes.add(change.address().equals(client) ? provider.secrets().renew(client)
                    : provider.write(List.of(change)).getFirst());
        }
        return outcomes;
    }

    @Override
    public List<ResourceType> types() {
        return provider.types();
    }

    @Override
    public Accepted accepted(SortedMap<Address, Resource> declared, LiveState found) {
        return provider.accepted(declared, found);
    }

    @Override
    public List<Problem> review(Plan plan) {
        return provider.review(plan);
    }

    @Override
    public List<Plan.Notice> notices(Plan plan) {
        return provider.notices(plan);
    }

    @Override
    public Optional<AccessGraph> access(Plan plan) {
        return provider.access(plan);
    }

    @Override
    public void close() {
        provider.close();
    }
}
