package dev.realmform.cli;

import dev.realmform.access.AccessReview;
import dev.realmform.access.Expectations;
import dev.realmform.config.Blueprint;
import dev.realmform.config.DesiredState;
import dev.realmform.config.LoadRequest;
import dev.realmform.config.Loader;
import dev.realmform.config.Options;
import dev.realmform.config.Server;
import dev.realmform.keycloak.KeycloakProvider;
import dev.realmform.keycloak.RealmDocument;
import dev.realmform.kubernetes.ClusterDocument;
import dev.realmform.kubernetes.KeycloakWorkload;
import dev.realmform.kubernetes.LeftRelease;
import dev.realmform.kubernetes.PortForward;
import dev.realmform.kubernetes.section.Charts;
import dev.realmform.model.Access;
import dev.realmform.model.Expectation;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import dev.realmform.osmo.OsmoBlueprint;
import dev.realmform.plan.PlanRequest;
import dev.realmform.provider.Expansion;
import dev.realmform.provider.Provider;
import dev.realmform.state.Loaded;
import dev.realmform.state.State;
import dev.realmform.state.StateLock;
import dev.realmform.state.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Files, server and state of one run, opened together. */
final class Workplace implements AutoCloseable {

    /** Calls in flight where there is a cluster alone. */
    private static final int AT_ONCE = 4;

    private final Speaking speaking;
    private final DesiredState desired;
    private final Value.MapOf section;
    private final Map<String, Blueprint.Section> drawn;
    private final HeadStart start;
    private final Optional<ServerConnection> connection;
    private final Optional<PortForward> forward;
    private final Worlds worlds;
    private final ClusterLogin login;
    private final StateStore store;
    private final Set<Survey.Lenience> lenience;
    private final List<LeftRelease> left;
    private Optional<Loaded> found = Optional.empty();
    private boolean looked;

    private Workplace(HeadStart start, Loader.Loaded loaded, Set<Survey.Lenience> lenience, List<LeftRelease> left) {
        this.left = List.copyOf(left);
        this.start = start;
        this.speaking = start.speaking();
        this.desired = loaded.state();
        this.section = loaded.section();
        this.drawn = loaded.drawn();
        ClusterDoor cluster = new ClusterDoor(speaking.shell(), desired.settings().cluster(), start.options(),
                this::known);
        Server server = desired.settings().server();
        this.forward = server.isForwarded() && !desired.realms().isEmpty() ? Optional.of(forward()) : Optional.empty();
        this.connection = forward.map(way -> start.opened(server.at(way.url()))).or(start::connection);
        Runnable way = () -> forward.ifPresent(one -> one.open(cluster.open().client()));
        this.worlds = new Worlds(connection.map(ServerConnection::provider),
                connection.map(open -> new Arrival(open.admin(), way, start.options().patience())), cluster);
        this.login = new ClusterLogin(desired.resources().values(), cluster, other -> start.opened(
                forward.map(one -> server.at(one.url())).orElse(server), other));
        start.keptIn(login);
        this.store = start.store();
        this.lenience = lenience;
    }

    private PortForward forward() {
        KeycloakWorkload workload = KeycloakWorkload.in(desired.resources().values())
                .orElseThrow(() -> invalid(
                        "a port-forward leads to the Keycloak of the cluster, and the files have none there",
                        "Write cluster.keycloak, or realmform.server.url in place of realmform.server.via."));
        if (!workload.speaksHttp()) {
            throw invalid("a port-forward takes plain HTTP in the pods, and they speak TLS alone",
                    "Leave cluster.keycloak.tls out and let the ingress end TLS; or write realmform.server.url.");
        }
        return new PortForward(workload);
    }

    private ProblemException invalid(String what, String remedy) {
        return Problem.invalid(what, desired.files().getFirst() + "  realmform.server.via", remedy).asException();
    }

    /** Loads the files, finds the server and the state. */
    static Workplace open(HeadStart start, FileOptions files, StateOptions state, Charts charts) {
        List<LeftRelease> left = new ArrayList<>();
        try {
            Loader.Loaded loaded = load(start.speaking().shell(), files, start.options(), state, start,
                    new ClusterDocument(charts, left::add));
            return new Workplace(start, loaded, state.lenience(), left);
        } catch (RuntimeException e) {
            start.abandon();
            throw e;
        }
    }

    /** With a desired state that is at hand. */
    static Workplace open(HeadStart start, Loader.Loaded loaded, StateOptions state) {
        start.pointing(loaded.state().settings(), loaded.state().realms());
        try {
            return new Workplace(start, loaded, state.lenience(), List.of());
        } catch (RuntimeException e) {
            start.abandon();
            throw e;
        }
    }

    /** The files alone. */
    static Loader.Loaded load(Shell shell, FileOptions files, ServerOptions server, StateOptions state) {
        return load(shell, files, server, state, (settings, realms) -> {
        });
    }

