package dev.realmform.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** How a rotation is carried out. */
final class RotateOptions {

    @Option(names = "--auto-approve", description = "Do not ask. Needed where no terminal is.")
    boolean autoApprove;

    @Option(names = "--key", paramLabel = "KEY",
            description = "Of a Secret: make this value anew, and not all that are made by chance. May be repeated.")
    List<String> keys = List.of();

    @Option(names = "--no-restart",
            description = "Restart nothing: something else does, or whoever reads the Secret sees that it changes.")
    boolean noRestart;

    @Option(names = "--lock-timeout", paramLabel = "TIME",
            description = "How long to wait for another run that holds the state: 30s, 5m (default: 0).")
    String lockTimeout = "0";

    @Option(names = "--json", description = "Print events as JSON, one a line, in place of the plan.")
    boolean json;

    /** As Terraform writes it. */
    @Option(names = "-auto-approve", hidden = true)
    boolean approved;

    Approval approval() {
        return autoApprove || approved ? Approval.GIVEN : Approval.ASK;
    }
}
