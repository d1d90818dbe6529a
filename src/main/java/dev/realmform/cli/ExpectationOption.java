package dev.realmform.cli;

/** The option that sets failed expectations aside, as commands that plan have it. */
final class ExpectationOption {

    static final String NAME = "--allow-failed-expectations";

    static final String DESCRIPTION = "Go on although something that the section expect says will not be so.";

    private ExpectationOption() {}
}
