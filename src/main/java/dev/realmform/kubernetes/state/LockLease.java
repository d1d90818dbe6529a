package dev.realmform.kubernetes.state;

import dev.realmform.state.Holder;
import dev.realmform.state.Words;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a Lease says as the lock of a state. Pure; the Lease stays when the lock is free, so that nobody needs the right to delete. */
final class LockLease {

    private static final String MARK = "realmform.dev/";
    private static final String WHO = MARK + "who";
    private static final String WHAT = MARK + "what";
    private static final String PROCESS = MARK + "process";
    private static final String PROGRESS = MARK + "progress";

    private LockLease() {}

    /** Taken by us, for the first time or from whoever had it before. */
    static Lease taken(ClusterPlace place, Optional<Lease> before, String id, Holder holder, Instant now) {
        ZonedDateTime time = time(now);
        int transitions = before.map(Lease::getSpec)
                .map(LeaseSpec::getLeaseTransitions)
                .map(number -> number + 1)
                .orElse(0);
        return new LeaseBuilder(before.orElseGet(() -> empty(place))).editOrNewMetadata()
                .withAnnotations(annotations(before, holder))
                .endMetadata()
                .editOrNewSpec()
                .withHolderIdentity(id)
                .withLeaseDurationSeconds((int) place.term().lasts().toSeconds())
                .withAcquireTime(time)
                .withRenewTime(time)
                .withLeaseTransitions(transitions)
                .endSpec()
                .build();
    }

    static Lease renewed(Lease ours, String progress, Instant now) {
        return new LeaseBuilder(ours).editMetadata()
                .addToAnnotations(PROGRESS, progress)
                .endMetadata()
                .editSpec()
                .withRenewTime(time(now))
                .endSpec()
                .build();
    }

    static Lease freed(Lease lease) {
        return new LeaseBuilder(lease).editMetadata()
                .withAnnotations(others(Optional.of(lease)))
                .endMetadata()
                .editSpec()
                .withHolderIdentity(null)
                .withAcquireTime(null)
                .withRenewTime(null)
                .endSpec()
                .build();
    }

    /** Who has it, good or not; empty if nobody has. */
    static Optional<String> id(Lease lease) {
        return Optional.ofNullable(lease.getSpec())
                .map(LeaseSpec::getHolderIdentity)
                .filter(id -> !id.isEmpty());
    }

    /** When somebody else may take it: its own duration and our margin after the last word of its holder. */
    static Instant free(Lease lease, Duration margin) {
        LeaseSpec spec = lease.getSpec();
        Instant renewed = spec.getRenewTime() == null ? Instant.EPOCH : spec.getRenewTime().toInstant();
        int lasts = spec.getLeaseDurationSeconds() == null ? 0 : spec.getLeaseDurationSeconds();
        return renewed.plusSeconds(lasts).plus(margin);
    }

    /** For those who have to wait. */
    static String describe(Lease lease, Duration margin) {
        Map<String, String> said = annotations(lease);
        ZonedDateTime since = lease.getSpec().getAcquireTime();
        StringBuilder text = new StringBuilder(
                Words.printable(said.getOrDefault(WHO, "another run (" + id(lease).orElse("") + ")")));
        if (since != null) {
            text.append(" since ").append(since.toInstant().truncatedTo(ChronoUnit.SECONDS));
        }
        Optional.ofNullable(said.get(WHAT)).ifPresent(what -> text.append(": ").append(Words.printable(what)));
        Optional.ofNullable(said.get(PROGRESS))
                .filter(progress -> !progress.isEmpty())
                .ifPresent(progress -> text.append(", ").append(Words.printable(progress)));
        return text.append("; without a further word of it, it is free at ")
                .append(free(lease, margin).truncatedTo(ChronoUnit.SECONDS))
                .toString();
    }

    private static Lease empty(ClusterPlace place) {
        return new LeaseBuilder().withNewMetadata()
                .withNamespace(place.namespace())
                .withName(place.name())
                .addToLabels("app.kubernetes.io/managed-by", "realmform")
                .endMetadata()
                .build();
    }

    private static Map<String, String> annotations(Optional<Lease> before, Holder holder) {
        Map<String, String> all = others(before);
        all.put(WHO, holder.who());
        all.put(WHAT, holder.what());
        all.put(PROCESS, Long.toString(holder.pid()));
        return all;
    }

    private static Map<String, String> others(Optional<Lease> lease) {
        Map<String, String> all = new TreeMap<>(lease.map(LockLease::annotations).orElseGet(LinkedHashMap::new));
        all.keySet().removeIf(key -> key.startsWith(MARK));
        return all;
    }

    private static Map<String, String> annotations(Lease lease) {
        Map<String, String> all = lease.getMetadata().getAnnotations();
        return all == null ? Map.of() : all;
    }

    private static ZonedDateTime time(Instant now) {
        return now.truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
    }
}
