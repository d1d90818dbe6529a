package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Outcome;
import dev.realmform.provider.Provider;
import dev.realmform.provider.ResourceType;
import dev.realmform.provider.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * A server whose new users get a temporary password each, which is noted before it is sent. Plan, state and events know nothing of
 * it: they are about the users as the files have them.
 */
public final class FirstPasswords implements Provider {

    /** Where passwords are noted. Safe for use by many threads. */
    public interface Sheet {

        /**
         * Notes a password; durable when this returns.
         *
         * @throws ProblemException if that fails
         */
        void note(Address user, Secret password);

        /** Takes a password back that certainly nobody has got. */
        void strike(Address user);
    }

    private final KeycloakProvider provider;
    private final SortedSet<Address> users;
    private final RandomGenerator random;
    private final Sheet sheet;
    private final Map<String, PasswordRules> rules = new ConcurrentHashMap<>();

    /** @param users who gets one, if this run makes them */
    public FirstPasswords(KeycloakProvider provider, SortedSet<Address> users, RandomGenerator random, Sheet sheet) {
        this.provider = provider;
        this.users = new TreeSet<>(users);
        this.random = random;
        this.sheet = sheet;
    }

    /**
     * The users whom a plan makes without a way to log in: without credentials or an account at an identity provider, and whom
     * no mail invites. An empty list of credentials says that this is meant.
     */
    public static SortedSet<Address> lackedBy(Plan plan) {
        SortedSet<Address> users = new TreeSet<>();
        for (Change change : plan.changes()) {
            if (change instanceof Change.Create create && create.address().type().equals(UserType.NAME)
                    && !create.desired().value().has(UserType.CREDENTIALS)
                    && !create.desired().value().has(FederatedIdentities.NAME)
                    && plan.change(InvitationType.of(create.address())).isEmpty()) {
                users.add(create.address());
            }
        }
        return users;
    }

    @Override
    public List<Outcome> write(List<Change> bundle) {
        List<Change> ready = new ArrayList<>();
        Map<Address, Outcome> outcomes = new HashMap<>();
        for (Change change : bundle) {
            try {
                ready.add(change instanceof Change.Create create && users.contains(change.address())
                        ? withPassword(create)
                        : change);
            } catch (ProblemException e) {
                outcomes.put(change.address(), new Outcome.Failed(
                        Writer.located(e.problems().getFirst(), change.address()), Optional.empty(), false));
            }
        }
        List<Outcome> ended = provider.write(ready);
        for (int i = 0; i < ended.size(); i++) {
            outcomes.put(ready.get(i).address(), ended.get(i));
            if (ended.get(i) instanceof Outcome.Failed failed && failed.id().isEmpty() && !failed.partly()
                    && users.contains(ready.get(i).address())) {
                sheet.strike(ready.get(i).address());
            }
        }
        return bundle.stream().map(change -> outcomes.get(change.address())).toList();
    }

    private Change.Create withPassword(Change.Create create) {
        Address user = create.address();
        Secret password = rules.computeIfAbsent(user.root(), provider::passwordRules)
                .make(random)
                .map(text -> Secret.of(text, ""))
                .orElseThrow(() -> Problem.failed("no password was found that the realm's passwordPolicy takes",
                        user.toString(),
                        "Nothing was sent. Give the user one under credentials, or invite by mail: $invite: email.")
                        .asException());
        sheet.note(user, password);
        Value credentials = new Value.ListOf(List.of(Value.EMPTY_MAP.with("type", Value.text("password"))
                .with("temporary", Value.bool(true))
                .with("value", password)));
        return new Change.Create(with(create.desired(), credentials), with(create.planned(), credentials));
    }

    private static Resource with(Resource user, Value credentials) {
        return user.withValue(user.value().with(UserType.CREDENTIALS, credentials));
    }

    @Override
    public List<ResourceType> types() {
        return provider.types();
    }

    @Override
    public LiveState read(Scope scope) {
        return provider.read(scope);
    }

    @Override
    public void close() {
        provider.close();
    }
}
