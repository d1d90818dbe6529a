package dev.realmform.cli;

import dev.realmform.keycloak.FirstPasswords;
import dev.realmform.keycloak.KeycloakProvider;
import dev.realmform.model.Address;
import dev.realmform.model.Plan;
import dev.realmform.provider.Provider;
import dev.realmform.state.DurableFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;

/**
 * How those whom an apply makes come to a password.
 *
 * @param named the file for temporary passwords, if the command line names one
 */
record Newcomers(Speaking speaking, Optional<Path> named) {

    /** So many are named. */
    private static final int FEW = 5;

    /** For commands that make nobody. */
    static Newcomers none(Speaking speaking) {
        return new Newcomers(speaking, Optional.empty());
    }

    /** Refuses a file that is there already. */
    void check() {
        named.map(speaking.shell().folder()::resolve).ifPresent(DurableFile::refuseOld);
    }

    /** Says who will be there and have no way to log in. */
    void warn(Plan plan) {
        SortedSet<Address> users = FirstPasswords.lackedBy(plan);
        if (named.isEmpty() && !users.isEmpty()) {
            speaking.note(how(users) + " without a password. Say --credentials-to FILE and each gets a temporary"
                    + " one, or write $invite: email at a user (osmo: people: {invite: email}) and Keycloak sends a mail.");
        }
    }

    private static String how(SortedSet<Address> users) {
        List<String> names = users.stream().limit(FEW).map(Address::name).toList();
        String more = users.size() > FEW ? " and " + (users.size() - FEW) + " more" : "";
        return String.join(", ", names) + more + (users.size() == 1 ? " is made" : " are made");
    }

    /** Carries a plan out on a server that gives passwords to those who need one, if there is a file for them. */
    <T> T carrying(Plan plan, KeycloakProvider provider, Function<Provider, T> work) {
        SortedSet<Address> users = FirstPasswords.lackedBy(plan);
        if (named.isEmpty() || users.isEmpty()) {
            named.ifPresent(file -> speaking.note("Nobody new needs a password: " + file + " is not written."));
            return work.apply(provider);
        }
        CredentialsFile file = CredentialsFile.create(speaking.shell().folder().resolve(named.get()));
        try (file) {
            return work.apply(new FirstPasswords(provider, users, speaking.shell().random(), file));
        } finally {
            tell(file.count());
        }
    }

    private void tell(int count) {
        if (count > 0) {
            speaking.note("Temporary passwords of new users are in " + named.orElseThrow() + ": " + count
                    + ". Only you can read it. Hand them out, then delete it.");
        }
    }
}