    static Loader.Loaded load(Shell shell, FileOptions files, ServerOptions server, StateOptions state,
            Loader.Listener listener) {
        return load(shell, files, server, state, listener, new ClusterDocument());
    }

    /** The same with another hand for the section of the cluster. */
    static Loader.Loaded load(Shell shell, FileOptions files, ServerOptions server, StateOptions state,
            Loader.Listener listener, Expansion.Expander cluster) {
        if (files.files.isEmpty()) {
            throw new Problem(Problem.Kind.USAGE, "no desired-state file is given", "", "Name it with -f FILE.",
                    Optional.empty()).asException();
        }
        Map<String, String> settings = new LinkedHashMap<>(server.settings());
        Optional.ofNullable(state.state).ifPresent(path -> settings.put("state.file", path));
        Options options = new Options(files.vars, settings, files.untrusted, files.allowEmpty, files.allowUnknown,
                files.allowEnv);
        return Loader.load(new LoadRequest(files.files, shell.folder(), shell.in(), shell.environment(), options),
                new RealmDocument(), new OsmoBlueprint(), cluster, listener);
    }

    static PlanRequest.Inside inside(boolean cascade) {
        return cascade ? PlanRequest.Inside.CASCADE : PlanRequest.Inside.REFUSE;
    }

    DesiredState desired() {
        return desired;
    }

    /** The section {@code realmform} as it is written. */
    Value.MapOf section() {
        return section;
    }

    /** By realm the section osmo, if there is one. */
    Map<String, Blueprint.Section> drawn() {
        return drawn;
    }

    /**
     * The files as the state remembers them: seen from the folder of the first one, so that neither the working directory nor
     * the way in which they are named makes a difference.
     */
    SortedSet<String> fileNames() {
        SortedSet<String> names = new TreeSet<>();
        Path root = absolute(desired.files().getFirst()).getParent();
        for (String file : desired.files()) {
            names.add(file.equals("-") || root == null ? file
                    : root.relativize(absolute(file)).toString().replace('\\', '/'));
        }
        return names;
    }

    private Path absolute(String file) {
        return speaking.shell().folder().resolve(file).toAbsolutePath().normalize();
    }

    /** Where the state is, as {@code --state} takes it. */
    String stateOption() {
        return States.option(speaking.shell(), States.place(desired.settings(), desired.realms()));
    }

    /** Keycloak and the cluster. */
    Worlds provider() {
        return worlds;
    }

    /** What a value that Keycloak holds has become. */
    private Value known(Value.Unknown hole) {
        return connection().provider().known(hole);
    }

    /** The way to Keycloak, for what cannot be done without one. */
    ServerConnection connection() {
        return connection.orElseThrow(() -> Problem.refused("the files name no realm", desired.files().getFirst(),
                "Write realm: name, and give the address of Keycloak.").asException());
    }

    /** The way to Keycloak; empty where the files name no realm. */
    Optional<ServerConnection> server() {
        return connection;
    }

    /** Calls in flight at once. */
    int atOnce() {
        return connection.map(ServerConnection::concurrency).orElse(AT_ONCE);
    }

    StateStore store() {
        return store;
    }

    /** Takes the lock; what was read of the state before counts no more. */
    StateLock lock(Duration patience, String command) {
        StateLock lock = store.lock(patience, States.holder(speaking.shell(), command), speaking::waits);
        looked = false;
        return lock;
    }

    boolean hasState() {
        return found().isPresent();
    }

    /** The state as it is, or one that begins. */
    Loaded state() {
        return found().orElseGet(() -> new Loaded(State.fresh(States.lineage(speaking.shell())), List.of()));
    }

    /** Read once: what is shown, planned and written is about one version of the state. */
    private Optional<Loaded> found() {
        if (!looked) {
            found = start.state(store::load);
            looked = true;
        }
        return found;
    }

    private boolean isLoginKept() {
        return connection.filter(ServerConnection::isLoginKept).isPresent();
    }

    /** Where the run is logged in as Keycloak's first administrator, and that shall go: does it, and says so. */
    void succeed() {
        login.succession().ifPresent(succession -> {
            if (desired.resources().keySet().stream().anyMatch(Succession::isForAdministratorsAlone)) {
                speaking.warn("Keycloak's first administrator stays: it shows workflows to no other login of master.");
                return;
            }
            try {
                speaking.shell().err().println(succession.carryOut(connection().admin(), desired.realms()) + ".");
            } catch (ProblemException e) {
                speaking.warn("Keycloak's first administrator stays, until the next apply: "
                        + e.problems().getFirst().what());
            }
        });
    }

    /** Keycloak has arrived, and the state has moved: the next survey sees both. */
    void lookAgain() {
        looked = false;
    }

