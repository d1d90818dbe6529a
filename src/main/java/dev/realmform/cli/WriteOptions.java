package dev.realmform.cli;

import dev.realmform.model.Problem;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of the commands that write. */
final class WriteOptions {

    @Option(names = "--auto-approve", description = "Do not ask. Needed where no terminal is.")
    boolean autoApprove;

    @Option(names = "--max-destroy", paramLabel = "N",
            description = "Refuse a plan that deletes more than N resources (default: 5; the command destroy has no limit).")
    int maxDestroy = 5;

    @Option(names = "--cascade",
            description = "Delete a group or client although something is inside that is not ours.")
    boolean cascade;

    @Option(names = "--lock-timeout", paramLabel = "TIME",
            description = "How long to wait for another run that holds the state: 30s, 5m (default: 0).")
    String lockTimeout = "0";

    @Option(names = ExpectationOption.NAME, description = ExpectationOption.DESCRIPTION)
    boolean allowFailedExpectations;

    @Option(names = "--json", description = "Print events as JSON, one a line, in place of the plan.")
    boolean json;

    /** As Terraform writes it. */
    @Option(names = "-auto-approve", hidden = true)
    boolean approved;

    /** @throws dev.realmform.model.ProblemException if a number is none that can be meant */
    void check() {
        Times.parse("--lock-timeout", lockTimeout);
        if (maxDestroy < 0) {
            throw new Problem(Problem.Kind.USAGE, "--max-destroy " + maxDestroy + " is less than nothing", "",
                    "Write 0 to refuse every deletion.", Optional.empty()).asException();
        }
    }

    Approval approval() {
        return autoApprove || approved ? Approval.GIVEN : Approval.ASK;
    }
}
