package dev.realmform.kubernetes;

import dev.realmform.model.Value;
import java.util.List;
import java.util.Optional;

/**
 * A Kubernetes API server, as much of it as is needed here. Objects are as they go over the wire. Safe for use by many threads.
 */
public interface ClusterPort extends AutoCloseable {

    /** Whether a change is made or only tried out. */
    enum Mode {
        DRY_RUN, FOR_GOOD
    }

    /** What to do about fields that other managers hold. */
    enum Others {
        /** Refuse, naming them: status 409. */
        RESPECT,
        /** Take them over. */
        OVERRULE
    }

    /** What has to be true of an object that is deleted. */
    record Precondition(Optional<String> uid, Optional<String> resourceVersion) {}

    /**
     * How the server serves a kind; empty if it does not.
     *
     * @throws dev.realmform.model.ProblemException if it cannot be asked
     */
    Optional<Kind> kind(String apiVersion, String name);

    /**
     * The versions of an API group, each as an {@code apiVersion}, the one that the server prefers first: not every version
     * serves every kind. Empty if it has no such group.
     */
    List<String> versions(String group);

    /** All kinds whose objects lie in namespaces and can be listed, each in the first version of its group that serves it. */
    List<Kind> inNamespaces();

    ClusterAnswer get(ObjectRef ref);

    /**
     * The objects of a kind, under {@code items}.
     *
     * @param namespace empty for all
     * @param labels    a selector, such as {@code app=web}; empty for all
     */
    ClusterAnswer list(Kind kind, String namespace, String labels);

    /** Server-side apply, under a name for us that never changes. */
    ClusterAnswer apply(ObjectRef ref, Value.MapOf manifest, Mode mode, Others others);

    /**
     * Merges fields into an object that is there, under another name for us than that of {@link #apply}: an apply that does not
     * mention them leaves them as they are.
     */
    ClusterAnswer merge(ObjectRef ref, Value.MapOf fields);

    /** Deletes an object; the pods of a workload go before it. */
    ClusterAnswer delete(ObjectRef ref, Precondition precondition);

    @Override
    void close();
}
