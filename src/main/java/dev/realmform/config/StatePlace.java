package dev.realmform.config;

import dev.realmform.model.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where the state is, as options, variables and the root file say it. */
public sealed interface StatePlace {

    /**
     * The place that an option or the variable {@code REALMFORM_STATE} names, without any file; empty if neither does.
     *
     * @param option what {@code --state} says: a file, an URL, or a name in a cluster
     */
    static Optional<StatePlace> of(Optional<String> option, Map<String, String> environment) {
        Options options = new Options(Map.of(), option.map(text -> Map.of(StateReader.PLACE, text)).orElseGet(Map::of),
                false, false, Set.of(), Set.of());
        Node.Fields nothing = new Node.Fields(new LinkedHashMap<>(), Place.file(""));
        return StateReader.read(new Said(nothing, LoadRequest.of(List.of(), environment, options),
                Path.of(""), name -> true));
    }

    /**
     * A file.
     *
     * @param path absolute if the root file named it, else relative to the working directory
     */
    record File(String path) implements StatePlace {}

    /**
     * A server that speaks Terraform's HTTP protocol.
     *
     * @param locks  whether the server knows locks
     * @param login  what is sent with each request
     * @param tls    how the connection is secured
     * @param timeout for one request
     */
    record Http(String url, Optional<String> updateMethod, boolean locks, Optional<String> lockAddress,
            Optional<String> lockMethod, Optional<String> unlockAddress, Optional<String> unlockMethod, Access login,
            Security tls, Duration timeout, int retries) implements StatePlace {}

    /**
     * A Secret in a cluster, named as an option says it or as the file does. Neither need be names that a cluster takes.
     *
     * @param context of the kubeconfig; empty for the current one
     */
    record Kubernetes(String namespace, String name, Optional<String> context) implements StatePlace {

        static final String PREFIX = "kubernetes:";

        /** From {@code kubernetes:NAMESPACE/NAME}, or with {@code @CONTEXT} behind it. What is missing is empty. */
        static Kubernetes of(String text) {
            String[] whole = text.substring(PREFIX.length()).split("@", 2);
            String[] names = whole[0].split("/", 2);
            return new Kubernetes(names[0], names.length > 1 ? names[1] : "",
                    whole.length > 1 ? Optional.of(whole[1]).filter(name -> !name.isEmpty()) : Optional.empty());
        }

        /** As an option says it. */
        public String option() {
            return PREFIX + namespace + "/" + name + context.map(named -> "@" + named).orElse("");
        }

        private boolean isPlaceOf(Kubernetes other) {
            return namespace.equals(other.namespace) && name.equals(other.name);
        }

        /** The same, in the context that the file names for this very place, unless another one is named. */
        Kubernetes or(Optional<Kubernetes> own) {
            return context.isPresent() ? this : own.filter(this::isPlaceOf).orElse(this);
        }
    }

    /**
     * A login. Which way is taken, what is given decides.
     *
     * @param headers more headers, by name
     */
    record Access(Optional<String> username, Optional<Secret> password, Optional<Secret> token,
            SortedMap<String, Secret> headers) {

        public Access {
            headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
        }
    }

    /** Certificates, by the paths of their files: absolute if the root file named them. */
    record Security(Optional<String> caFile, Optional<String> clientCert, Optional<String> clientKey,
            boolean insecureTls) {}
}
