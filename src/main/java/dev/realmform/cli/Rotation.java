package dev.realmform.cli;

import dev.realmform.keycloak.NewClientSecret;
import dev.realmform.kubernetes.KubernetesProvider;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.plan.Renewal;
import dev.realmform.provider.Provider;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/** What is made anew, and who makes it. */
sealed interface Rotation permits ClientRotation, SecretRotation {

    /** Whose value it is. */
    Address source();

    /** The declared resources that hold it by reference. */
    SortedSet<Address> holders();

    /** By which both are planned and written. */
    Provider provider();

    /**
     * The change that makes the new value.
     *
     * @throws dev.realmform.model.ProblemException if there is no value of this kind
     */
    Change.Update change(Survey.Found found);

    /** What a reader should know. */
    List<Plan.Notice> notices();

    /**
     * Finds what is meant.
     *
     * @param written the address, or its end where that is unambiguous
     * @param keys    of a Secret, which of its values; none for all
     * @throws dev.realmform.model.ProblemException if that cannot be rotated
     */
    static Rotation of(Workplace workplace, String written, List<String> keys) {
        SortedMap<Address, Resource> declared = workplace.desired().resources();
        Address address = Targets.one(written, declared.keySet(),
                name -> workplace.provider().type(name).orElseThrow());
        Resource resource = Optional.ofNullable(declared.get(address)).orElseThrow();
        if (NewClientSecret.isClient(address)) {
            if (!keys.isEmpty()) {
                throw Problem.refused("--key is about a Secret, and " + address + " is a client", "",
                        "Leave it out: a client has one secret.").asException();
            }
            NewClientSecret.givenByFiles(resource).ifPresent(given -> {
                throw given.asException();
            });
            NewClientSecret server = new NewClientSecret(workplace.connection().provider(), address);
            return new ClientRotation(resource, server, workplace.provider().through(server),
                    Renewal.holders(declared, address, NewClientSecret.FIELD));
        }
        SortedMap<Path, Value> made = KubernetesProvider.madeOnce(resource);
        if (!address.isOfCluster() || made.isEmpty()) {
            throw nothingIn(resource).asException();
        }
        if (KubernetesProvider.isOfServer(resource)) {
            throw ofServer(resource).asException();
        }
        return SecretRotation.of(resource, made, keys, workplace.provider());
    }

    private static Problem nothingIn(Resource resource) {
        return Problem.refused("nothing of " + resource.address() + " is made by Keycloak or by chance",
                resource.source().exact(),
                "Rotated are the secrets of clients (client/REALM/CLIENT) and what $(random:...) stands for in a Secret"
                        + " (Secret/NAMESPACE/NAME). What the files say, is changed there, and applied.");
    }

    private static Problem ofServer(Resource resource) {
        return Problem.refused("the password in " + resource.address() + " is that of an account: of Keycloak's first"
                + " administrator, or in the database; a new one in the Secret alone would lock its user out",
                resource.source().exact(),
                "Change it where the account is, and write it as admin.password or database.password (with a higher"
                        + " database.revision); then apply.");
    }
}
