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
     * @param option what {@code --state} says: a file or an URL
     */
    static Optional<StatePlace> of(Optional<String> option, Map<String, String> environment) {
        Options options = new Options(Map.of(), option.map(text -> Map.of(StateReader.PLACE, text)).orElseGet(Map::of),
                false, false, Set.of(), Set.of());
        Node.Fields nothing = new Node.Fields(new LinkedHashMap<>(), Place.file(""));
        return StateReader.read(new Said(nothing, LoadRequest.of(List.of(), environment, options), new Findings(),
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
