package dev.realmform.config;

import dev.realmform.model.Secret;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The place of the state.
 *
 * <p>An option or a variable that names another place than the root file leaves aside all that the file says about its own: a
 * login is sent to the address that it was written for. For the same reason Terraform's variables count only if they are about
 * this very address.
 */
final class StateReader {

    /** What {@code --state} and {@code REALMFORM_STATE} say: a file, an URL, or a name in a cluster. */
    static final String PLACE = "state.file";

    private static final String TERRAFORM = "TF_HTTP_";
    private static final int RETRIES = 4;

    private StateReader() {}

    static Optional<StatePlace> read(Said said) {
        Optional<String> given = said.given(PLACE).filter(text -> !text.isEmpty());
        Optional<String> own = said.written("state.http.url").or(() -> said.written("state.http"));
        Optional<StatePlace.Kubernetes> inCluster = inCluster(said);
        if (given.isPresent() && given.get().startsWith(StatePlace.Kubernetes.PREFIX)) {
            return given.map(text -> StatePlace.Kubernetes.of(text).or(inCluster));
        }
        if (given.isPresent() && !isAddress(given.get())) {
            return given.map(StatePlace.File::new);
        }
        if (given.isEmpty() && inCluster.isPresent()) {
            return inCluster.map(place -> place);
        }
        if (given.isEmpty() && own.isEmpty()) {
            return said.path(PLACE).map(StatePlace.File::new);
        }
        String url = given.or(() -> own).orElseThrow();
        Said about = own.filter(url::equals).isPresent() ? said : said.without("state");
        return Optional.of(http(about.heeding(name -> !name.startsWith(TERRAFORM)
                || url.equals(said.request().environment().get(TERRAFORM + "ADDRESS"))), url));
    }

    private static Optional<StatePlace.Kubernetes> inCluster(Said said) {
        return said.written("state.kubernetes.namespace")
                .flatMap(namespace -> said.written("state.kubernetes.name")
                        .map(name -> new StatePlace.Kubernetes(namespace, name,
                                said.written("state.kubernetes.context"))));
    }

    static boolean isAddress(String text) {
        return text.startsWith("https://") || text.startsWith("http://");
    }

    private static StatePlace http(Said said, String url) {
        StatePlace.Access login = new StatePlace.Access(said.text("state.http.username"),
                said.secret("state.http.password"), said.secret("state.http.token"), headers(said));
        StatePlace.Security tls = new StatePlace.Security(said.path("state.http.caFile"),
                said.path("state.http.clientCert"), said.path("state.http.clientKey"),
                said.isTrue("state.http.insecureTls"));
        return new StatePlace.Http(url, said.text("state.http.updateMethod"),
                said.text("state.http.lock").filter("false"::equals).isEmpty(), said.text("state.http.lockAddress"),
                said.text("state.http.lockMethod"), said.text("state.http.unlockAddress"),
                said.text("state.http.unlockMethod"), login, tls, said.duration("state.http.timeout", "60s"),
                said.text("state.http.retries")
                        .filter(text -> text.matches("[0-9]{1,2}"))
                        .map(Integer::valueOf)
                        .orElse(RETRIES));
    }

    private static SortedMap<String, Secret> headers(Said said) {
        SortedMap<String, Secret> headers = new TreeMap<>();
        if (said.node("state.http.headers").orElse(null) instanceof Node.Fields map) {
            map.entries().forEach((name, entry) -> {
                if (entry.node() instanceof Node.Leaf leaf && leaf.value() instanceof Secret secret) {
                    headers.put(name, secret);
                }
            });
        }
        return headers;
    }
}
