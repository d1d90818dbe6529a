package dev.realmform.cli;

import dev.realmform.json.ProofFormat;
import dev.realmform.model.Proof;
import dev.realmform.render.JUnitProof;
import dev.realmform.render.ProofText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows whether what is declared is there and works. Writes nothing, needs view roles only. */
@Command(name = "verify", description = {"Show whether everything that is declared is there, and works: for each thing"
        + " that does not, its cause and what helps. Exits with 2 if anything does not."},
        customSynopsis = "realmform verify -f FILE [OPTIONS]")
final class VerifyCommand extends WorkplaceCommand {

    @ArgGroup(validate = false, heading = "%nReports, several of one run:%n", order = 45)
    VerifyReportOptions report = new VerifyReportOptions();

    @Option(names = "--issuer", paramLabel = "URL", description = {
        "Who is to issue the tokens, where that is not what osmo.host or osmo.domain says:",
        "a trial server, such as http://127.0.0.1:8080/realms/osmo."})
    @Nullable
    String issuer;

    @Option(names = "--osmo-url", paramLabel = "URL", description = {
        "Ask OSMO too: what it tells its clients about the login; and with a user's ID token in OSMO_TOKEN, his pools."})
    @Nullable
    String osmoUrl;

    VerifyCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        Reports reports = new Reports(speaking(), new ReportOptions());
        Optional<OsmoDoor> osmo = Optional.ofNullable(osmoUrl).map(url -> OsmoDoor.at(url, speaking(), server));
        try (Workplace workplace = open(HeadStart.Way.LOOKING)) {
            Survey.Found found = workplace.survey(Workplace.inside(false), Targets.NONE);
            Proof proof = new Verification(workplace, found, Optional.ofNullable(issuer), osmo).proof();
            String subject = new PlanOutput(speaking(), workplace).subject();
            if (!Reports.STDOUT.equals(report.json)) {
                shell().out().print(ProofText.render(proof, subject, "All of it works.", speaking().look()));
                shell().out().flush();
            }
            reports.send(report.json, () -> ProofFormat.write(subject, proof));
            reports.send(report.junit, () -> JUnitProof.render(proof, subject, shell().clock().instant()));
            return proof.holds() ? ExitCode.DONE : ExitCode.PENDING;
        }
    }
}
