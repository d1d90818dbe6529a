package dev.realmform.kubernetes.state;

import dev.realmform.state.Pace;
import java.time.Duration;

/**
 * Where a cluster keeps a state: the Secret and the Lease of this name.
 *
 * @param term how long its lock is good
 */
public record ClusterPlace(String namespace, String name, Pace pace, Term term) {

    public ClusterPlace(String namespace, String name) {
        this(namespace, name, Pace.DEFAULT, Term.DEFAULT);
    }

    /** As {@code --state} takes it, and messages name it. */
    public String address() {
        return "kubernetes:" + namespace + "/" + name;
    }

    /**
     * How long a lock is good without a word of its holder.
     *
     * @param lasts  then its holder begins nothing more
     * @param margin by how much two machines' clocks may differ: only after that too it may be taken over
     * @param renew  between two words of its holder
     */
    public record Term(Duration lasts, Duration margin, Duration renew) {

        public static final Term DEFAULT = new Term(Duration.ofSeconds(60), Duration.ofSeconds(60),
                Duration.ofSeconds(15));
    }
}
