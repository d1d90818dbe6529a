package dev.realmform.testing;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * How much a campaign test does: a little of everything in {@code verify}, the full counts with {@code -Pcampaign}.
 *
 * <p>Tests that ask here carry {@code @Tag(Campaign.TAG)}: the profile runs those alone. {@code -Dcampaign.seed=N} runs one
 * seed again. What is run, and what it has found: {@code docs/reliability.md}.
 */
public final class Campaign {

    /** The tag of tests that belong to the campaign. */
    public static final String TAG = "campaign";

    private static final boolean FULL = "full".equals(System.getProperty("campaign"));

    private Campaign() {}

    /** One of two counts. */
    public static int count(int small, int full) {
        return FULL ? full : small;
    }

    /** So many seeds from the first on; the given one alone where a single seed is run again. */
    public static List<Long> seeds(long first, int small, int full) {
        return single().map(List::of)
                .orElseGet(() -> LongStream.range(first, first + count(small, full)).boxed().toList());
    }

    private static Optional<Long> single() {
        return Optional.ofNullable(Long.getLong("campaign.seed"));
    }
}
