package dev.realmform.cli;

import dev.realmform.config.ForeignFile;
import dev.realmform.keycloak.admin.Request;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.osmo.CookieSecret;
import dev.realmform.osmo.Installation;
import dev.realmform.osmo.ProxySecret;
import dev.realmform.render.YamlDocument;
import dev.realmform.state.DurableFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Writes OSMO's namespace and the secrets of OAuth2 Proxy. What it writes is a secret: it goes to a file of its owner, or
 * into a pipe that somebody asked for, and never to a terminal.
 */
@Command(name = "manifests", description = "Write OSMO's namespace and the secrets of its OAuth2 Proxy as manifests for"
        + " Kubernetes. The client secret is read from Keycloak, with a login that may view clients.",
        customSynopsis = {"realmform render manifests -f FILE --out FILE [OPTIONS]",
            "realmform render manifests -f FILE --out - [OPTIONS] | kubectl apply -f -"})
final class RenderManifestsCommand extends RealmformCommand {

    private static final String PIPE = "-";
    private static final String MASKED = "**********";

    @Option(names = {"-o", "--out"}, paramLabel = "FILE", description = {
        "Where they go: a file that its owner alone can read, or - for a pipe.",
        "A cookie secret that the file holds is kept, if OAuth2 Proxy takes it: a new one logs everybody out."})
    @Nullable
    String out;

    @Option(names = "--cookie-from", paramLabel = "FILE", description = {
        "Keep the cookie secret of this manifest:",
        "kubectl get secret oauth2-proxy-secrets -n osmo -o yaml > FILE"})
    @Nullable
    Path cookieFrom;

    @ArgGroup(validate = false, heading = "%nFiles:%n", order = 20)
    FileOptions files = new FileOptions();
    @ArgGroup(validate = false, heading = "%nServer:%n", order = 40)
    ServerOptions server = new ServerOptions();

    RenderManifestsCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        String target = target();
        OsmoFiles given = OsmoFiles.load(shell(), files, server);
        CookieSecret cookie = cookie(target);
        Secret client = client(given);
        List<Value.MapOf> objects = new ProxySecret(client, cookie).objects();
        String text = objects.stream()
                .map(object -> YamlDocument.of(object, ProxySecret.FIRST))
                .collect(Collectors.joining("---\n"));
        if (target.equals(PIPE)) {
            shell().data().print(text);
        } else {
            new DurableFile(shell().folder().resolve(target)).replace(text.getBytes(StandardCharsets.UTF_8));
            shell().err()
                    .println("Written: " + target + ". It holds secrets. To the cluster: kubectl apply -f " + target);
        }
        return ExitCode.DONE;
    }

    private String target() {
        if (out == null) {
            throw new Problem(Problem.Kind.USAGE, "no place for the manifests is given, which hold secrets", "",
                    "Name a file with --out FILE, or say --out - to pipe them on: | kubectl apply -f -",
                    Optional.empty())
                    .asException();
        }
        if (out.equals(PIPE) && shell().isInteractive()) {
            throw Problem.refused("the manifests hold secrets, and this is a terminal", "",
                    "Pipe them on (| kubectl apply -f -), or name a file with --out FILE.").asException();
        }
        return out;
    }

    /** One that is there and can be used, else a new one. */
    private CookieSecret cookie(String target) {
        boolean there = !target.equals(PIPE) && Files.exists(shell().folder().resolve(target));
        if (there && documents(target).stream().anyMatch(document -> !ProxySecret.isOne(document))) {
            throw Problem.refused("this file holds something else, and is not overwritten", target,
                    "Name another one.").asException();
        }
        Optional<CookieSecret> kept = Optional.ofNullable(cookieFrom)
                .map(Path::toString)
                .map(from -> cookieIn(from)
                        .orElseThrow(() -> Problem
                                .invalid("there is no cookie_secret of the Secret oauth2-proxy-secrets in it",
                                        from, "It is read from data, as kubectl get secret -o yaml prints it.")
                                .asException()))
                .or(() -> there ? cookieIn(target) : Optional.empty());
        if (kept.filter(CookieSecret::isValid).isPresent()) {
            return kept.get();
        }
        kept.ifPresent(bad -> speaking().warn("the cookie secret there has " + bad.length()
                + " bytes, and OAuth2 Proxy does not start with it: a new one takes its place."));
        if (kept.isEmpty() && target.equals(PIPE)) {
            speaking().warn("a new cookie secret was made. If the cluster has one already, everybody is logged out;"
                    + " --cookie-from keeps it.");
        }
        return CookieSecret.make(shell().random());
    }

    private Optional<CookieSecret> cookieIn(String file) {
        return documents(file).stream().flatMap(document -> ProxySecret.cookie(document).stream()).findFirst();
    }

    private List<Value.MapOf> documents(String file) {
        return ForeignFile.read(file, shell().folder().resolve(file)).stream().map(ForeignFile::content).toList();
    }

    /** What Keycloak has: what the files say may not have been applied yet. */
    private Secret client(OsmoFiles given) {
        Installation osmo = given.osmo();
        String where = osmo.browserClient().toString();
        try (ServerConnection connection = ServerConnection.open(speaking(), given.loaded().state().settings().server(),
                server)) {
            Value.MapOf client = connection.admin()
                    .list(Request.get(osmo.realm(), "clients").with("clientId", osmo.browserClient().name()))
                    .stream()
                    .findFirst()
                    .orElseThrow(() -> Problem.failed("Keycloak has no such client yet", where, "Apply first.")
                            .asException());
            Secret live = client.text("secret")
                    .filter(text -> !text.isEmpty())
                    .map(text -> Secret.of(text, ""))
                    .orElseThrow(() -> Problem.failed("Keycloak tells no secret of this client", where,
                            "Is it confidential, and may the login view clients?").asException());
            refuseWhatIsNoSecret(given, live, where);
            return live;
        }
    }

    private static void refuseWhatIsNoSecret(OsmoFiles given, Secret live, String where) {
        if (live.reveal().equals(MASKED)) {
            throw Problem
                    .refused(
                            "the client's secret is ten asterisks, as an import of OSMO's sample realm leaves it, which"
                                    + " everybody knows; or this login is not shown it",
                            where,
                            "Make a new one (Clients, Credentials, Regenerate), or declare one and apply:"
                                    + " clients: {osmo-browser-flow: {secret: $(secret:osmo)}}")
                    .asException();
        }
        Resource declared = given.loaded().state().resources().get(given.osmo().browserClient());
        boolean differs = declared != null && declared.value()
                .get("secret")
                .filter(value -> value instanceof Secret secret && secret.isGiven() && !secret.equals(live))
                .isPresent();
        if (differs) {
            throw Problem.refused("the files declare another secret than Keycloak has", where, "Apply first.")
                    .asException();
        }
    }
}
