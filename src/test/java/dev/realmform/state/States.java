package dev.realmform.state;

import dev.realmform.json.Json;
import dev.realmform.model.Action;
import dev.realmform.model.Address;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Secret;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/** Small states and what goes with them. */
final class States {

    static final Codec JSON = new Codec(Json::parse, value -> Json.compact(value, Json.Secrets.HIDE),
            value -> Json.pretty(value, Json.Secrets.HIDE));

    static final ServerIdentity SERVER = server("https://sso.example", "retail", "id-1");

    static final Address PAY = Address.of("client", "retail", "pay");
    static final Address SAML = Address.of("client", "retail", "https://pay.example/saml");
    static final Address REALM = Address.of("realm", "retail");

    static final Holder ADA = new Holder("ada@build-7", 4711, Instant.parse("2026-01-02T12:01:00Z"), "apply");

    private States() {}

    static ServerIdentity server(String issuer, String realm, String id) {
        return new ServerIdentity(issuer, new TreeMap<>(Map.of(realm, id)));
    }

    static Owned owned(String id) {
        return new Owned(Optional.of(id), true, false,
                new TreeMap<>(Map.of(Path.of("attributes", "a.b/c~d"),
                        new Owned.Mark(Fingerprint.of(Value.text(id)), true), Path.of("enabled"),
                        new Owned.Mark(Fingerprint.of(Value.bool(true)), false))),
                Set.of(REALM));
    }

    static State state() {
        return State.fresh("lineage-1")
                .forRun(new TreeSet<>(List.of("retail.yaml")), SERVER)
                .withResources(new TreeMap<>(Map.of(PAY, owned("p"), SAML, owned("s"), REALM,
                        new Owned(Optional.empty(), false, true, new TreeMap<>(), Set.of()))));
    }

    static final Fingerprint SEAL = Fingerprint.of(Secret.of("all of them", ""), new SplittableRandom(7));

    /** The same with a seal over its secrets. */
    static State sealed(State state) {
        return new State(state.lineage(), state.serial(), state.run(), state.files(), state.server(), state.resources(),
                Optional.of(SEAL));
    }

    /** An entry that remembers a secret. */
    static Owned secretive(String content) {
        return new Owned(Optional.empty(), true, false, new TreeMap<>(Map.of(Path.of("password"),
                new Owned.Mark(Fingerprint.of(Secret.of(content, ""), new SplittableRandom(1)), true))), Set.of());
    }

    /** A change of which only this is known. */
    static Pending pending(Address address, Action action, Optional<Address> was) {
        return new Pending(address, action, was, Optional.empty());
    }

    /** A change that leaves this entry. */
    static Pending pending(Address address, Action action, Owned becomes) {
        return new Pending(address, action, Optional.empty(), Optional.of(becomes));
    }

    static FileStateStore store(java.nio.file.Path file) {
        return store(file, java.nio.channels.FileChannel::open);
    }

    static FileStateStore store(java.nio.file.Path file, DurableFile.Opener opener) {
        AtomicInteger runs = new AtomicInteger();
        String each = Integer.toHexString(System.identityHashCode(runs));
        return new FileStateStore(file, JSON, () -> "run-" + each + "-" + runs.incrementAndGet(), opener);
    }
}