    /** Plans towards what the files declare. */
    Survey.Found survey(PlanRequest.Inside inside, Targets targets) {
        return survey(PlanRequest.Aim.DESIRED, inside, targets);
    }

    /** The same by another way to Keycloak and the cluster. */
    Survey.Found survey(Provider provider, Targets targets) {
        return survey(new Survey(provider, PlanRequest.Aim.DESIRED, PlanRequest.Inside.REFUSE, lenience, targets));
    }

    Survey.Found survey(PlanRequest.Aim aim, PlanRequest.Inside inside, Targets targets) {
        return survey(new Survey(provider(), aim, inside, lenience, targets));
    }

    private Survey.Found survey(Survey survey) {
        boolean destroys = survey.aim() == PlanRequest.Aim.NOTHING;
        Survey.Found found = survey.find(destroys ? new TreeMap<>() : desired.resources(), desired.manage(),
                fileNames(), state());
        List<Problem> unknown = destroys ? List.of() : Doubts.standing(desired.doubts(), found.request());
        if (!unknown.isEmpty()) {
            throw new ProblemException(unknown);
        }
        return found.with(desired.notices())
                .with(login.notices(worlds.awaitsKeycloak() && isLoginKept()))
                .with(destroys ? List.of() : onLeft());
    }

    /** What is left to Helm is looked at by every plan. */
    private List<Plan.Notice> onLeft() {
        return left.stream()
                .map(release -> release
                        .notice(worlds.cluster().open().provider().cluster().differences(release.objects())))
                .toList();
    }

    /** With a look at who gains or loses access by the plan, as far as this login may look. */
    Survey.Found reviewed(Survey.Found found) {
        Plan plan = found.planned().plan();
        if (!found.planned().problems().isEmpty()) {
            return found;
        }
        try {
            return provider().access(plan)
                    .map(AccessReview::of)
                    .map(access -> found.with(plan.with(access)).with(inProducts(access)))
                    .orElse(found);
        } catch (ProblemException e) {
            Problem problem = e.problems().getFirst();
            if (problem.kind() != Problem.Kind.FORBIDDEN) {
                throw e;
            }
            return found.with(List.of(
                    new Plan.Notice.General("Who gains or loses access is not counted: " + problem.what() + ".")));
        }
    }

    /** When a change of access takes effect in what takes the roles for rights of its own. */
    private List<Plan.Notice> inProducts(Access access) {
        List<Plan.Notice> notices = new ArrayList<>();
        desired.products().forEach((realm, product) -> {
            List<Access.Move> moves = access.moves().stream().filter(move -> move.by().root().equals(realm)).toList();
            boolean lost = moves.stream().anyMatch(move -> move.way() == Access.Way.LOSE);
            if (!moves.isEmpty()) {
                notices.add(new Plan.Notice.General(
                        "access in " + product.name() + ": " + product.gained() + (lost ? "; " + product.lost() : "")
                                + "."));
            }
        });
        return notices;
    }

    /** What the files expect of access. */
    Expectations expectations() {
        return new Expectations(desired.expected(), desired.products(),
                KeycloakProvider.awaited(desired.resources().values()));
    }

    /**
     * With a look at whether what the files expect of access will be so. What will not speaks against the plan.
     *
     * @param lenient whether it may be carried out all the same
     */
    Survey.Found expected(Survey.Found found, boolean lenient) {
        if (desired.expected().isEmpty() || !found.planned().problems().isEmpty()) {
            return found;
        }
        if (worlds.awaitsKeycloak()) {
            return found.with(List.of(new Plan.Notice.General(
                    "What the files expect of access is checked when Keycloak answers.")));
        }
        Plan plan = found.planned().plan();
        Expectations expectations = expectations();
        List<Expectation.Outcome> outcomes = new ArrayList<>();
        for (String realm : expectations.realms()) {
            outcomes.addAll(expectations.check(
                    connection().provider()
                            .access(realm, expectations.question(realm), Worlds.ofKeycloak(plan))));
        }
        Survey.Found checked = found.with(plan.expecting(outcomes));
        return lenient ? checked
                : checked.against(outcomes.stream()
                        .filter(Expectation.Outcome::failed)
                        .map(Workplace::unmet)
                        .toList());
    }

    private static Problem unmet(Expectation.Outcome outcome) {
        return Problem.refused("expected: " + outcome.expectation().text() + "; but " + String.join("; ",
                outcome.because().stream().limit(3).toList()), outcome.expectation().source().exact(),
                "Change the files until it is so, or take the sentence out. To go on all the same, give"
                        + " --allow-failed-expectations.");
    }

    @Override
    public void close() {
        store.close();
        connection.ifPresent(ServerConnection::close);
        forward.ifPresent(PortForward::close);
        worlds.close();
    }
}
