package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads identity providers, and what the server offers for them. All of it needs view-identity-providers alone (26.7.3). */
final class IdentityProviders {

    /** Without it the list ends after 100 (26.7.3). */
    private static final Map<String, String> WHOLE = Map.of("briefRepresentation", "false", "max", "-1");

    /** So few are read one by one: some realms have thousands, one for each customer. */
    private static final int FEW = 5;

    private static final String SECTION = "identity-provider";

    private IdentityProviders() {}

    static Way way(Address provider) {
        return Way.realm(provider.root()).then(SECTION, "instances", provider.key().get(1));
    }

    /** The bodies of all of a realm. */
    static List<Value.MapOf> all(Reader reader, String realm) {
        return reader.objects(WHOLE, realm, SECTION, "instances");
    }

    /** The bodies of those that have these aliases, possibly of more. */
    static List<Value.MapOf> some(Reader reader, String realm, Collection<String> aliases) {
        if (aliases.size() > FEW) {
            return all(reader, realm);
        }
        List<Value.MapOf> bodies = new java.util.concurrent.CopyOnWriteArrayList<>();
        reader.each(aliases, alias -> one(reader, Address.of(IdentityProviderType.NAME, realm, alias))
                .ifPresent(bodies::add));
        return bodies;
    }

    static Optional<Value.MapOf> one(Reader reader, Address provider) {
        return reader.object(provider.root(), SECTION, "instances", provider.key().get(1));
    }

    static List<Value.MapOf> mappers(Reader reader, Address provider) {
        return reader.objects(provider.root(), SECTION, "instances", provider.key().get(1), "mappers");
    }

    /**
     * Whether the server has such a provider: an unknown one is answered 400 (26.7.3). A realm that is yet to be made knows
     * nothing; whoever may make it may ask the master realm.
     */
    static boolean isOffered(Reader reader, Plan plan, Address provider, String providerId) {
        String realm = isNew(plan, RealmType.address(provider.root())) ? "master" : provider.root();
        try {
            return reader.object(realm, SECTION, "providers", providerId).isPresent();
        } catch (ProblemException e) {
            if (realm.equals(provider.root()) && kind(e) != Problem.Kind.FAILED) {
                throw e;
            }
            return kind(e) != Problem.Kind.FAILED;
        }
    }

    private static Problem.Kind kind(ProblemException e) {
        return e.problems().getFirst().kind();
    }

    /**
     * The types of mapper that a provider takes, as the server says: asked of the provider itself, or of another one of the same
     * sort in the realm. Empty if there is none to ask.
     */
    static Optional<Set<String>> mapperTypes(Reader reader, Plan plan, Address provider) {
        if (isNew(plan, RealmType.address(provider.root()))) {
            return Optional.empty();
        }
        Optional<Value.MapOf> live = one(reader, provider);
        Optional<String> wanted = plan.change(provider)
                .filter(Change::writes)
                .flatMap(change -> Wire.planned(change).value().text("providerId"))
                .or(() -> live.flatMap(body -> body.text("providerId")));
        Optional<String> asked = live.filter(body -> body.text("providerId").equals(wanted))
                .or(() -> all(reader, provider.root()).stream()
                        .filter(body -> wanted.isPresent() && body.text("providerId").equals(wanted))
                        .findFirst())
                .flatMap(body -> body.text("alias"));
        return asked.flatMap(alias -> told(reader, provider.root(), alias)).map(types -> types.fields().keySet());
    }

    /**
     * Some providers ask the service that they stand for before they answer, and the answer is 500 where that cannot be reached
     * (LinkedIn and OpenShift, 26.4.7). Nothing is known then; nothing else of a plan needs it.
     */
    private static Optional<Value.MapOf> told(Reader reader, String realm, String alias) {
        try {
            return reader.object(realm, SECTION, "instances", alias, "mapper-types");
        } catch (ProblemException e) {
            if (kind(e) == Problem.Kind.FAILED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isNew(Plan plan, Address address) {
        return plan.change(address).filter(Change.Create.class::isInstance).isPresent();
    }
}
