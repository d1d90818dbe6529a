package dev.realmform.cli;

import picocli.CommandLine.Option;

/** Options of the commands that write. */
final class WriteOptions {

    @Option(names = {"--auto-approve", "-auto-approve"}, description = "Do not ask.")
    boolean autoApprove;

    @Option(names = "--cascade", description = "Deleting a container may take along what is not ours inside.")
    boolean cascade;

    @Option(names = "--max-destroy", paramLabel = "N", defaultValue = "5",
            description = "Refuse a plan that deletes more than N resources (default: 5; destroy has no limit).")
    int maxDestroy = 5;

    @Option(names = "--lock-timeout", paramLabel = "TIME", defaultValue = "0",
            description = "How long to wait for another run that holds the state (default: 0).")
    String lockTimeout = "0";

    @Option(names = "--json", description = "Print events as JSON, one a line.")
    boolean json;
}
