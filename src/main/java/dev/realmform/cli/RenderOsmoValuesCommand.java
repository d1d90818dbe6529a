package dev.realmform.cli;

import dev.realmform.config.ForeignFile;
import dev.realmform.model.Problem;
import dev.realmform.osmo.Chart;
import dev.realmform.osmo.Endpoints;
import dev.realmform.osmo.Finding;
import dev.realmform.osmo.Layout;
import dev.realmform.osmo.ValueFile;
import dev.realmform.osmo.ValueReview;
import dev.realmform.render.DifferenceText;
import dev.realmform.render.YamlDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes what the login needs of the values of OSMO's charts, or lays a team's own values beside it. */
@Command(name = "osmo-values", description = "Print what the login needs of the values of OSMO's Helm charts, or check"
        + " the values that a team has. Needs no server.",
        customSynopsis = {"realmform render osmo-values -f FILE [OPTIONS]",
            "realmform render osmo-values -f FILE --check VALUES... [OPTIONS]"})
final class RenderOsmoValuesCommand extends RealmformCommand {

    @Option(names = "--layout", paramLabel = "VERSION",
            description = "Which OSMO: 6.2, 6.3 or 6.4 (default: osmo.layout, else 6.2).")
    @Nullable
    String layout;

    @Option(names = {"-o", "--out"}, paramLabel = "FOLDER",
            description = "Write a file for each chart into this folder.")
    @Nullable
    Path out;

    @Option(names = "--check", paramLabel = "VALUES", arity = "1..*", description = {
        "Compare these value files, and explain what is not as it has to be; exit with 2 if anything is not.",
        "Which chart a file is for is seen from it, or said: service=FILE, router=FILE, web-ui=FILE. Of several for one"
                + " chart the later wins."})
    List<String> check = List.of();

    @Option(names = "--discover",
            description = "Ask Keycloak for its addresses, without a login, in place of taking the usual ones.")
    boolean discover;

    @ArgGroup(validate = false, heading = "%nFiles:%n", order = 20)
    FileOptions files = new FileOptions();
    @ArgGroup(validate = false, heading = "%nServer, for --discover:%n", order = 40)
    ServerOptions server = new ServerOptions();

    RenderOsmoValuesCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        if (out != null && !check.isEmpty()) {
            throw new Problem(Problem.Kind.USAGE, "--check and --out exclude each other", "", "Give one of them.",
                    Optional.empty()).asException();
        }
        OsmoFiles given = OsmoFiles.load(shell(), files, server);
        Layout which = given.layout(speaking(), layout);
        Endpoints endpoints = discover
                ? Discovery.of(speaking(), given.loaded().state().settings().server(), given.osmo())
                : given.osmo().usualEndpoints();
        if (!check.isEmpty()) {
            return check(new ValueReview(given.osmo(), endpoints, which));
        }
        List<ValueFile> rendered = ValueFile.of(given.osmo(), endpoints, which);
        if (out == null) {
            shell().data()
                    .print(rendered.stream()
                            .map(file -> "# " + file.name() + "\n" + text(file))
                            .collect(Collectors.joining("---\n")));
        } else {
            OwnFiles.into(shell(), out, rendered.stream()
                    .collect(Collectors.toMap(ValueFile::name, RenderOsmoValuesCommand::text)));
        }
        return ExitCode.DONE;
    }

    private static String text(ValueFile file) {
        return file.heading().stream().map(line -> "# " + line + "\n").collect(Collectors.joining())
                + YamlDocument.of(file.values(), List.of(), file.comments());
    }

    private ExitCode check(ValueReview review) {
        List<ValueReview.Given> documents = new ArrayList<>();
        for (String argument : check) {
            int equals = argument.indexOf('=');
            Optional<Chart> chart = Chart.named(argument.substring(0, Math.max(0, equals)));
            String name = chart.isPresent() ? argument.substring(equals + 1) : argument;
            List<ForeignFile> read = ForeignFile.read(name, shell().folder().resolve(name));
            if (read.isEmpty()) {
                throw Problem.invalid("the file holds no values", name, "Name a value file of one of OSMO's charts.")
                        .asException();
            }
            read.forEach(document -> documents.add(new ValueReview.Given(name, chart, document)));
        }
        List<ValueReview.Checked> checked = review.of(documents);
        checked.forEach(this::show);
        List<Chart> missing = review.missing(checked);
        if (!missing.isEmpty()) {
            shell().out()
                    .println("Not checked, as no file was given: "
                            + missing.stream().map(Chart::toString).collect(Collectors.joining(", ")));
        }
        int findings = checked.stream().mapToInt(one -> one.findings().size()).sum();
        shell().out().println(findings == 0 ? "No findings." : findings == 1 ? "1 finding." : findings + " findings.");
        return findings == 0 ? ExitCode.DONE : ExitCode.PENDING;
    }

    private void show(ValueReview.Checked checked) {
        shell().out()
                .println("osmo/" + checked.chart() + ": " + String.join(", ", checked.files())
                        + (checked.findings().isEmpty() ? ": as it has to be" : "\n"));
        shell().out()
                .print(DifferenceText.render(checked.findings().stream().map(RenderOsmoValuesCommand::shown).toList(),
                        speaking().look()));
    }

    private static DifferenceText.Difference shown(Finding finding) {
        return new DifferenceText.Difference(finding.path(), finding.source().toString(), finding.found(),
                finding.wanted(),
                finding.why());
    }
}
