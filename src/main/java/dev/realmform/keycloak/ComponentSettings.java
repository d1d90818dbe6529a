package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Nearness;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which settings components may have.
 *
 * <p>Seen on 26.7.3: a setting that the provider does not have is taken by a POST, ignored by a PUT, and shown by no GET. Files
 * hold such settings if they come from a full export (the keys of generated key providers) or from another version.
 */
final class ComponentSettings {

    /** What every user storage has, and no list of the server's names. */
    private static final Set<String> OF_STORAGES = Set.of("enabled", "priority", "fullSyncPeriod", "changedSyncPeriod",
            "cachePolicy", "maxLifespan", "evictionDay", "evictionHour", "evictionMinute", "cacheInvalidBefore",
            "batchSizeForSync", "importEnabled", "lastSync");

    /** What a provider that generates keys writes into its own settings (26.7.3). */
    private static final Pattern OF_GENERATED_KEYS = Pattern
            .compile("kid|secret|certificate|keyUse|\\w*(p|P)rivateKey|\\w*(p|P)ublicKey");

    private ComponentSettings() {}

    /** The declared components without such settings. Asks the server only if a declared setting is not live. */
    static Provider.Accepted accepted(SortedMap<Address, Resource> declared, LiveState live, Reader reader) {
        SortedMap<Address, Resource> kept = new TreeMap<>(declared);
        List<Plan.Notice> notices = new ArrayList<>();
        List<String> generated = new ArrayList<>();
        for (Resource component : declared.values()) {
            kind(component.address()).filter(ComponentKinds::isKnown).ifPresent(kind -> {
                Unknown unknown = unknown(kind, component, live, reader);
                List<String> gone = unknown.settings();
                if (!gone.isEmpty()) {
                    kept.put(component.address(), component.withValue(component.value()
                            .with(Components.CONFIG, component.value()
                                    .map(Components.CONFIG)
                                    .without(
                                            gone.toArray(String[]::new)))));
                    if (isGenerated(kind, component, gone)) {
                        generated.add(component.address().name());
                    } else {
                        notices.add(warning(component, unknown));
                    }
                }
            });
        }
        if (!generated.isEmpty()) {
            notices.add(new Plan.Notice.General(
                    "left aside, since each server generates its own: keys of " + String.join(", ", generated)));
        }
        return new Provider.Accepted(kept, notices);
    }

    /** Whether all that is left aside is keys which its provider makes, as full exports hold them; not a mistyped setting. */
    private static boolean isGenerated(String kind, Resource component, List<String> gone) {
        return kind.equals(ComponentKinds.KEYS) && gone.stream().allMatch(OF_GENERATED_KEYS.asMatchPredicate())
                && component.value().text(Components.PROVIDER).filter(id -> id.contains("-generated")).isPresent();
    }

    /** The kind of a component, wherever it lies. */
    static Optional<String> kind(Address address) {
        return switch (address.type()) {
            case ComponentType.NAME -> Optional.of(ComponentType.kind(address));
            case SubComponentType.NAME -> Optional.of(SubComponentType.kind(address));
            default -> Optional.empty();
        };
    }

    /** Settings that a provider does not have, and those that it has. */
    private record Unknown(List<String> settings, Set<String> known) {}

    private static Unknown unknown(String kind, Resource component, LiveState live, Reader reader) {
        Value.MapOf there = live.find(component.address())
                .map(object -> object.resource().value())
                .orElse(Value.EMPTY_MAP);
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, Value> setting : component.value().map(Components.CONFIG).fields().entrySet()) {
            boolean common = kind.equals(ComponentKinds.USER_STORAGE) && OF_STORAGES.contains(setting.getKey());
            if (!common && !there.map(Components.CONFIG).has(setting.getKey())
                    && !NeverEmpty.isEmpty(setting.getValue())) {
                missing.add(setting.getKey());
            }
        }
        Optional<String> provider = component.value()
                .text(Components.PROVIDER)
                .or(() -> there.text(Components.PROVIDER));
        if (missing.isEmpty() || provider.isEmpty()) {
            return new Unknown(List.of(), Set.of());
        }
        Optional<Offered> offered = Offered.of(reader, component.address().root(), kind);
        missing.removeIf(setting -> offered.isEmpty() || offered.get().knows(provider.get(), setting));
        return new Unknown(missing, offered.map(it -> it.of(provider.get())).orElse(Set.of()));
    }

    private static Plan.Notice warning(Resource component, Unknown unknown) {
        List<String> gone = unknown.settings();
        String similar = gone.stream()
                .map(name -> Nearness.nearest(name, unknown.known()))
                .flatMap(List::stream)
                .distinct()
                .collect(Collectors.joining(", "));
        String where = component.origin().at(Path.of(Components.CONFIG, gone.getFirst())).toString();
        return new Plan.Notice.Warning(Optional.empty(), "left aside: " + String.join(", ", gone) + " of "
                + component.address() + " (" + where + "): its provider has no such setting on this server, and no"
                + " plan could tell whether it is there" + (similar.isEmpty() ? "" : ". Similar: " + similar));
    }
}
