package dev.realmform.kubernetes;

import dev.realmform.model.Problem;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.Optional;

/**
 * The administrator that a Keycloak makes at its very first start, as its pods are told: by variables of the environment, the
 * password out of a Secret.
 *
 * @param namespace  where the pods and the Secret are
 * @param user       by its value, or by a Secret
 * @param password   the key of a Secret
 * @param fate       what shall become of it
 */
public record BootstrapAdmin(String namespace, Told user, Told.InSecret password, Fate fate) {

    /** What shall become of it, once there is a realm. */
    public enum Fate {
        /** A service account takes its place. */
        REPLACED,
        /** It stays, because somebody wants that. */
        KEPT,
        /** Nobody said: it is somebody else's workload. */
        OPEN
    }

    /** How a variable is told to pods. */
    public sealed interface Told {
        record AsText(String text) implements Told {}

        record InSecret(String name, String key) implements Told {}
    }

    /** Name and password. */
    public record Account(String user, Secret password) {}

    /** Where the password is, for people. */
    public String place() {
        return "Secret " + namespace + "/" + password.name();
    }

    /** The account, out of the cluster; empty if a Secret or a key of it is not there. */
    Optional<Account> account(ClusterPort cluster) {
        Optional<String> name = switch (user) {
            case Told.AsText(String text) -> Optional.of(text);
            case Told.InSecret secret -> value(cluster, secret).map(Secret::reveal);
        };
        return name.flatMap(known -> value(cluster, password).map(secret -> new Account(known, secret)));
    }

    private Optional<Secret> value(ClusterPort cluster, Told.InSecret in) {
        ObjectRef ref = new ObjectRef(new Kind("v1", Manifests.SECRET, "secrets", true), namespace, in.name());
        return switch (cluster.get(ref)) {
            case ClusterAnswer.Done(Value.MapOf found) -> found.map(Manifests.DATA)
                    .text(in.key())
                    .flatMap(Manifests::plain)
                    .map(text -> Secret.of(text, ""));
            case ClusterAnswer.Refused(int status, String message, _) when status != 404 -> throw Problem
                    .failed("the cluster does not give out " + place() + ": " + message, place(),
                            "Let this account read it, or give the login of Keycloak by KEYCLOAK_USERNAME and"
                                    + " KEYCLOAK_PASSWORD.")
                    .asException();
            case ClusterAnswer.Refused _ -> Optional.empty();
            case ClusterAnswer.Trouble(Problem problem) -> throw problem.asException();
        };
    }
}
