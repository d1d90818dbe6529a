package dev.realmform.kubernetes;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How a cluster is reached: by kubeconfig files as kubectl finds them, else, inside a cluster, by the pod's own service account.
 *
 * @param kubeconfig  the one file to read; empty: those of {@code KUBECONFIG}, else {@code ~/.kube/config}
 * @param context     the context in there; empty: the current one
 * @param environment the process's variables
 */
public record ClusterAccess(Optional<Path> kubeconfig, Optional<String> context, Map<String, String> environment) {

    private static final int CONNECT_MILLIS = 10_000;
    private static final int REQUEST_MILLIS = 30_000;

    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    /** Silent, and kept from being collected: what goes wrong is told by problems, and a login helper's output may hold a token. */
    private static final Logger LIBRARY = Logger.getLogger("io.fabric8");

    static {
        LIBRARY.setLevel(Level.OFF);
    }

    public ClusterAccess {
        environment = Map.copyOf(environment);
    }

    /**
     * A client for it. Sends nothing yet: whoever sends tells what went wrong by {@link ClusterErrors}. It repeats no request, for
     * a 500 may be the answer to what is wrong in the request itself.
     *
     * @throws ProblemException if no cluster is named, or what names it cannot be read
     */
    public KubernetesClient open() {
        Config config = config();
        config.setRequestRetryBackoffLimit(0);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setRequestTimeout(REQUEST_MILLIS);
        config.setUploadRequestTimeout(REQUEST_MILLIS);
        config.setUserAgent("realmform");
        proxies(config);
        try {
            return new KubernetesClientBuilder().withConfig(config).build();
        } catch (KubernetesClientException e) {
            throw Problem.invalid("the login of " + name(config) + " cannot be used", "kubeconfig",
                    "Check its certificates and keys: kubectl get --raw /version shows whether they are good.")
                    .causedBy(e)
                    .asException();
        }
    }

    private Config config() {
        List<Path> files = files();
        if (!files.isEmpty()) {
            return fromFiles(files);
        }
        Optional<String> host = variable("KUBERNETES_SERVICE_HOST");
        if (host.isPresent() && Files.isReadable(ACCOUNT.resolve("token"))) {
            return fromAccount(host.get());
        }
        throw Problem
                .invalid("no cluster is named: there is no kubeconfig, and this is no pod with a service account", "",
                        "Set KUBECONFIG to a kubeconfig file, or put one at ~/.kube/config.")
                .asException();
    }

    private List<Path> files() {
        if (kubeconfig.isPresent()) {
            return List.of(kubeconfig.get());
        }
        Optional<String> listed = variable("KUBECONFIG");
        if (listed.isEmpty()) {
            return variable("HOME").or(() -> variable("USERPROFILE"))
                    .map(home -> Path.of(home, ".kube", "config"))
                    .filter(Files::exists)
                    .stream()
                    .toList();
        }
        List<Path> named = Arrays.stream(listed.get().split(File.pathSeparator))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .toList();
        List<Path> there = named.stream().filter(Files::exists).toList();
        if (there.isEmpty()) {
            throw Problem.invalid("the variable KUBECONFIG names no file that is there", listed.get(),
                    "Correct it, or unset it to use ~/.kube/config.").asException();
        }
        return there;
    }

    private Config fromFiles(List<Path> files) {
        List<io.fabric8.kubernetes.api.model.Config> parsed = new ArrayList<>();
        files.forEach(file -> parsed.add(parsed(file)));
        String where = String.join(File.pathSeparator, files.stream().map(Path::toString).toList());
        String wanted = context.or(() -> parsed.stream()
                .map(io.fabric8.kubernetes.api.model.Config::getCurrentContext)
                .filter(name -> name != null && !name.isEmpty())
                .findFirst())
                .orElseThrow(() -> Problem.invalid("the kubeconfig has no current context", where,
                        "Choose one: kubectl config use-context NAME.").asException());
        List<String> known = parsed.stream()
                .flatMap(one -> one.getContexts().stream())
                .map(NamedContext::getName)
                .toList();
        if (!known.contains(wanted)) {
            throw Problem.invalid("the kubeconfig has no context " + wanted, where,
                    known.isEmpty() ? "It has none at all." : "It has: " + String.join(", ", known) + ".")
                    .asException();
        }
        Config config = Config.empty();
        try {
            KubeConfigUtils.merge(config, wanted, parsed.toArray(io.fabric8.kubernetes.api.model.Config[]::new));
        } catch (RuntimeException e) {
            throw Problem.invalid("the login of the context " + wanted + " cannot be obtained", where,
                    "Does its login helper (users: exec) run? kubectl --context " + wanted
                            + " get --raw /version shows it.")
                    .asException(); // without its cause: that may repeat what the helper has said
        }
        if (config.getMasterUrl() == null || config.getMasterUrl().isEmpty()) {
            throw Problem.invalid("the context " + wanted + " names no cluster with a server", where,
                    "Check clusters in it.").asException();
        }
        return config;
    }

    private static io.fabric8.kubernetes.api.model.Config parsed(Path file) {
        try {
            return KubeConfigUtils.parseConfig(file.toAbsolutePath().toFile());
        } catch (RuntimeException e) {
            String how = Files.isReadable(file) ? "is no kubeconfig" : "cannot be read";
            throw Problem.invalid("the file " + file + " " + how, file.toString(),
                    "Check it with: kubectl --kubeconfig " + file + " config view").asException(); // the cause quotes the file
        }
    }

    /** The token is read anew for each request: a cluster renews it every hour. */
    private Config fromAccount(String host) {
        if (context.isPresent()) {
            throw Problem.invalid("the context " + context.get() + " is asked for, and there is no kubeconfig", "",
                    "Set KUBECONFIG. Without one, the pod's service account is used, which has no context.")
                    .asException();
        }
        Config config = Config.empty();
        String bracketed = host.contains(":") ? "[" + host + "]" : host;
        config.setMasterUrl("https://" + bracketed + ":" + variable("KUBERNETES_SERVICE_PORT").orElse("443") + "/");
        config.setCaCertFile(ACCOUNT.resolve("ca.crt").toString());
        config.setOauthTokenProvider(() -> read("token"));
        if (Files.isReadable(ACCOUNT.resolve("namespace"))) {
            config.setNamespace(read("namespace"));
        }
        return config;
    }

    private static String read(String name) {
        try {
            return Files.readString(ACCOUNT.resolve(name)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As kubectl does; what the kubeconfig says about its cluster goes first. */
    private void proxies(Config config) {
        if (config.getHttpProxy() != null || config.getHttpsProxy() != null) {
            return;
        }
        variable("HTTPS_PROXY").or(() -> variable("https_proxy")).ifPresent(config::setHttpsProxy);
        variable("HTTP_PROXY").or(() -> variable("http_proxy")).ifPresent(config::setHttpProxy);
        variable("NO_PROXY").or(() -> variable("no_proxy"))
                .ifPresent(list -> config.setNoProxy(list.split("\\s*,\\s*")));
    }

    private static String name(Config config) {
        NamedContext context = config.getCurrentContext();
        return context == null ? config.getMasterUrl() : "context " + context.getName();
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
