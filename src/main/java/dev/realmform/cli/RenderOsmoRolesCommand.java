package dev.realmform.cli;

import dev.realmform.json.Json;
import dev.realmform.model.Problem;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.osmo.Layout;
import dev.realmform.osmo.RolePolicies;
import dev.realmform.osmo.ValueFile;
import dev.realmform.render.LinesText;
import dev.realmform.render.YamlDocument;
import dev.realmform.state.DurableFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes OSMO's own roles for the teams, or brings an OSMO in step with them. */
@Command(name = "osmo-roles",
        description = "Print the roles that OSMO itself needs for the teams: which pools each reaches."
                + " With --osmo-url they are written to an OSMO, after a look at what it has.",
        customSynopsis = {"realmform render osmo-roles -f FILE [OPTIONS]",
            "realmform render osmo-roles -f FILE --osmo-url URL [OPTIONS]"})
final class RenderOsmoRolesCommand extends RealmformCommand {

    @Option(names = "--layout", paramLabel = "VERSION",
            description = "Which OSMO: 6.2, 6.3 or 6.4 (default: osmo.layout, else 6.2).")
    @Nullable
    String layout;

    @Option(names = {"-o", "--out"}, paramLabel = "FOLDER",
            description = "Write roles.json into this folder, or roles.yaml with --as-values.")
    @Nullable
    Path out;

    @Option(names = "--as-values",
            description = "As values of the chart osmo/service, for an OSMO from 6.3 on that takes its"
                    + " configuration from there (services.configs.enabled).")
    boolean asValues;

    @ArgGroup(validate = false, heading = "%nWriting to OSMO:%n", order = 10)
    Target target = new Target();

    /** Where the roles go. */
    static final class Target {

        @Option(names = "--osmo-url", paramLabel = "URL",
                description = "Address of OSMO. The token, a JWT, comes from OSMO_TOKEN; certificates of your own from"
                        + " KEYCLOAK_CA_FILE.")
        @Nullable
        String url;

        @Option(names = "--osmo-token-file", paramLabel = "FILE", description = "Take the token from this file.")
        @Nullable
        Path tokenFile;

        @Option(names = {"--auto-approve", "-auto-approve"}, description = "Do not ask.")
        boolean autoApprove;
    }

    @ArgGroup(validate = false, heading = "%nFiles:%n", order = 20)
    FileOptions files = new FileOptions();

    RenderOsmoRolesCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        OsmoFiles given = OsmoFiles.load(shell(), files, new ServerOptions());
        Layout which = given.layout(speaking(), layout);
        if (asValues && which == Layout.V6_2) {
            throw new Problem(Problem.Kind.USAGE, "OSMO 6.2 does not take roles from its chart", "",
                    "Leave --as-values out, or say --layout 6.3.", Optional.empty()).asException();
        }
        RolePolicies policies = RolePolicies.of(given.osmo(), which);
        policies.remarks().forEach(speaking()::warn);
        if (target.url != null) {
            return apply(policies, WebAddress.ofOption("--osmo-url", target.url));
        }
        if (out == null) {
            shell().data().print(text(policies));
        } else if (asValues) {
            OwnFiles.into(shell(), out, Map.of("roles.yaml", text(policies)));
        } else {
            new DurableFile(shell().folder().resolve(out).resolve("roles.json"))
                    .replace(text(policies).getBytes(StandardCharsets.UTF_8));
            shell().err()
                    .println("Written: " + out.resolve("roles.json") + ". To OSMO: osmo config update ROLE --file "
                            + out.resolve("roles.json"));
        }
        return ExitCode.DONE;
    }

    private String text(RolePolicies policies) {
        return asValues
                ? "# " + ValueFile.MARK + ": OSMO's roles for the teams, as values of the chart osmo/service.\n"
                        + YamlDocument.of(policies.asValues(), List.of())
                : Json.pretty(policies.asList(), Json.Secrets.HIDE);
    }

    private ExitCode apply(RolePolicies policies, WebAddress url) {
        try (OsmoRoles roles = new OsmoRoles(url, token(), speaking())) {
            List<RolePolicies.Step> steps = policies.against(roles.all());
            steps.forEach(this::show);
            List<RolePolicies.Step> writable = steps.stream()
                    .filter(step -> !(step instanceof RolePolicies.Refused))
                    .toList();
            if (!writable.isEmpty()) {
                (target.autoApprove ? Approval.GIVEN : Approval.ASK).obtain(shell(),
                        "Write " + count(writable.size()) + " to " + url + "?", "Say --auto-approve.");
                writable.forEach(
                        step -> roles.put(step.role(), policies.roles().getOrDefault(step.role(), Value.EMPTY_MAP)));
                prove(policies, roles, url);
            }
            shell().out()
                    .println(writable.isEmpty() ? "No changes."
                            : "Written: " + count(writable.size())
                                    + ". It counts within 5 minutes: OSMO keeps roles in mind for so long.");
            return steps.size() == writable.size() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private static String count(int roles) {
        return roles == 1 ? "1 role" : roles + " roles";
    }

    /** OSMO answers 200 to what it stores otherwise, too. */
    private static void prove(RolePolicies policies, OsmoRoles roles, WebAddress url) {
        List<String> open = policies.against(roles.all())
                .stream()
                .filter(step -> !(step instanceof RolePolicies.Refused))
                .map(RolePolicies.Step::role)
                .toList();
        if (!open.isEmpty()) {
            throw Problem.failed("OSMO took what was written, and has it otherwise now: " + String.join(", ", open),
                    url.toString(), "Run the same again to see how.").asException();
        }
    }

    private void show(RolePolicies.Step step) {
        shell().out().print(switch (step) {
            case RolePolicies.Make make -> "+ role " + make.role() + "\n"
                    + LinesText.added(json(make.wanted()), speaking().look());
            case RolePolicies.Change change -> "~ role " + change.role() + "\n"
                    + LinesText.diff(json(change.live()), json(change.wanted()), speaking().look());
            case RolePolicies.Refused refused -> "! role " + refused.role()
                    + " is immutable in OSMO: left as it is. Give the team another role.\n";
        });
        shell().out().println();
    }

    private static String json(Value value) {
        return Json.pretty(value, Json.Secrets.HIDE).stripTrailing();
    }

    private Secret token() {
        Optional<Secret> token = target.tokenFile == null ? OsmoToken.given(shell())
                : new DurableFile(shell().folder().resolve(target.tokenFile)).read()
                        .map(bytes -> OsmoToken.of(new String(bytes, StandardCharsets.UTF_8)));
        return token.orElseThrow(OsmoToken::none);
    }
}
