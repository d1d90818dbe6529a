package dev.realmform.model;

import java.util.Optional;

/**
 * A value that must not be shown: it can be compared and sent, and has no printable form.
 *
 * <p>A type and not a flag beside the value, so that copying the value cannot lose the mark (ADR 0005). What may be shown
 * and stored is the reference: where the secret comes from.
 */
public final class Secret implements Value {

    private final String reference;
    private final Optional<String> content;

    private Secret(String reference, Optional<String> content) {
        this.reference = reference;
        this.content = content;
    }

    /** A secret that is at hand; {@code reference} says where it came from, e.g. {@code $(secret:smtp)}, or is empty for a live one. */
    public static Secret of(String content, String reference) {
        return new Secret(reference, Optional.of(content));
    }

    /** A secret that this run has not been given: a hole, to be filled and compared at apply. */
    public static Secret notGiven(String reference) {
        return new Secret(reference, Optional.empty());
    }

    /** Where the secret comes from, as written in the file; empty for one that was read from a server. Safe to show. */
    public String reference() {
        return reference;
    }

    public boolean isGiven() {
        return content.isPresent();
    }

    /**
     * The clear text, for five uses alone: to send it (bodies, logins), to hash it ({@link Fingerprint}), to make a longer secret
     * of it, to recognise it (the mask of an export, what is to be taken out of messages), and to hand a new password over in the
     * file that the command line names for it. Never for output.
     *
     * @throws IllegalStateException if the secret was not given
     */
    public String reveal() {
        return content
                .orElseThrow(() -> new IllegalStateException("the secret " + reference + " was not given to this run"));
    }

    /** Equal content is equal, wherever it comes from; two holes are equal if they refer to the same secret. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && content.equals(that.content)
                && (content.isPresent() || reference.equals(that.reference));
    }

    @Override
    public int hashCode() {
        return content.isPresent() ? 7 : reference.hashCode();
    }

    @Override
    public String toString() {
        return "secret";
    }
}
